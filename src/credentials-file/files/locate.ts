import { posix, win32 } from 'node:path';
import { type Failure, failure } from '../../core/failure.ts';
import type { Machine } from '../../machine-policy/read-policy.ts';

/** Where the two shared files of AWS tools are. */
export interface AwsFiles {
  credentialsFile: string;
  configFile: string;
  /** Where the credentials of process profiles are kept, apart from the shared files; without it there are none. */
  cacheFolder?: string;
  /** Whose policy holds for what is written there and handed out; without it this machine's, so that none is forgotten. */
  machine?: Machine;
}

/**
 * Finds the shared files the way the AWS SDKs do: `AWS_SHARED_CREDENTIALS_FILE` and `AWS_CONFIG_FILE` where set,
 * else `credentials` and `config` in `~/.aws`. Home is `HOME` on every platform, on Windows then `USERPROFILE`,
 * then `HOMEDRIVE` + `HOMEPATH`; `homedir` is the system's own answer when none of them is set.
 * A leading `~/` in the variables is home too, for those who set them where no shell expands it.
 *
 * Source: AWS SDKs and Tools Reference Guide, "Location of the shared config and credentials files".
 */
export function locateFiles(
  env: Record<string, string | undefined>,
  platform: NodeJS.Platform,
  homedir: string,
): AwsFiles {
  const windows = platform === 'win32';
  const { join } = windows ? win32 : posix;
  const home = env.HOME || (windows && windowsHome(env)) || homedir;
  const place = (named: string | undefined, name: string) => {
    if (!named) return join(home, '.aws', name);
    return /^~(?=\/|$)/.test(named) || (windows && named.startsWith('~\\'))
      ? join(home, named.slice(1))
      : named;
  };
  return {
    credentialsFile: place(env.AWS_SHARED_CREDENTIALS_FILE, 'credentials'),
    configFile: place(env.AWS_CONFIG_FILE, 'config'),
  };
}

/**
 * Why the places that the environment names are of no use: AWS tools differ on variables and names of users in them, so
 * that one would read `$HOME/creds` in the home folder and the next in a folder called `$HOME`. A leading `~/` all of
 * them know. Failure: `path-variable`.
 */
export function placesFailure(
  env: Record<string, string | undefined>,
  platform: NodeJS.Platform,
): Failure | undefined {
  const unclear = platform === 'win32' ? /\$[\w{]|%[^%]+%|^~[^\\/]/ : /\$[\w{]|^~[^/]/;
  for (const variable of ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE']) {
    // Stryker disable next-line StringLiteral: neither is unclear
    const path = env[variable] ?? '';
    if (unclear.test(path)) return failure('path-variable', { variable, path });
  }
  return undefined;
}

const windowsHome = (env: Record<string, string | undefined>) =>
  env.USERPROFILE || (env.HOMEPATH && `${env.HOMEDRIVE || 'C:'}${env.HOMEPATH}`);
