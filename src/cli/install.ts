import { resolve } from 'node:path';
import { Option } from 'commander';
import { browsers } from '../native-host/registration/browsers.ts';
import { type Installed, install } from '../native-host/registration/install.ts';
import type { Define } from './commands.ts';
import { examples } from './examples.ts';
import { reportFailure } from './report-failure.ts';
import { surroundings } from './surroundings.ts';

interface Options {
  browser?: string;
  extensionId?: string[];
  userDataDir?: string;
  credentialsFile?: string;
}

export const define: Define = (command, { hostFile }) => {
  command
    .description(
      'Register the native host with every browser of this user, so that the extension can write AWS profiles. ' +
        'May be run again at any time.',
    )
    .addOption(
      new Option('--browser <name>', 'only this browser, whether it is found or not').choices(
        browsers.map(({ id }) => id),
      ),
    )
    .option(
      '--extension-id <id>',
      'serve this extension too, for example a build of your own (repeatable)',
      (id: string, before: string[] = []) => [...before, id],
    )
    .option('--user-data-dir <dir>', 'a Chromium browser that is started with this --user-data-dir')
    .option(
      '--credentials-file <file>',
      "the file that the extension's profiles go to, where AWS_SHARED_CREDENTIALS_FILE does not reach the browser; '' for ~/.aws/credentials again",
    )
    .addHelpText(
      'after',
      examples([
        ['roleferry install', 'every browser that is found'],
        ['roleferry install --credentials-file ~/work/aws', 'write there instead of ~/.aws/credentials'],
        ['roleferry install --browser firefox', 'Firefox only'],
        ['roleferry install --user-data-dir ~/work-chrome', 'a Chromium browser with its own data folder'],
      ]),
    )
    .action(async (options: Options) => {
      const result = await install({
        surroundings: surroundings(),
        nodePath: process.execPath,
        hostFile,
        browser: browsers.find(({ id }) => id === options.browser),
        extensionIds: options.extensionId ?? [],
        credentialsFile: options.credentialsFile && resolve(options.credentialsFile),
        userDataDir: options.userDataDir === undefined ? undefined : resolve(options.userDataDir),
      });
      if (!result.ok) return reportFailure(result.failure);
      process.stdout.write(`${result.value.map(line).join('\n')}\n`);
      if (result.value.every(({ change }) => change === 'up to date')) {
        process.stderr.write('already up to date\n');
      }
    });
};

const line = ({ browser, target, change }: Installed): string =>
  `${change === 'written' ? 'wrote' : 'kept '} ${target} (${browser ?? 'the host itself'})`;
