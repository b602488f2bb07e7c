import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { shellWord } from '../../../core/words/shell-word.ts';
import { findProgram } from '../../../native-host/registration/system/system-program.ts';

/** The programs for people, each built into a file of its name. */
export type ProgramName = 'roleferry' | 'aws_role_credentials';

/** What decides how a program is called. */
export interface CallSurroundings {
  /** Absolute path of the file that Node was told to run, or of the single executable. */
  file: string;
  /** `undefined` where the folder is gone. */
  folder: string | undefined;
  env: Record<string, string | undefined>;
  platform: NodeJS.Platform;
  /** Absolute path of the running Node; the single executable is one itself. */
  node: string;
}

/**
 * The words that call the program `name` of the same copy as `file` in the user's shell: its name where PATH leads to
 * this copy, `npx` where that started it, else Node and the file. `undefined` if no such program is beside `file`.
 */
export function callOf(name: ProgramName, around: CallSurroundings): string | undefined {
  if (around.file === around.node) return ofExecutable(name, around);
  const real = realPath(path.join(path.dirname(realPath(around.file)), `${name}.cjs`));
  if (!existsSync(real)) return undefined;
  return throughNpx(name, real, around) ?? (isInPath(name, real, around) ? name : withNode(name, around));
}

/** The single executable has its other programs as commands. `install` puts a script beside its copy, which users call. */
function ofExecutable(name: ProgramName, { file: own, folder, env, platform }: CallSurroundings): string {
  const file = own.replace(/([\\/]roleferry)\.bin$/, '$1');
  const found = findProgram('roleferry', env, platform);
  const whole = wordFor(file, platform);
  const short = path.dirname(file) === folder ? `.${path.sep}${path.basename(file)}` : whole;
  const call = found !== undefined && realPath(found) === realPath(file) ? 'roleferry' : short;
  return name === 'roleferry' ? call : `${call} ${name}`;
}

/** npm puts the programs of packages into PATH for a while, so PATH says nothing here. */
function throughNpx(name: ProgramName, real: string, around: CallSurroundings): string | undefined {
  const inCache = /^(.*[\\/]_npx[\\/][^\\/]+)[\\/]node_modules[\\/]/.exec(real)?.[1];
  if (inCache !== undefined) {
    const spec = specOf(inCache);
    // Without knowing what was asked for, npx might bring the program of somebody else.
    if (spec === undefined) return withNode(name, around);
    const word = wordFor(spec, around.platform);
    return name === 'roleferry' ? `npx ${word}` : `npx --package=${word} ${name}`;
  }
  const isLocal = around.env.npm_command === 'exec' && /[\\/]node_modules[\\/]/.test(real);
  return isLocal ? `npx ${name}` : undefined;
}

/** What npx was asked to run, by its note in the folder of its cache. */
function specOf(folder: string): string | undefined {
  try {
    const packages = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))._npx?.packages;
    return Array.isArray(packages) && packages.length === 1 ? String(packages[0]) : undefined;
  } catch {
    return undefined;
  }
}

function isInPath(name: ProgramName, real: string, { env, platform }: CallSurroundings): boolean {
  if (platform !== 'win32') {
    const found = findProgram(name, env, platform);
    return found !== undefined && realPath(found) === real;
  }
  // npm puts a batch file there, beside the folder of its packages.
  const found = findProgram(`${name}.cmd`, env, platform, existsSync, ['']);
  return found !== undefined && real.startsWith(path.join(path.dirname(found), 'node_modules') + path.sep);
}

function withNode(name: ProgramName, { file, folder, env, platform, node }: CallSurroundings): string {
  const sibling = path.join(path.dirname(file), `${name}.cjs`);
  const whole = existsSync(sibling) ? sibling : path.join(path.dirname(realPath(file)), `${name}.cjs`);
  const fromHere = folder === undefined ? whole : path.relative(folder, whole);
  const shorter = fromHere.length < whole.length ? fromHere : whole;
  const word = wordFor(shorter.startsWith('-') ? whole : shorter, platform);
  return `${findProgram('node', env, platform) === undefined ? wordFor(node, platform) : 'node'} ${word}`;
}

/** One word of the user's shell, which on Windows is cmd or PowerShell. */
function wordFor(text: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') return /^[\w.:\\/@-]+$/.test(text) ? text : `"${text}"`;
  return /^[\w.:/@-]+$/.test(text) ? text : shellWord(text);
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
