import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { failed, ok, type Result } from '../../core/result.ts';
import { printable } from '../../core/words/printable.ts';
import { type AwsFiles, locateFiles, placesFailure } from '../../credentials-file/index.ts';
import { browsers } from '../../native-host/registration/browsers/browsers.ts';
import { findSandboxes } from '../../native-host/registration/browsers/sandboxes.ts';
import { install } from '../../native-host/registration/install.ts';
import type { Installed } from '../../native-host/registration/install-steps.ts';
import { ownSurroundings, type Surroundings } from '../../native-host/registration/system/surroundings.ts';
import { wslFiles } from '../../native-host/registration/system/wsl.ts';
import { withExtensions } from '../files/extensions-folder.ts';
import type { Define } from '../program/define.ts';
import { callHere, noteCall } from '../terminal/called/call-here.ts';
import { examples } from '../terminal/examples.ts';
import { nextSteps } from '../terminal/next-steps.ts';
import { notEmpty } from '../terminal/not-empty.ts';
import { print } from '../terminal/print.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { tell } from '../terminal/tell.ts';

interface Options {
  browser?: string;
  extensionId?: string[];
  userDataDir?: string;
  credentialsFile?: string;
  configFile?: string;
  /** `true`: without a name. */
  wsl?: string | true;
}

export const define: Define = (command, { hostFile }) => {
  command
    .description(
      'Register the native host with all browsers of this user, so that the extension can write AWS profiles, and ' +
        'put the extension where a browser can load it. Can be run again at any time, even while browsers are running.',
    )
    .addOption(
      new Option('--browser <name>', 'only this browser, even if it is not found').choices(
        browsers.map(({ id }) => id),
      ),
    )
    .option(
      '--extension-id <id>',
      'allow this extension too, such as your own build (repeatable)',
      (id: string, before: string[] = []) => [...before, id],
    )
    .option('--user-data-dir <dir>', 'a Chromium browser started with this --user-data-dir', notEmpty)
    .option(
      '--credentials-file <file>',
      "the file that the extension's profiles go to, where AWS_SHARED_CREDENTIALS_FILE does not reach the browser; '' for ~/.aws/credentials again",
      fileToBe,
    )
    .option(
      '--config-file <file>',
      "the AWS config file that goes with it (default: AWS_CONFIG_FILE, where it is set); '' for ~/.aws/config again",
      fileToBe,
    )
    .addOption(
      new Option(
        '--wsl [distribution]',
        "on Windows: browsers of Windows write the credentials file of your home in WSL; undone by --credentials-file '' --config-file ''",
      ).conflicts(['credentialsFile', 'configFile']),
    )
    .addHelpText(
      'after',
      examples([
        ['roleferry install', 'every browser that is found'],
        ['roleferry install --credentials-file ~/work/aws', 'write there instead of ~/.aws/credentials'],
        ['roleferry install --wsl Ubuntu', 'browsers of Windows, AWS tools in WSL'],
        ['roleferry install --browser firefox', 'Firefox only'],
        ['roleferry install --user-data-dir ~/work-chrome', 'a Chromium browser with its own data folder'],
      ]),
    )
    .action(async (options: Options) => {
      const around = ownSurroundings();
      const files = await filesOf(options, around);
      if (!files.ok) return reportFailure(files.failure);
      const userDataDir = options.userDataDir === undefined ? undefined : resolve(options.userDataDir);
      const isNewFolder = userDataDir !== undefined && !existsSync(userDataDir);
      const begun: Installed[] = [];
      const result = await withExtensions(hostFile, (extensionsFolder) =>
        install({
          surroundings: around,
          nodePath: process.execPath,
          hostFile,
          extensionsFolder,
          browser: browsers.find(({ id }) => id === options.browser),
          extensionIds: options.extensionId ?? [],
          ...files.value,
          userDataDir,
          onInstalled: (installed) => begun.push(installed),
        }),
      );
      if (!result.ok) {
        const written = begun.filter(({ change }) => change === 'written');
        for (const installed of written) tell(`${line(installed)}\n`);
        await reportFailure(result.failure);
        if (written.length > 0) tell(`to undo: ${callHere()} uninstall\n`);
        return;
      }
      await noteCall();
      print(`${result.value.map(line).join('\n')}\n`);
      if (result.value.every(({ change }) => change === 'up to date')) {
        tell('already up to date\n');
      }
      if (isNewFolder) {
        tell(
          `${printable(userDataDir)} did not exist and was created: check that the browser is started with it\n`,
        );
      }
      for (const { browser, packaging, folder } of findSandboxes(around)) {
        tell(`skipped ${browser} from ${packaging} (${folder}): its sandbox cannot start the host\n`);
      }
      const { configFile } = files.value;
      if (configFile && options.wsl === undefined)
        tell(
          `browsers will use the config file ${printable(configFile)}; for ~/.aws/config: ${callHere()} install --config-file ''\n`,
        );
      const steps = nextSteps(result.value);
      if (steps.length > 0) tell(`\n${steps.join('\n\n')}\n\nthen: ${callHere()} doctor\n`);
    });
};

/** One that is not there yet will be made. */
function fileToBe(file: string): string {
  if (/\$[\w{]|%[^%]+%|^~/.test(file))
    throw new InvalidArgumentError('Give the full path, without variables or ~.');
  const stats = file === '' ? undefined : statsOf(resolve(file));
  if (stats === undefined || stats.isFile()) return file;
  throw new InvalidArgumentError(stats.isDirectory() ? 'It is a folder.' : 'It is not a file.');
}

function statsOf(file: string) {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}

/** The files that the browser's host should use; `undefined` keeps what was set before. */
async function filesOf(
  { wsl, credentialsFile, configFile }: Options,
  around: Surroundings,
): Promise<Result<Partial<AwsFiles>>> {
  if (wsl !== undefined) return wslFiles(wsl === true ? '' : wsl, around);
  const unclear =
    configFile === undefined &&
    placesFailure({ AWS_CONFIG_FILE: around.env.AWS_CONFIG_FILE }, around.platform);
  if (unclear) return failed(unclear);
  const ofShell =
    around.env.AWS_CONFIG_FILE && locateFiles(around.env, around.platform, around.home).configFile;
  const config = configFile ?? ofShell;
  return ok({
    ...(credentialsFile !== undefined && { credentialsFile: credentialsFile && resolve(credentialsFile) }),
    ...(config !== undefined && { configFile: config && resolve(config) }),
  });
}

const line = ({ browser, extension, target, change }: Installed): string => {
  const what =
    browser === undefined ? 'the host itself' : extension ? `the extension for ${browser}` : browser;
  return printable(`${change === 'written' ? 'wrote' : 'kept '} ${target} (${what})`);
};
