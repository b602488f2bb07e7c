import { existsSync } from 'node:fs';
import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { errorCode } from '../../disk/fs-failure.ts';
import {
  absolutePath,
  findProgram,
  windowsProgram,
} from '../../native-host/registration/system/system-program.ts';
import { browserCommands } from './browser-commands.ts';

/**
 * Opens `url` in the user's browser: with the first program in `BROWSER` that can be run, else with the platform's. Uses
 * no shell, to which an address could mean more, and no program of the current folder. Resolves when the program ends,
 * which may be never: it may live as long as the browser. Failure: `browser-not-opened`.
 */
export async function openLink(
  url: string,
  { env, platform }: { env: NodeJS.ProcessEnv; platform: NodeJS.Platform },
): Promise<Result<void>> {
  let last: Result<void> = failed(failure('browser-not-opened', { reason: 'there is no program for it' }));
  for (const [name = '', ...args] of openers(url, env, platform)) {
    const file = findProgram(name, env, platform);
    last =
      file === undefined ? notOpened(`there is no program ${name}`) : await run(file, args, env, platform);
    if (last.ok) return last;
  }
  return last;
}

function openers(url: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[][] {
  const named = browserCommands(env.BROWSER ?? '', url, platform, existsSync);
  if (named.length > 0) return named;
  if (platform === 'win32') {
    const library = windowsProgram('url.dll', env);
    return [[windowsProgram('rundll32.exe', env), `${library},FileProtocolHandler`, url]];
  }
  return [[platform === 'darwin' ? '/usr/bin/open' : 'xdg-open', url]];
}

const notOpened = (reason: string) => failed(failure('browser-not-opened', { reason }));

/**
 * The program gets no standard streams, since its output would mix with ours. xdg-open is a script that looks for others
 * in PATH.
 */
function run(
  file: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): Promise<Result<void>> {
  return new Promise((resolve) => {
    const clean = platform === 'win32' ? env : { ...env, PATH: absolutePath(env, platform) };
    const { spawn } = process.getBuiltinModule('node:child_process');
    const child = spawn(file, args, { stdio: 'ignore', detached: true, env: clean });
    child.once('error', (error) => {
      const missing = errorCode(error) === 'ENOENT';
      resolve(notOpened(missing ? `there is no program ${file}` : `${file} cannot be run`));
    });
    child.once('exit', (status) =>
      resolve(status === 0 || status === null ? ok(undefined) : notOpened(`${file} ended with ${status}`)),
    );
    child.unref();
  });
}
