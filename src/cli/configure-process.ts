import { dirname, join } from 'node:path';
import { processCommand } from '../credentials-file/process-command.ts';
import { makeProcessProfile, undoProcessProfile } from '../credentials-file/process-configure.ts';
import type { Define } from './commands.ts';
import { examples } from './examples.ts';
import { filesOfHost } from './files-of-host.ts';
import { reportFailure } from './report-failure.ts';

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
    .option('--undo', 'the way back: credentials in the credentials file again')
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
        const undone = await undoProcessProfile(files, profile);
        if (!undone.ok) return reportFailure(undone.failure);
        process.stdout.write(`${profile} is in ${files.credentialsFile} again\n`);
        return;
      }
      const program = [process.execPath, join(dirname(hostFile), 'roleferry.mjs')];
      const line = processCommand(program, profile, { login, platform: process.platform });
      if (!line.ok) return reportFailure(line.failure);
      const made = await makeProcessProfile(files, profile, line.value, { replace });
      if (!made.ok) return reportFailure(made.failure);
      process.stdout.write(`${profile} in ${files.configFile} has AWS tools ask Roleferry\n`);
    });
};
