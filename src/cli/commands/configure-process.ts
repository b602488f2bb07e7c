import { Option } from 'commander';
import { printable } from '../../core/words/printable.ts';
import { configSettings } from '../../credentials-file/config/config-settings.ts';
import type { AwsFiles } from '../../credentials-file/files/locate.ts';
import { processCommand } from '../../credentials-file/process/process-command.ts';
import { makeProcessProfile } from '../../credentials-file/process/process-configure.ts';
import { readCredentials } from '../../credentials-file/process/process-credentials.ts';
import { readSnapshot } from '../../disk/read-snapshot.ts';
import { putPrograms } from '../../native-host/registration/install.ts';
import { ownPrograms } from '../../native-host/registration/programs.ts';
import { namingReplace } from '../delivery/naming-replace.ts';
import { allOrNothing } from '../files/all-or-nothing.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { surroundings } from '../files/surroundings.ts';
import { undoProcess } from '../profile-use/undo-process.ts';
import type { Define } from '../program/define.ts';
import { examples } from '../terminal/examples.ts';
import { print } from '../terminal/print.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { tell } from '../terminal/tell.ts';

interface Options {
  login?: boolean;
  replace?: boolean;
  undo?: boolean;
}

export const define: Define = (command, { hostFile }) => {
  command
    .description(
      'Have AWS tools ask Roleferry for the credentials of a profile (credential_process in the config file), so that ' +
        'long-running programs get new ones by themselves after each login. What is in the credentials file for ' +
        'it moves into a cache of its own.',
    )
    .argument('<profile>', 'the profile')
    .option('--login', 'have a login in the browser begin when the credentials have expired')
    .option(
      '--replace',
      'though the profile has long-lived keys or another credential_process: they are removed',
    )
    .addOption(
      new Option('--undo', 'the way back: credentials in the credentials file again').conflicts([
        'login',
        'replace',
      ]),
    )
    .addHelpText(
      'after',
      examples([
        ['roleferry configure-process dev', 'AWS tools ask Roleferry for the profile dev'],
        ['roleferry configure-process dev --login', 'and wait for a login when it is due'],
        ['roleferry configure-process dev --undo', 'as it was before'],
      ]),
    )
    .action(async (profile: string, { login = false, replace = false, undo }: Options) => {
      const files = filesOfHost();
      if (undo) {
        const undone = await undoProcess(files, profile);
        if (!undone.ok) return reportFailure(undone.failure);
        print(`${printable(undone.value)}\n`);
        return;
      }
      const { credentialProcess } = ownPrograms(surroundings(), hostFile);
      const line = processCommand(credentialProcess.wrapper, profile, { login, platform: process.platform });
      if (!line.ok) return reportFailure(line.failure);
      const isNew = await isNowhere(files, profile);
      const make = async () => {
        const made = await makeProcessProfile(files, profile, line.value, { replace });
        return made.ok ? putPrograms([credentialProcess], process.execPath) : made;
      };
      const made = await allOrNothing(files, profile, make);
      if (!made.ok) return reportFailure(namingReplace(made.failure));
      print(`${profile} in ${printable(files.configFile)} has AWS tools ask Roleferry\n`);
      if (isNew) {
        tell(
          `${profile} is a new profile: its credentials come with the next login that is saved to it\n` +
            `if that is not the name you meant: roleferry configure-process ${profile} --undo\n`,
        );
      }
    });
};

/** Whether neither of the AWS files has anything for the profile `name`, which may then be a typing error. */
async function isNowhere(files: AwsFiles, name: string): Promise<boolean> {
  const [config, credentials] = [await readSnapshot(files.configFile), await readCredentials(files, name)];
  const content = (config.ok && config.value?.bytes.toString('latin1')) || '';
  return (
    configSettings(content, name).length === 0 &&
    !credentials.ok &&
    credentials.failure.code === 'profile-not-found'
  );
}
