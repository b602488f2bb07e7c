import { Option } from 'commander';
import { printable } from '../../core/words/printable.ts';
import { profileWord } from '../../core/words/profile-word.ts';
import { allOrNothing, makeProcessProfile, processCommand } from '../../credentials-file/index.ts';
import { putPrograms } from '../../native-host/registration/install-steps.ts';
import { ownPrograms } from '../../native-host/registration/programs.ts';
import { ownSurroundings } from '../../native-host/registration/system/surroundings.ts';
import { namingReplace } from '../delivery/naming-replace.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { demandedProfile, profileOption } from '../profile-use/named-profile.ts';
import { undoProcess } from '../profile-use/undo-process.ts';
import type { Define } from '../program/define.ts';
import { callHere, noteCall } from '../terminal/called/call-here.ts';
import { examples } from '../terminal/examples.ts';
import { print } from '../terminal/print.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { tell } from '../terminal/tell.ts';

interface Options {
  profile?: string;
  login?: boolean;
  replace?: boolean;
  undo?: boolean;
}

export const define: Define = (command, { hostFile }) => {
  command
    .description(
      'Let AWS tools get a profile from Roleferry (credential_process in the config file), so that ' +
        'long-running programs get new credentials after each login. Credentials in the credentials file for ' +
        'it move to a separate cache.',
    )
    .argument('[profile]', 'the profile')
    .addOption(profileOption())
    .option('--login', 'start a login in the browser when the credentials have expired')
    .option('--replace', 'comment out long-lived keys or another credential_process; --undo restores them')
    .addOption(new Option('--undo', 'restore the profile as it was').conflicts(['login', 'replace']))
    .addHelpText(
      'after',
      examples([
        ['roleferry configure-process dev', 'AWS tools get the profile dev from Roleferry'],
        ['roleferry configure-process dev --login', 'and wait for a login when needed'],
        ['roleferry configure-process dev --undo', 'as it was before'],
      ]),
    )
    .action(async (byPosition: string | undefined, options: Options) => {
      const { profile: byOption, login = false, replace = false, undo } = options;
      const profile = demandedProfile(command, byPosition, byOption);
      const files = filesOfHost();
      if (undo) {
        const undone = await undoProcess(files, profile);
        if (!undone.ok) return reportFailure(undone.failure);
        print(`${printable(undone.value)}\n`);
        return;
      }
      const { credentialProcess } = ownPrograms(ownSurroundings(), hostFile);
      const line = processCommand(credentialProcess.start, profile, { login, platform: process.platform });
      if (!line.ok) return reportFailure(line.failure);
      const make = async () => {
        const made = await makeProcessProfile(files, profile, line.value, { replace });
        const put = made.ok ? await putPrograms([credentialProcess], process.execPath) : made;
        return put.ok ? made : put;
      };
      const made = await allOrNothing(files, profile, make, reportFailure);
      if (!made.ok) return reportFailure(namingReplace(made.failure));
      await noteCall();
      print(`${profile} in ${printable(files.configFile)} now uses credential_process\n`);
      const { setAside } = made.value;
      if (setAside.length > 0) {
        const secrets = setAside.includes(files.credentialsFile) ? ', secrets too' : '';
        tell(
          `what was there for ${profile} stays as comments in ${printable(setAside.join(' and '))}${secrets}\n` +
            `to take it back: ${callHere()} configure-process ${profileWord(profile)} --undo\n`,
        );
      }
      if (made.value.isNew) {
        tell(
          `${profile} is a new profile: the next login saved to it brings its credentials\n` +
            `wrong name? ${callHere()} configure-process ${profileWord(profile)} --undo\n`,
        );
      }
    });
};
