import { statSync } from 'node:fs';
import { devNull, homedir } from 'node:os';
import type { Failure } from '../../core/failure.ts';
import { locateFiles } from '../../credentials-file/index.ts';
import { readSnapshot } from '../../disk/read-snapshot.ts';
import { filesOfHost } from './files-of-host.ts';

/**
 * Why not to ask AWS yet, if anything: an assertion or an MFA code works only once. A credentials file that will be
 * written must be readable. Neither file may be a pipe or an endless device, which the SDK would read. The null device is
 * allowed: it means that there is no file.
 *
 * Failure: `file-unreadable`.
 */
export async function filesFailure(willWrite: boolean): Promise<Failure | undefined> {
  const { credentialsFile, configFile } = filesOfHost();
  const ofSdk = locateFiles(process.env, process.platform, homedir());
  const files = [
    ...(willWrite ? [credentialsFile] : []),
    ...[configFile, ofSdk.credentialsFile, ofSdk.configFile].filter(mayBeEndless),
  ];
  for (const file of files) {
    const read = await readSnapshot(file);
    if (!read.ok) return read.failure;
  }
  return undefined;
}

function mayBeEndless(file: string): boolean {
  try {
    const stats = statSync(file);
    return file !== devNull && !stats.isFile() && !stats.isDirectory();
  } catch {
    return false;
  }
}
