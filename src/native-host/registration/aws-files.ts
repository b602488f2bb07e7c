import { homedir } from 'node:os';
import { join } from 'node:path';
import { type AwsFiles, locateFiles } from '../../credentials-file/index.ts';
import { readInstallRecord } from './install-record.ts';

/**
 * The files of the person whose settings are in `folder`: those that the environment names, else what the settings
 * say. Looked up anew for each use, since the settings may change while a host runs.
 */
export function awsFilesOf(folder: string, env: Record<string, string | undefined>): AwsFiles {
  const { credentialsFile, configFile } = readInstallRecord(folder);
  const named = {
    ...env,
    AWS_SHARED_CREDENTIALS_FILE: env.AWS_SHARED_CREDENTIALS_FILE || credentialsFile,
    AWS_CONFIG_FILE: env.AWS_CONFIG_FILE || configFile,
  };
  return { ...locateFiles(named, process.platform, homedir()), cacheFolder: cacheFolderIn(folder) };
}

/** Where the credentials of process profiles are kept, for the person whose settings are in `folder`. */
export const cacheFolderIn = (folder: string): string => join(folder, 'cache');
