import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Failure, failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { type BrowserKind, browsers } from './browsers/browsers.ts';
import { extensionKind } from './browsers/extension-id.ts';
import { findSandboxes } from './browsers/sandboxes.ts';
import {
  findBrowsers,
  manifestFolders,
  type Selection,
  selectedTargets,
  type Target,
  targetsOf,
} from './browsers/targets.ts';
import { linkAtManifest, linkOnTheWay } from './files/no-link.ts';
import { type Change, putFile } from './files/put-file.ts';
import { filesIn, putFolder } from './files/put-folder.ts';
import { hostFiles, manifestText } from './host-files.ts';
import { type InstallRecord, installRecordName, readInstallRecord, servedIds } from './install-record.ts';
import { type OwnProgram, ownPrograms } from './programs.ts';
import { putKey, type RunReg, runReg } from './system/registry.ts';
import { layoutOf, type Surroundings } from './system/surroundings.ts';
import { wslDistribution } from './system/wsl.ts';

export interface InstallOptions extends Selection {
  surroundings: Surroundings;
  /** Absolute path of the Node that is to run the host. */
  nodePath: string;
  /** Absolute path of the built host, which is copied. */
  hostFile: string;
  /** Absolute path of the folder with the built extensions, `chromium` and `firefox`, which are copied if they are there. */
  extensionsFolder: string;
  /** Extensions to serve beside the product's own, of either kind of browser. */
  extensionIds: string[];
  /** Absolute path of the credentials file to write; undefined keeps what was said before, '' forgets it. */
  credentialsFile?: string | undefined;
  /** The config file that goes with it, likewise. */
  configFile?: string | undefined;
  /** Is told of each step when it is done, since a later one may fail. */
  onInstalled?: (installed: Installed) => void;
  runReg?: RunReg;
}

/** One file or registry key that is now as it should be. */
export interface Installed {
  /** For which browser; absent for the host's own files. */
  browser?: string;
  /** Present when the target is the folder of the unpacked extension, for browsers of this kind. */
  extension?: BrowserKind;
  target: string;
  change: Change;
}

/**
 * Registers the host for every browser of this person, or for the one selected, and puts the host in a folder of
 * its own, with the unpacked extension for these browsers, since the package may lie in a cache. What is already in place is left as it is. Extensions that an earlier installation allowed stay allowed.
 * Nothing is written or deleted behind a link, and nothing deleted that the record does not say was written.
 *
 * Failures: `extension-id-invalid`, `browser-not-here`, `browser-not-found`, `browser-sandboxed`,
 * `browser-in-windows`, `host-file-missing`, `place-is-link`, `file-not-writable`, `file-no-space`, `registry-refused`.
 */
export async function install(options: InstallOptions): Promise<Result<Installed[]>> {
  const { surroundings, hostFile, nodePath } = options;
  if (options.extensionIds.some((id) => extensionKind(id) === undefined)) {
    return failed(failure('extension-id-invalid'));
  }
  const chosen = chooseTargets(options);
  if (!chosen.ok) return chosen;
  const programs = await programSteps(Object.values(ownPrograms(surroundings, hostFile)), nodePath);
  if (!programs.ok) return programs;

  const targets = chosen.value;
  const files = hostFiles(surroundings);
  const extensions = await findExtensions(targets, options.extensionsFolder);
  const link = await findLink(files, targets, extensions, surroundings);
  if (link !== undefined) return failed(link);
  const before = readInstallRecord(files.folder);
  const record = nextRecord(before, options, targets, files.folder, extensions);
  const recordFile = join(files.folder, installRecordName);
  const manifest = (target: Target) => manifestText(target.kind, surroundings, servedIds(record));

  // The host and its record come first: no browser may find a manifest that leads nowhere, and whatever
  // comes after can be undone.
  const steps: Step[] = [
    fileStep(recordFile, recordText(record), 0o600),
    ...programs.value,
    ...extensions.map((extension) => extensionStep(extension, files.extensions, before)),
    ...unique(targets, 'manifest').map((target) => ({
      ...fileStep(target.manifest, manifest(target), 0o644),
      browser: target.browser,
    })),
    ...unique(targets, 'registryKey').map(({ browser, registryKey = '', manifest: file }) => ({
      browser,
      target: registryKey,
      run: () => putKey(registryKey, file, options.runReg ?? runReg),
    })),
  ];
  const installed: Installed[] = [];
  for (const { run, ...step } of steps) {
    const change = await run();
    if (!change.ok) return change;
    const done = { ...step, change: change.value };
    options.onInstalled?.(done);
    installed.push(done);
  }
  // Until here it named what the version before had as well, for an uninstall of a half-finished installation.
  const finished = { ...record, extensionFiles: namesAfter(before, extensions) };
  const put = await putFile(recordFile, recordText(finished), 0o600);
  return put.ok ? ok(installed) : put;
}

/**
 * Puts programs of ours with their wrappers into the person's own folder, for the Node at `nodePath`.
 * Failures: `host-file-missing`, `place-is-link`, `file-not-writable`, `file-no-space`.
 */
export async function putPrograms(programs: OwnProgram[], nodePath: string): Promise<Result<void>> {
  for (const path of programs.flatMap(({ file, wrapper }) => [file, wrapper])) {
    const link = await linkOnTheWay(dirname(path), path);
    if (link !== undefined) return failed(link);
  }
  const steps = await programSteps(programs, nodePath);
  if (!steps.ok) return steps;
  for (const { run } of steps.value) {
    const change = await run();
    if (!change.ok) return change;
  }
  return ok(undefined);
}

