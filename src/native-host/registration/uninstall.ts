import { existsSync } from 'node:fs';
import { readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hostName } from '../../core/protocol.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { writeFailure } from '../../credentials-file/fs-failure.ts';
import { cacheFolderIn } from './aws-files.ts';
import { browsers } from './browsers.ts';
import { hostFiles } from './host-files.ts';
import { installRecordName, readInstallRecord } from './install-record.ts';
import type { Surroundings } from './places.ts';
import { putFile } from './put-file.ts';
import { type RunReg, removeKey, runReg } from './registry.ts';
import { selectedTargets, targetsOf } from './targets.ts';

export interface UninstallOptions {
  surroundings: Surroundings;
  /** Absolute path: remove only the registration in this user data folder. */
  userDataDir?: string | undefined;
  /** Runs when no registration is left, right before the host goes with all that it keeps. */
  beforeHostGoes?: () => Promise<void>;
  runReg?: RunReg;
}

/**
 * Undoes install: removes the host's registration from every browser, or from the one user data folder, and, once no
 * registration is left, the host itself with the credentials that it keeps for process profiles. Folders that install made go too if they are empty. Returns the files,
 * folders and registry keys that were removed, which are none when nothing was installed.
 *
 * A file named like our host manifest that does not say that it is ours is left alone.
 *
 * Failures: `browser-not-here`, `file-not-writable`, `registry-refused`.
 */
export async function uninstall(options: UninstallOptions): Promise<Result<string[]>> {
  const { surroundings } = options;
  const selected = selectedTargets({ userDataDir: options.userDataDir }, surroundings);
  if (!selected.ok) return selected;
  const files = hostFiles(surroundings);
  const record = readInstallRecord(files.folder);
  const targets = selected.value ?? browsers.flatMap((browser) => targetsOf(browser, surroundings));
  const removed: string[] = [];

  for (const key of new Set(targets.flatMap(({ registryKey }) => registryKey ?? []))) {
    const gone = await removeKey(key, options.runReg ?? runReg);
    if (!gone.ok) return gone;
    if (gone.value) removed.push(key);
  }

  const manifests = new Set(targets.map(({ manifest }) => manifest));
  if (selected.value === undefined) for (const manifest of record.manifests) manifests.add(manifest);
  for (const manifest of manifests) {
    if (!(await isOurs(manifest))) continue;
    const gone = await removeFile(manifest);
    if (!gone.ok) return gone;
    removed.push(manifest);
  }

  const left = record.manifests.filter((manifest) => existsSync(manifest) && !manifests.has(manifest));
  const recordFile = join(files.folder, installRecordName);
  if (left.length > 0) {
    const written = await putFile(
      recordFile,
      `${JSON.stringify({ ...record, manifests: left }, null, 2)}\n`,
      0o600,
    );
    if (!written.ok) return written;
  } else {
    await options.beforeHostGoes?.();
    for (const file of [
      files.wrapper,
      files.host,
      files.processWrapper,
      files.credentialProcess,
      files.extensions,
      recordFile,
      cacheFolderIn(files.folder),
    ]) {
      if (!existsSync(file)) continue;
      const gone = await removeFile(file);
      if (!gone.ok) return gone;
      removed.push(file);
    }
  }

  const deepestFirst = [...new Set([...record.folders, files.folder])].sort((a, b) => b.length - a.length);
  for (const folder of deepestFirst) if (await removeIfEmpty(folder)) removed.push(folder);
  return ok(removed);
}

/** Whether `manifest` is there and says that it is our host's. */
async function isOurs(manifest: string): Promise<boolean> {
  try {
    return JSON.parse(await readFile(manifest, 'utf8')).name === hostName;
  } catch {
    return false;
  }
}

async function removeFile(file: string): Promise<Result<void>> {
  try {
    return ok(await rm(file, { force: true, recursive: true }));
  } catch (error) {
    return failed(writeFailure(file, error));
  }
}

const removeIfEmpty = (folder: string): Promise<boolean> =>
  rmdir(folder).then(
    () => true,
    () => false,
  );
