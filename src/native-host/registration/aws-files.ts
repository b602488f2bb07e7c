import { homedir } from 'node:os';
import { join } from 'node:path';
import { type AwsFiles, locateFiles } from '../../credentials-file/index.ts';
import { readInstallRecord } from './install-record.ts';

/**
 * The AWS files of the user whose settings are in `folder`: from the environment, else from the settings. Call it for
 * each use, since the settings may change while the host runs.
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

/** The cache of process profiles, for the user whose settings are in `folder`. */
export const cacheFolderIn = (folder: string): string => join(folder, 'cache');
