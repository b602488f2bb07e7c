import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

type Env = Record<string, string | undefined>;

/**
 * The full path of a program of Windows itself, such as `reg.exe`. Windows looks for a bare name in the current folder
 * first, which may be anybody's repository. Any program may set `SystemRoot`, so it counts only if Windows is installed
 * there.
 */
export const windowsProgram = (name: string, env: Env): string =>
  path.win32.join(windowsFolder(env), 'System32', name);

function windowsFolder(env: Env): string {
  const named = variable(env, 'SystemRoot') ?? '';
  // Setup puts Windows there, on any local drive, since Windows XP.
  return /^[a-z]:\\windows$/i.test(named) ? named : 'C:\\Windows';
}

/**
 * The full path of the program `name` in `PATH`; `undefined` if there is none. Ignores relative and empty entries of
 * `PATH`, and the current folder on Windows. A name with a folder in it is returned unchanged: it means that file.
 * `endings`: which a file of the name may have; on Windows, those that it starts without a shell.
 */
export function findProgram(
  name: string,
  env: Env,
  platform: NodeJS.Platform,
  isProgram = isExecutable,
  endings = platform === 'win32' && !/\.(?:exe|com)$/i.test(name) ? ['.com', '.exe'] : [''],
): string | undefined {
  const isWindows = platform === 'win32';
  if (isWindows ? /[\\/:]/.test(name) : name.includes('/')) return name;
  const { join } = isWindows ? path.win32 : path.posix;
  return foldersOf(env, platform)
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
    .find(isProgram);
}

/** `PATH` without entries that depend on the current folder. */
export const absolutePath = (env: Env, platform: NodeJS.Platform): string =>
  foldersOf(env, platform).join(platform === 'win32' ? ';' : ':');

function foldersOf(env: Env, platform: NodeJS.Platform): string[] {
  if (platform !== 'win32') return (env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
  const folders = (variable(env, 'PATH') ?? '').split(';').map((folder) => folder.replaceAll('"', ''));
  // `\folder` and `C:folder` depend on the current drive and folder.
  return folders.filter((folder) => /^(?:[a-z]:[\\/]|\\\\[^\\/])/i.test(folder));
}

/** Windows ignores the case of variable names; a copy of the environment doesn't. */
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
