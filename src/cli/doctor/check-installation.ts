import { execFile } from 'node:child_process';
import { constants, existsSync } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { engines } from '../../../package.json';
import { browsers } from '../../native-host/registration/browsers/browsers.ts';
import { targetForAllUsers } from '../../native-host/registration/browsers/for-all-users.ts';
import { hostFiles } from '../../native-host/registration/host-files.ts';
import { findInstallRecord } from '../../native-host/registration/install-record.ts';
import { filesOf } from '../../native-host/registration/install-steps.ts';
import { type OwnProgram, ownPrograms } from '../../native-host/registration/programs.ts';
import { isUpdatedInPlace } from '../../native-host/registration/system/managed-places.ts';
import type { Surroundings } from '../../native-host/registration/system/surroundings.ts';
import { callHere } from '../terminal/called/call-here.ts';
import { broken, type Finding, fine, installAgain, warning } from './finding.ts';
import { satisfies } from './satisfies.ts';

/** Whether the host's own folder is complete and of this version. `hostFile` is what install would copy there. */
export async function checkInstallation(surroundings: Surroundings, hostFile: string): Promise<Finding[]> {
  const { folder } = hostFiles(surroundings);
  const own = ownPrograms(surroundings, hostFile).host;
  // The folder alone says nothing: sign-in links and credentials of process profiles are kept there too.
  const manifests = findInstallRecord(folder)?.manifests ?? [];
  const isPackages = isUpdatedInPlace(hostFile, surroundings);
  if (manifests.length === 0 && (isPackages || ![...filesOf(own), own.start].some(existsSync))) {
    const all = (await Promise.all(browsers.map((browser) => targetForAllUsers(browser, surroundings)))).find(
      (target) => target !== undefined,
    );
    if (all) return [fine('installation', `the native host is installed for all users: ${all.manifest}`)];
    if (isPackages) return [fine('installation', `a package has installed the native host: ${hostFile}`)];
    return [broken('installation', 'the native host is not installed', installAgain())];
  }
  return [checkRecord(folder), await checkHost(own.file, hostFile), ...(await checkStart(own))];
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

/** Whether browsers can start it, and what it runs on. */
async function checkStart({ start, wrappers, nodeOf }: OwnProgram): Promise<Finding[]> {
  const text = await readFile(start, 'utf8').catch(() => undefined);
  if (text === undefined)
    return [broken('program', `${start}, which browsers start, is missing`, installAgain())];
  const runs = await access(start, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!runs) return [broken('program', `${start}, which browsers start, is not executable`, installAgain())];
  const node = nodeOf?.(text);
  const isOurs = nodeOf
    ? node !== undefined
    : wrappers.every(({ file, textFor }) => file !== start || textFor('') === text);
  if (!isOurs) return [broken('program', `${start} was changed after the installation`, installAgain())];
  return [node === undefined ? fine('program', 'the host needs no Node') : await checkNode(node)];
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
