import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import * as v from 'valibot';
import { hostName } from '../../core/protocol/protocol.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { browsers } from './browsers/browsers.ts';
import { manifestFolders, selectedTargets, targetsOf } from './browsers/targets.ts';
import { isFile, linkAtManifest, linkOnTheWay } from './files/no-link.ts';
import { putFile, temporaryOf } from './files/put-file.ts';
import { takeAwayEmpty, takeAwayNamed } from './files/take-away.ts';
import { hostFiles } from './host-files.ts';
import { type InstallRecord, installRecordName, readInstallRecord } from './install-record.ts';
import { deepestFirst, namesIn, removeHost } from './remove-host.ts';
import { type RunReg, removeKey, runReg } from './system/registry.ts';
import type { Surroundings } from './system/surroundings.ts';

export interface UninstallOptions {
  surroundings: Surroundings;
  /** Absolute path: remove only the registration in this user data folder. */
  userDataDir?: string | undefined;
  /** Runs when no registration is left, right before the host and its data are removed. */
  beforeHostGoes?: () => Promise<void>;
  runReg?: RunReg;
}

/**
 * Undoes install: removes the host's registration from every browser, or from the one user data folder. Once no
 * registration is left, also removes the host, its cache for process profiles, and empty folders that install made.
 * Returns the removed files, folders and registry keys: none if nothing was installed.
 *
 * Deletes only what install or the host writes, where they write it. Leaves alone: other places that the record names,
 * anything behind a link, and a file with our host manifest's name that is not ours.
 *
 * Failures: `browser-not-here`, `place-is-link` when the host's folder is one, `file-not-writable`, `registry-refused`.
 */
export async function uninstall(options: UninstallOptions): Promise<Result<string[]>> {
  const { surroundings } = options;
  const selected = selectedTargets({ userDataDir: options.userDataDir }, surroundings);
  if (!selected.ok) return selected;
  const files = hostFiles(surroundings);
  const link = await linkOnTheWay(files.folder, files.folder);
  if (link !== undefined) return failed(link);
  const record = readInstallRecord(files.folder);
  const known = browsers.flatMap((browser) => targetsOf(browser, surroundings));
  const targets = selected.value ?? known;
  const removed: string[] = [];

  for (const key of new Set(targets.flatMap(({ registryKey }) => registryKey ?? []))) {
    const gone = await removeKey(key, options.runReg ?? runReg);
    if (!gone.ok) return gone;
    if (gone.value) removed.push(key);
  }

  const recorded = record.manifests.filter(isManifestPlace);
  const manifests = new Set(targets.map(({ manifest }) => manifest));
  if (selected.value === undefined) for (const manifest of recorded) manifests.add(manifest);
  const folders = manifestFolders(surroundings);
  for (const manifest of manifests) {
    if (await linkAtManifest(manifest, folders)) continue;
    const gone = (await isOurs(manifest)) ? await takeAwayManifest(manifest) : ok(false);
    if (!gone.ok) return gone;
    if (gone.value) removed.push(manifest);
  }

  const left = recorded.filter((manifest) => existsSync(manifest) && !manifests.has(manifest));
  if (left.length > 0) {
    const recordFile = join(files.folder, installRecordName);
    const text = `${JSON.stringify({ ...record, manifests: left }, null, 2)}\n`;
    const written = await putFile(recordFile, text, 0o600);
    if (!written.ok) return written;
  } else {
    await options.beforeHostGoes?.();
    const gone = await removeHost(files, record);
    if (!gone.ok) return gone;
    removed.push(...gone.value);
  }

  const places = [files.folder, ...known.map(({ manifest }) => dirname(manifest))];
  removed.push(...(await removeFolders(record, places, [...manifests].map(dirname))));
  return ok(removed);
}

/** Whether install puts manifests where the record says that this one is. On Windows all places are known. */
const isManifestPlace = (manifest: string): boolean =>
  isAbsolute(manifest) &&
  basename(manifest) === `${hostName}.json` &&
  ['NativeMessagingHosts', 'native-messaging-hosts'].includes(basename(dirname(manifest)));

const manifestSchema = v.object({
  name: v.literal(hostName),
  type: v.literal('stdio'),
  path: v.pipe(v.string(), v.regex(/(?:^|[\\/])roleferry(?:-host(?:\.bat)?|\.exe)$/)),
});

/** Whether `manifest` is there, as a file, and says that it is our host's. */
async function isOurs(manifest: string): Promise<boolean> {
  try {
    return (await isFile(manifest)) && v.is(manifestSchema, JSON.parse(await readFile(manifest, 'utf8')));
  } catch {
    return false;
  }
}

/** Also removes what a killed writer of it left behind. Its folder may be a link; that was checked. */
async function takeAwayManifest(manifest: string): Promise<Result<boolean>> {
  const isLeft = temporaryOf(basename(manifest));
  const names = (await namesIn(dirname(manifest))).filter((name) => isLeft.test(name));
  const taken = await takeAwayNamed(dirname(manifest), [basename(manifest), ...names]);
  return taken.ok ? ok(taken.value.includes(manifest)) : taken;
}

/**
 * Removes the empty ones of the folders that install made, by the record: `places` and the folders above them, those of
 * `manifests`, and above these only parents of a folder removed just now.
 */
async function removeFolders(
  { folders }: InstallRecord,
  places: string[],
  manifests: string[],
): Promise<string[]> {
  const removed: string[] = [];
  const isOnTheWay = (folder: string) =>
    places.some((place) => place === folder || place.startsWith(folder + sep)) ||
    manifests.includes(folder) ||
    removed.some((other) => dirname(other) === folder);
  for (const folder of deepestFirst([...folders, places[0] ?? ''])) {
    if (isOnTheWay(folder) && (await takeAwayEmpty(folder))) removed.push(folder);
  }
  return removed;
}
