import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import * as v from 'valibot';
import { chromiumExtensionId, firefoxExtensionId } from '../../core/product.ts';
import type { Answer } from '../../core/protocol/answers.ts';
import { hostName } from '../../core/protocol/protocol.ts';
import { shellWord } from '../../core/words/shell-word.ts';
import type { AwsFiles } from '../../credentials-file/index.ts';
import { browsers } from '../../native-host/registration/browsers/browsers.ts';
import { targetForAllUsers } from '../../native-host/registration/browsers/for-all-users.ts';
import { findBrowsers, type Target, targetsOf } from '../../native-host/registration/browsers/targets.ts';
import { hostFiles } from '../../native-host/registration/host-files.ts';
import { readInstallRecord } from '../../native-host/registration/install-record.ts';
import { isUpdatedInPlace } from '../../native-host/registration/system/managed-places.ts';
import { readKey, runReg } from '../../native-host/registration/system/registry.ts';
import type { Surroundings } from '../../native-host/registration/system/surroundings.ts';
import { callHere } from '../terminal/called/call-here.ts';
import { wordsHere } from '../terminal/called/words-here.ts';
import { askHost } from './ask-host.ts';
import { broken, type Finding, fine, installAgain, warning } from './finding.ts';

/** What a browser reads of a host manifest, on either side. */
const manifestSchema = v.object({
  name: v.literal(hostName),
  path: v.string(),
  type: v.literal('stdio'),
  allowed_origins: v.optional(v.array(v.string()), []),
  allowed_extensions: v.optional(v.array(v.string()), []),
});

/**
 * Whether each of the user's browsers finds the host, may start it and gets an answer, and whether the host uses the same
 * files as this shell.
 */
export async function checkBrowsers(surroundings: Surroundings, ofShell: AwsFiles): Promise<Finding[]> {
  const targets = await targetsToCheck(surroundings);
  if (targets.length === 0) {
    const remedy = `name yours: ${callHere()} install --browser chrome`;
    return [broken('browser', 'no browser found, and none is registered', remedy)];
  }
  const findings: Finding[] = [];
  const started = new Set<string>();
  let working = 0;
  for (const target of targets) {
    const registered = await checkManifest(target, surroundings);
    if (registered.level === 'ok') working += 1;
    findings.push(registered);
    if (registered.level !== 'ok' || started.has(target.kind)) continue;
    // All browsers of a kind start the same host in the same way.
    started.add(target.kind);
    findings.push(...(await startHost(target, surroundings, ofShell)));
  }
  if (working === 0) findings.push(broken('browser', 'no browser can start the host', installAgain()));
  return findings;
}

/** Where the browsers of this person look, and every other place that install wrote to. */
async function targetsToCheck(surroundings: Surroundings): Promise<Target[]> {
  const { manifests } = readInstallRecord(hostFiles(surroundings).folder);
  const found = findBrowsers(surroundings);
  const known = found.flatMap((browser) => targetsOf(browser, surroundings));
  // Browsers share places: one that was not found counts only if it alone explains a place, and is registered wherever
  // it looks.
  const named = browsers
    .filter((browser) => !found.includes(browser))
    .map((browser) => targetsOf(browser, surroundings));
  for (const targets of named) {
    const isCovered = targets.every((target) => known.some((other) => place(other) === place(target)));
    if (isCovered || !targets.every(({ manifest }) => manifests.includes(manifest))) continue;
    if ((await Promise.all(targets.map(hasKey))).every(Boolean)) known.push(...targets);
  }
  const others = manifests.filter((manifest) => !known.some((target) => target.manifest === manifest));
  // Only a Chromium can be told to look elsewhere. It is named by its folder: install may have been for that one alone.
  return [
    ...(await Promise.all(known.map((target) => ownOrForAllUsers(target, surroundings)))),
    ...others.map((manifest): Target => ({ browser: nameByFolder(manifest), kind: 'chromium', manifest })),
  ];
}

const nameByFolder = (manifest: string): string =>
  `the Chromium browser with --user-data-dir ${shellWord(dirname(dirname(manifest)))}`;

/** Browsers prefer the user's own host to the one for all users. */
async function ownOrForAllUsers(target: Target, surroundings: Surroundings): Promise<Target> {
  if (existsSync(target.manifest) && (await hasKey(target))) return target;
  const registered = target.registryKey && (await readKey(target.registryKey, runReg));
  if (registered && isUpdatedInPlace(registered, surroundings)) return { ...target, manifest: registered };
  const browser = browsers.find(({ name }) => name === target.browser);
  return (browser && (await targetForAllUsers(browser, surroundings))) ?? target;
}

/** On Windows all browsers of a kind share one manifest, and the registry says which of them are led to it. */
const hasKey = async ({ manifest, registryKey }: Target): Promise<boolean> =>
  registryKey === undefined || (await readKey(registryKey, runReg)) === manifest;

const place = ({ manifest, registryKey }: Target): string => registryKey ?? manifest;

