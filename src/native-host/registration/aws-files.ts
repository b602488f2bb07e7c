import { homedir } from 'node:os';
import { join } from 'node:path';
import { type AwsFiles, locateFiles } from '../../credentials-file/locate.ts';
import { readInstallRecord } from './install-record.ts';

/**
 * The files that a host in `folder` works on: those that the environment names, else what its settings say. Looked
 * up anew for each use, since the settings may change while a host runs.
 */
export function awsFilesOf(folder: string, env: Record<string, string | undefined>): AwsFiles {
  const { credentialsFile } = readInstallRecord(folder);
  const named = { ...env, AWS_SHARED_CREDENTIALS_FILE: env.AWS_SHARED_CREDENTIALS_FILE || credentialsFile };
  return { ...locateFiles(named, process.platform, homedir()), cacheFolder: cacheFolderIn(folder) };
}

/** Where a host in `folder` keeps the credentials of process profiles. */
export const cacheFolderIn = (folder: string): string => join(folder, 'cache');
