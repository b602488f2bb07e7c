import { Option } from 'commander';
import { printable } from '../../core/words/printable.ts';
import { allOrNothing, makeProcessProfile, processCommand } from '../../credentials-file/index.ts';
import { putPrograms } from '../../native-host/registration/install.ts';
import { ownPrograms } from '../../native-host/registration/programs.ts';
import { ownSurroundings } from '../../native-host/registration/system/surroundings.ts';
import { namingReplace } from '../delivery/naming-replace.ts';
import { filesOfHost } from '../files/files-of-host.ts';
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
      const { credentialProcess } = ownPrograms(ownSurroundings(), hostFile);
      const line = processCommand(credentialProcess.wrapper, profile, { login, platform: process.platform });
      if (!line.ok) return reportFailure(line.failure);
      const make = async () => {
        const made = await makeProcessProfile(files, profile, line.value, { replace });
        const put = made.ok ? await putPrograms([credentialProcess], process.execPath) : made;
        return put.ok ? made : put;
      };
      const made = await allOrNothing(files, profile, make, reportFailure);
      if (!made.ok) return reportFailure(namingReplace(made.failure));
      print(`${profile} in ${printable(files.configFile)} has AWS tools ask Roleferry\n`);
      if (made.value.isNew) {
        tell(
          `${profile} is a new profile: its credentials come with the next login that is saved to it\n` +
            `if that is not the name you meant: roleferry configure-process ${profile} --undo\n`,
        );
      }
    });
};