async function checkManifest(target: Target, surroundings: Surroundings): Promise<Finding> {
  const { browser, manifest, registryKey } = target;
  const remedy = target.isForAllUsers
    ? 'ask the administrator who installed it for all users'
    : installAgain();
  if (!(await hasKey(target))) {
    return warning('browser', `the host is not registered with ${browser}: ${registryKey}`, remedy);
  }
  if (!existsSync(manifest)) return warning('browser', `the host is not registered with ${browser}`, remedy);
  const read = await readManifest(manifest);
  const wrong = (what: string) => broken('browser', `${browser} cannot use ${manifest}: ${what}`, remedy);
  if (typeof read === 'string') return wrong(read);
  if (target.isForAllUsers) {
    const unsafe = await whyUnsafe(read.path, surroundings);
    if (unsafe !== undefined) return wrong(`it points to ${read.path}, which ${unsafe}`);
  } else if (!isOwnHost(read.path, surroundings)) {
    return wrong(`it points to ${read.path}, which is not Roleferry's host`);
  }
  const id = callerIn(read, target);
  if (id === undefined) return wrong('it does not allow the Roleferry extension');
  const extension = productIds.has(id) ? 'the Roleferry extension' : `the extension ${id}`;
  return fine('browser', `${browser} lets ${extension} start the host (${manifest})`);
}

/** What a manifest of this user leads to: a wrapper, or on Windows the single executable itself. */
function isOwnHost(path: string, surroundings: Surroundings): boolean {
  const { wrapper, executable } = hostFiles(surroundings);
  if (path === wrapper) return true;
  if (surroundings.platform !== 'win32' || basename(path) !== basename(executable)) return false;
  return path === executable || isUpdatedInPlace(path, surroundings);
}

const productIds: ReadonlySet<string> = new Set([
  `chrome-extension://${chromiumExtensionId}/`,
  firefoxExtensionId,
]);

/**
 * Who may start the host by a manifest, as the browser names it: the product's own extension, or, where an administrator
 * wrote the manifest, the first that is named there.
 */
function callerIn(
  { allowed_origins, allowed_extensions }: v.InferOutput<typeof manifestSchema>,
  { kind, isForAllUsers }: Target,
): string | undefined {
  const ids = kind === 'chromium' ? allowed_origins : allowed_extensions;
  return ids.find((id) => productIds.has(id)) ?? (isForAllUsers ? ids[0] : undefined);
}

/** What is installed for all users must exist, and only an administrator may change it. */
async function whyUnsafe(path: string, { platform }: Surroundings): Promise<string | undefined> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined) return 'is not there';
  if (platform === 'win32') return undefined;
  return stats.uid !== 0 || (stats.mode & 0o022) !== 0
    ? 'others than an administrator can change'
    : undefined;
}

async function readManifest(file: string): Promise<v.InferOutput<typeof manifestSchema> | string> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return 'it cannot be read';
  try {
    const manifest = v.parse(manifestSchema, JSON.parse(text));
    // Only on Windows do browsers take a path from the manifest's folder.
    const path = process.platform === 'win32' ? resolve(dirname(file), manifest.path) : manifest.path;
    return { ...manifest, path };
  } catch (error) {
    return error instanceof SyntaxError ? 'it is not JSON' : "it is not Roleferry's host manifest";
  }
}

async function startHost(target: Target, surroundings: Surroundings, ofShell: AwsFiles): Promise<Finding[]> {
  const { browser, kind, manifest } = target;
  const read = await readManifest(manifest);
  if (typeof read === 'string') return [];
  const id = callerIn(read, target) ?? '';
  const program = read.path;
  const caller = kind === 'chromium' ? [id] : [manifest, id];
  const answer = await askHost(program, caller, surroundings);
  if (!answer.ok) {
    const { message, hint } = wordsHere(answer.failure);
    return [broken('host', `started as ${browser} would: ${message}`, hint)];
  }
  const { hostVersion } = answer.value;
  const answers = fine('host', `started as ${browser} would, the host answers: version ${hostVersion}`);
  return [answers, ...differences(answer.value, ofShell, hostFiles(surroundings).folder)];
}

/** Where the host would use other files than this shell. An older host doesn't tell everything. */
function differences(host: Answer<'hello'>, ofShell: AwsFiles, folder: string): Finding[] {
  const { credentialsFile, configFile } = ofShell;
  const findings: Finding[] = [];
  if (host.credentialsFile !== credentialsFile) {
    const differs = `browsers write ${host.credentialsFile}; this shell uses ${credentialsFile}`;
    const remedy = `to use this shell's file in browsers too: ${callHere()} install --credentials-file ${shellWord(credentialsFile)}`;
    findings.push(warning('files', differs, remedy));
  }
  if (host.configFile !== undefined && host.configFile !== configFile) {
    const differs = `browsers use the config file ${host.configFile}; this shell uses ${configFile}`;
    const remedy = `to use this shell's file in browsers too: ${callHere()} install --config-file ${shellWord(configFile)}`;
    findings.push(warning('files', differs, remedy));
  }
  if (host.folder !== undefined && host.folder !== folder) {
    const differs = `browsers keep settings and process profiles in ${host.folder}; this shell uses ${folder}`;
    findings.push(warning('files', differs, "start the browser with this shell's HOME"));
  }
  return findings;
}
