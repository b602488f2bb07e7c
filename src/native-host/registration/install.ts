import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Failure, failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { chooseTargets } from './browsers/choose-targets.ts';
import { extensionKind } from './browsers/extension-id.ts';
import { manifestFolders, type Selection, type Target } from './browsers/targets.ts';
import { linkAtManifest, linkOnTheWay } from './files/no-link.ts';
import { putFile } from './files/put-file.ts';
import { takeAway } from './files/take-away.ts';
import { hostFiles, manifestText } from './host-files.ts';
import { type InstallRecord, installRecordName, readInstallRecord, servedIds } from './install-record.ts';
import { fileStep, filesOf, type Installed, programSteps, type Step } from './install-steps.ts';
import { ownPrograms } from './programs.ts';
import { putKey, type RunReg, runReg } from './system/registry.ts';
import type { Surroundings } from './system/surroundings.ts';
import { type Extension, extensionStep, findExtensions, namesAfter } from './unpacked-extensions.ts';

export interface InstallOptions extends Selection {
  surroundings: Surroundings;
  /** Absolute path of the Node that is to run the host. */
  nodePath: string;
  /** Absolute path of the built host, or of the single executable, which is copied. */
  hostFile: string;
  /** Absolute path of the folder with the built extensions, `chromium` and `firefox`, which are copied if they are there. */
  extensionsFolder: string;
  /** Extensions to serve beside the product's own, of either kind of browser. */
  extensionIds: string[];
  /** Absolute path of the credentials file to write; undefined keeps what was said before, '' forgets it. */
  credentialsFile?: string | undefined;
  /** The config file that goes with it, likewise. */
  configFile?: string | undefined;
  /** Called after each step, since a later one may fail. */
  onInstalled?: (installed: Installed) => void;
  runReg?: RunReg;
}

/**
 * Registers the host for every browser of this user, or for the selected one. Copies the host and the unpacked extension
 * into a folder of their own, since the package may be in a cache. What is already in place stays. Extensions that an
 * earlier installation allowed stay allowed. Nothing is written or deleted behind a link, and only files that the record
 * names, or programs by their earlier names, are deleted.
 *
 * Failures: `extension-id-invalid`, `browser-not-here`, `browser-not-found`, `browser-sandboxed`,
 * `browser-in-windows`, `host-file-missing`, `place-is-link`, `file-not-writable`, `file-no-space`, `registry-refused`.
 */
export async function install(options: InstallOptions): Promise<Result<Installed[]>> {
  const { surroundings, hostFile, nodePath } = options;
  if (options.extensionIds.some((id) => extensionKind(id) === undefined)) {
    return failed(failure('extension-id-invalid'));
  }
  const chosen = chooseTargets(options, surroundings);
  if (!chosen.ok) return chosen;
  const own = ownPrograms(surroundings, hostFile);
  const programs = await programSteps(Object.values(own), nodePath);
  if (!programs.ok) return programs;

  const targets = chosen.value;
  const files = hostFiles(surroundings);
  const extensions = await findExtensions(targets, options.extensionsFolder);
  const ours = [
    join(files.folder, installRecordName),
    ...Object.values(own).flatMap(filesOf),
    ...extensions.flatMap(({ names }) => names.map((name) => join(files.extensions, name))),
  ];
  const link = await findLink(files.folder, ours, targets, surroundings);
  if (link !== undefined) return failed(link);
  const before = readInstallRecord(files.folder);
  const record = nextRecord(before, options, targets, files.folder, extensions);
  const recordFile = join(files.folder, installRecordName);
  const manifest = (target: Target) => manifestText(target.kind, own.host.start, servedIds(record));

  // The host and its record come first, so that no manifest leads nowhere and whatever follows can be undone.
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
  for (const file of files.earlier) {
    const gone = await takeAway(files.folder, file);
    if (!gone.ok) return gone;
  }
  // Until now the record also named the previous version's files, so that a half-done installation can be undone.
  const finished = { ...record, extensionFiles: namesAfter(before, extensions) };
  const put = await putFile(recordFile, recordText(finished), 0o600);
  return put.ok ? ok(installed) : put;
}

/** The first link in the way of what will be written: `ours` in `folder`, and the manifests of `targets`. */
async function findLink(
  folder: string,
  ours: string[],
  targets: Target[],
  surroundings: Surroundings,
): Promise<Failure | undefined> {
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

/** One target for each place: several browsers may share one, and it then names them all. */
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

/** `folder` and the folders above it that don't exist yet. */
function missingFolders(folder: string): string[] {
  if (existsSync(folder)) return [];
  return [...missingFolders(dirname(folder)), folder];
}