async function programSteps(programs: OwnProgram[], nodePath: string): Promise<Result<Step[]>> {
  const steps: Step[] = [];
  for (const { source, file, wrapper, textFor } of programs) {
    const content = await readFile(source).catch(() => undefined);
    if (content === undefined) return failed(failure('host-file-missing', { file: source }));
    steps.push(fileStep(file, content, 0o644), fileStep(wrapper, textFor(nodePath), 0o755));
  }
  return ok(steps);
}

interface Step extends Omit<Installed, 'change'> {
  run: () => Promise<Result<Change>>;
}

/** An unpacked extension to put into the host's folder. */
interface Extension {
  kind: BrowserKind;
  /** Of the browsers that it is for. */
  browser: string;
  source: string;
  /** Its files, as the record names them. */
  names: string[];
}

async function findExtensions(targets: Target[], source: string): Promise<Extension[]> {
  const kinds = [...new Set(targets.map(({ kind }) => kind))].filter((kind) =>
    existsSync(join(source, kind, 'manifest.json')),
  );
  return Promise.all(
    kinds.map(async (kind) => {
      const browsersOfKind = new Set(
        targets.filter((target) => target.kind === kind).map(({ browser }) => browser),
      );
      const folder = join(source, kind);
      const names = (await filesIn(folder)).map((name) => `${kind}/${name}`);
      return { kind, browser: [...browsersOfKind].join(', '), source: folder, names };
    }),
  );
}

function extensionStep({ kind, browser, source }: Extension, folder: string, before: InstallRecord): Step {
  const target = join(folder, kind);
  const written = (before.extensionFiles ?? [])
    .filter((name) => name.startsWith(`${kind}/`))
    .map((name) => name.slice(kind.length + 1));
  return { browser, extension: kind, target, run: () => putFolder(target, source, written) };
}

/** The names of all files of extensions once these are in place: another browser's stays as it was. */
const namesAfter = ({ extensionFiles = [] }: InstallRecord, extensions: Extension[]): string[] =>
  [
    ...extensionFiles.filter((name) => !extensions.some(({ kind }) => name.startsWith(`${kind}/`))),
    ...extensions.flatMap(({ names }) => names),
  ].sort();

/** The first link where something is to be written, looked for before anything is. */
async function findLink(
  files: ReturnType<typeof hostFiles>,
  targets: Target[],
  extensions: Extension[],
  surroundings: Surroundings,
): Promise<Failure | undefined> {
  const { folder, host, wrapper, credentialProcess, processWrapper } = files;
  const ours = [
    join(folder, installRecordName),
    host,
    wrapper,
    credentialProcess,
    processWrapper,
    ...extensions.flatMap(({ names }) => names.map((name) => join(files.extensions, name))),
  ];
  for (const file of ours) {
    const link = await linkOnTheWay(folder, file);
    if (link !== undefined) return link;
  }
  const folders = manifestFolders(surroundings);
  for (const { manifest } of targets) {
    const link = await linkAtManifest(manifest, folders);
    if (link !== undefined) return link;
  }
  return undefined;
}

const recordText = (record: InstallRecord): string => `${JSON.stringify(record, null, 2)}\n`;

const fileStep = (file: string, content: string | Buffer, mode: number): Step => ({
  target: file,
  run: () => putFile(file, content, mode),
});

function chooseTargets(options: InstallOptions): Result<Target[]> {
  const selected = selectedTargets(options, options.surroundings);
  if (!selected.ok) return selected;
  if (selected.value !== undefined) return ok(selected.value);
  const found = findBrowsers(options.surroundings);
  if (found.length > 0) return ok(found.flatMap((browser) => targetsOf(browser, options.surroundings)));
  const [sandbox] = findSandboxes(options.surroundings);
  if (sandbox !== undefined) {
    return failed(failure('browser-sandboxed', { browser: sandbox.browser, packaging: sandbox.packaging }));
  }
  const distribution = wslDistribution(options.surroundings);
  if (distribution !== undefined) return failed(failure('browser-in-windows', { distribution }));
  const layout = layoutOf(options.surroundings.platform);
  const lookedFor = browsers.filter(({ places }) => places[layout]).map(({ name }) => name);
  return failed(failure('browser-not-found', { lookedFor: lookedFor.join(', ') }));
}

/** Several browsers may share a place: one entry for each, which names them all. */
function unique(targets: Target[], key: 'manifest' | 'registryKey'): Target[] {
  const byPlace = new Map<string, Target>();
  for (const target of targets) {
    const place = target[key];
    if (place === undefined) continue;
    const before = byPlace.get(place);
    byPlace.set(place, before ? { ...before, browser: `${before.browser}, ${target.browser}` } : target);
  }
  return [...byPlace.values()];
}

function nextRecord(
  before: InstallRecord,
  options: InstallOptions,
  targets: Target[],
  folder: string,
  extensions: Extension[],
): InstallRecord {
  const manifests = targets.map(({ manifest }) => manifest);
  const folders = [folder, ...manifests.map((manifest) => dirname(manifest))].flatMap(missingFolders);
  const union = (old: string[], more: string[]) => [...new Set([...old, ...more])];
  const { credentialsFile: credentialsBefore, configFile: configBefore, ...kept } = before;
  const credentialsFile = options.credentialsFile ?? credentialsBefore;
  const configFile = options.configFile ?? configBefore;
  return {
    ...kept,
    ...(credentialsFile && { credentialsFile }),
    ...(configFile && { configFile }),
    extensionIds: union(before.extensionIds, options.extensionIds),
    manifests: union(before.manifests, manifests),
    folders: union(before.folders, folders),
    extensionFiles: union(
      before.extensionFiles ?? [],
      extensions.flatMap(({ names }) => names),
    ).sort(),
  };
}

/** `folder` and those above it that do not exist yet. */
function missingFolders(folder: string): string[] {
  if (existsSync(folder)) return [];
  return [...missingFolders(dirname(folder)), folder];
}
