import { statSync } from 'node:fs';
import { devNull, homedir } from 'node:os';
import type { Failure } from '../../core/failure.ts';
import { locateFiles } from '../../credentials-file/index.ts';
import { readSnapshot } from '../../disk/read-snapshot.ts';
import { filesOfHost } from './files-of-host.ts';

/**
 * Why AWS is not to be asked yet, if anything: an assertion and an MFA code are spent once they are sent. The
 * credentials file must be one that can be read, if it will be written; the SDK, which reads whatever has the name, must
 * not be led to a pipe or a device that has no end. The null device is how people say that there is no such file.
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
