import { resolve } from 'node:path';
import { uninstall } from '../native-host/registration/uninstall.ts';
import type { Define } from './commands.ts';
import { examples } from './examples.ts';
import { reportFailure } from './report-failure.ts';
import { surroundings } from './surroundings.ts';

export const define: Define = (command) => {
  command
    .description(
      'Remove the native host and its registration from every browser of this user. ' +
        'The AWS profiles that were written stay.',
    )
    .option('--user-data-dir <dir>', 'only the registration in this user data folder of a Chromium browser')
    .addHelpText(
      'after',
      examples([
        ['roleferry uninstall', 'everything that install made'],
        ['roleferry uninstall --user-data-dir ~/work-chrome', 'that one registration only'],
      ]),
    )
    .action(async ({ userDataDir }: { userDataDir?: string }) => {
      const result = await uninstall({
        surroundings: surroundings(),
        userDataDir: userDataDir === undefined ? undefined : resolve(userDataDir),
      });
      if (!result.ok) return reportFailure(result.failure);
      for (const target of result.value) process.stdout.write(`removed ${target}\n`);
      if (result.value.length === 0) process.stderr.write('nothing to remove\n');
      else if (userDataDir === undefined)
        process.stderr.write('next: remove Roleferry from the extensions of your browsers\n');
    });
};
