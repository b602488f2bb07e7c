import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

type Env = Record<string, string | undefined>;

/**
 * The whole path of a program of Windows itself, such as `reg.exe`. Windows looks for a bare name in the current
 * folder first, and that may be anybody's repository. `SystemRoot` counts only where it names a folder that Windows
 * is installed in: any program may have set it.
 */
export const windowsProgram = (name: string, env: Env): string =>
  path.win32.join(windowsFolder(env), 'System32', name);

function windowsFolder(env: Env): string {
  const named = variable(env, 'SystemRoot') ?? '';
  // Setup puts Windows there, on any local drive, since Windows XP.
  return /^[a-z]:\\windows$/i.test(named) ? named : 'C:\\Windows';
}

/**
 * The whole path of the program that `name` means in `PATH`, or `undefined` when there is none. Relative and empty
 * entries of `PATH` do not count, and neither does the current folder on Windows. A name with a folder in it stays
 * as it is: whoever wrote it means that very file.
 */
export function findProgram(
  name: string,
  env: Env,
  platform: NodeJS.Platform,
  isProgram = isExecutable,
): string | undefined {
  const isWindows = platform === 'win32';
  if (isWindows ? /[\\/:]/.test(name) : name.includes('/')) return name;
  const { join } = isWindows ? path.win32 : path.posix;
  // What Windows starts without a shell.
  const endings = isWindows && !/\.(?:exe|com)$/i.test(name) ? ['.com', '.exe'] : [''];
  return foldersOf(env, platform)
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
    .find(isProgram);
}

/** `PATH` without the entries that mean another folder wherever one is. */
export const absolutePath = (env: Env, platform: NodeJS.Platform): string =>
  foldersOf(env, platform).join(platform === 'win32' ? ';' : ':');

function foldersOf(env: Env, platform: NodeJS.Platform): string[] {
  if (platform !== 'win32') return (env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
  const folders = (variable(env, 'PATH') ?? '').split(';').map((folder) => folder.replaceAll('"', ''));
  // `\folder` and `C:folder` depend on the current drive and folder.
  return folders.filter((folder) => /^(?:[a-z]:[\\/]|\\\\[^\\/])/i.test(folder));
}

/** Windows takes the names of variables in any case; a copy of the environment does not. */
function variable(env: Env, name: string): string | undefined {
  const key = Object.keys(env).find((other) => other.toUpperCase() === name.toUpperCase());
  return key === undefined ? undefined : env[key];
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
