import { execFile } from 'node:child_process';
import { constants, existsSync } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { engines } from '../../../package.json';
import { browsers } from '../../native-host/registration/browsers/browsers.ts';
import { targetForAllUsers } from '../../native-host/registration/browsers/for-all-users.ts';
import { hostFiles } from '../../native-host/registration/host-files.ts';
import { findInstallRecord } from '../../native-host/registration/install-record.ts';
import { type OwnProgram, ownPrograms } from '../../native-host/registration/programs.ts';
import type { Surroundings } from '../../native-host/registration/system/surroundings.ts';
import { callHere } from '../terminal/called/call-here.ts';
import { broken, type Finding, fine, installAgain, warning } from './finding.ts';
import { satisfies } from './satisfies.ts';

/** Whether the host's own folder is complete and of this version. `hostFile` is what install would copy there. */
export async function checkInstallation(surroundings: Surroundings, hostFile: string): Promise<Finding[]> {
  const { folder, host, wrapper } = hostFiles(surroundings);
  // The folder alone says nothing: sign-in links and credentials of process profiles are kept there too.
  const manifests = findInstallRecord(folder)?.manifests ?? [];
  if (manifests.length === 0 && !existsSync(host) && !existsSync(wrapper)) {
    const all = (await Promise.all(browsers.map((browser) => targetForAllUsers(browser, surroundings)))).find(
      (target) => target !== undefined,
    );
    if (all) return [fine('installation', `the native host is installed for all users: ${all.manifest}`)];
    return [broken('installation', 'the native host is not installed', installAgain())];
  }
  return [
    checkRecord(folder),
    await checkHost(host, hostFile),
    ...(await checkWrapper(ownPrograms(surroundings, hostFile).host)),
  ];
}

function checkRecord(folder: string): Finding {
  if (findInstallRecord(folder)) return fine('installation', `the native host is installed in ${folder}`);
  return broken('installation', `the installation record in ${folder} is missing or damaged`, installAgain());
}

async function checkHost(host: string, hostFile: string): Promise<Finding> {
  const [installed, ours] = await Promise.all(
    [host, hostFile].map((file) => readFile(file).catch(() => undefined)),
  );
  if (!ours) return broken('program', `${hostFile} is missing`, 'reinstall Roleferry');
  if (!installed) return broken('program', `${host} is missing`, installAgain());
  if (installed.equals(ours)) return fine('program', 'the installed host is of this version');
  return warning('program', `${host} is of another version`, installAgain());
}

async function checkWrapper({ wrapper, nodeOf }: OwnProgram): Promise<Finding[]> {
  const text = await readFile(wrapper, 'utf8').catch(() => undefined);
  if (text === undefined)
    return [broken('program', `${wrapper}, which browsers start, is missing`, installAgain())];
  const runs = await access(wrapper, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!runs)
    return [broken('program', `${wrapper}, which browsers start, is not executable`, installAgain())];
  const node = nodeOf(text);
  if (node === undefined)
    return [broken('program', `${wrapper} was changed after the installation`, installAgain())];
  return [await checkNode(node)];
}

async function checkNode(node: string): Promise<Finding> {
  const moved = `with the Node you will keep, run: ${callHere()} install`;
  if (!existsSync(node)) {
    const gone = `Roleferry was installed with ${node}, which is gone; it uses another Node if it finds one`;
    return warning('program', gone, installAgain());
  }
  const version = await versionOf(node);
  if (version === undefined) return broken('program', `${node}, which runs the host, does not start`, moved);
  if (satisfies(version, engines.node)) return fine('program', `the host runs on Node ${version}, ${node}`);
  return broken('program', `the host runs on Node ${version} but needs ${engines.node}`, moved);
}

const versionOf = (node: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    execFile(node, ['--version'], { timeout: 10_000 }, (error, stdout) =>
      resolve(error ? undefined : /^v(\d+\.\d+\.\d+)/.exec(stdout)?.[1]),
    );
  });
