import { win32 } from 'node:path';
import { failure } from '../../core/failure.ts';
import { inEnglish, withWords } from '../../core/words/failures/english.ts';
import { layoutOf, type Surroundings } from './system/surroundings.ts';

/** One of our programs, which others start through a wrapper beside it in the user's folder. */
export interface WrappedProgram {
  /** Absolute path of the program's file. */
  file: string;
  /** Absolute path of the Node that it was installed with. */
  nodePath: string;
  /** What the wrapper prints on stdout if there is no Node. The host's callers expect a frame. */
  answersInFrames: boolean;
}

/** Exit status of a wrapper that found no Node. */
export const noNodeStatus = 127;

/**
 * Where Node usually is: where the system's packages, Homebrew and Nix put it, and where version managers keep theirs
 * (nvm, fnm, Volta, asdf, mise, n).
 */
const usualPlaces = {
  linux: [
    '/usr/local/bin/node',
    '/usr/bin/node',
    '/opt/homebrew/bin/node',
    '/home/linuxbrew/.linuxbrew/bin/node',
    '/snap/bin/node',
    '"$HOME"/.nix-profile/bin/node',
    '"$HOME"/.nvm/versions/node/*/bin/node',
    '"$HOME"/.local/share/fnm/node-versions/*/installation/bin/node',
    '"$HOME"/.fnm/node-versions/*/installation/bin/node',
    '"$HOME"/Library/Application*Support/fnm/node-versions/*/installation/bin/node',
    '"$HOME"/.volta/tools/image/node/*/bin/node',
    '"$HOME"/.asdf/installs/nodejs/*/bin/node',
    '"$HOME"/.local/share/mise/installs/node/*/bin/node',
    '"$HOME"/n/bin/node',
  ],
  win32: [
    '%ProgramFiles%\\nodejs\\node.exe',
    '%LOCALAPPDATA%\\Programs\\nodejs\\node.exe',
    '%LOCALAPPDATA%\\Volta\\tools\\image\\node\\*',
    '%APPDATA%\\nvm\\*',
    '%APPDATA%\\fnm\\node-versions\\*\\installation',
  ],
};

/**
 * The text of the wrapper that browsers and AWS tools start. It names Node by its absolute path, since browsers pass on a
 * poor PATH. If that Node is gone, for example after an upgrade, it takes another that is new enough. It drops
 * NODE_OPTIONS, which could load something that writes to stdout or have options that this Node doesn't know.
 */
export const wrapperText = (surroundings: Surroundings, program: WrappedProgram): string =>
  layoutOf(surroundings.platform) === 'win32' ? batchFile(program, surroundings) : shellScript(program);

/** The text of a script that starts the single executable at `file`, which needs no Node. */
export const forwarderText = ({ platform }: Surroundings, file: string): string =>
  layoutOf(platform) === 'win32'
    ? ['@echo off', `"${file.replaceAll('%', '%%')}" %*`, 'exit /b %errorlevel%', ''].join('\r\n')
    : ['#!/bin/sh', 'unset NODE_OPTIONS', `exec ${quoted(file)} "$@"`, ''].join('\n');

/** The Node that a wrapper of `file` starts; `undefined` if `text` is not our wrapper. */
export function nodeOfWrapper(
  surroundings: Surroundings,
  program: Omit<WrappedProgram, 'nodePath'>,
  text: string,
): string | undefined {
  const nodePath =
    layoutOf(surroundings.platform) === 'win32'
      ? fromBatch(/^set "node=(.+)"\r$/m.exec(text)?.[1], surroundings)
      : /^node='((?:[^']|'\\'')+)'$/m.exec(text)?.[1]?.replaceAll("'\\''", "'");
  if (nodePath === undefined) return undefined;
  return wrapperText(surroundings, { ...program, nodePath }) === text ? nodePath : undefined;
}

function shellScript({ file, nodePath, answersInFrames }: WrappedProgram): string {
  return [
    '#!/bin/sh',
    '# Starts a program of Roleferry on the Node that it was installed with, else on another that is new enough.',
    'unset NODE_OPTIONS',
    `program=${quoted(file)}`,
    `node=${quoted(nodePath)}`,
    '[ -x "$node" ] && exec "$node" "$program" "$@"',
    `for node in ${usualPlaces.linux.join(' ')} "$(command -v node)"; do`,
    '  case "$node" in /*) ;; *) continue ;; esac',
    '  [ -x "$node" ] || continue',
    '  case "$("$node" --version 2>/dev/null)" in',
    // package.json has the same versions under "engines".
    '    v20.19.* | v20.[2-9][0-9].* | v22.1[2-9].* | v22.[2-9][0-9].* | v2[3-9].* | v[3-9][0-9].*)',
    '      exec "$node" "$program" "$@" ;;',
    '  esac',
    'done',
    answersInFrames ? frameInShell(nodePath) : `printf '%s\\n' ${quoted(saidOf(nodePath))} >&2`,
    `exit ${noNodeStatus}`,
    '',
  ].join('\n');
}

const noNode = (nodePath: string) => failure('node-gone', { node: nodePath });

const saidOf = (nodePath: string): string => {
  const { message, hint } = inEnglish(noNode(nodePath));
  return `roleferry: ${message}\nhint: ${hint}`;
};

/** The failure as the extension reads it: an answer without an id answers every request. */
function frameInShell(nodePath: string): string {
  const body = JSON.stringify({ version: 1, id: '', ok: false, failure: withWords(noNode(nodePath)) });
  const header = Buffer.alloc(4);
  header.writeUInt32LE(Buffer.byteLength(body));
  const octal = [...header].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  return `printf '${octal}%s' ${quoted(body)}`;
}

/** One word for a POSIX shell. */
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** Without Node it can only write to stderr, which browsers ignore: a batch file cannot write a frame. */
function batchFile({ file, nodePath }: WrappedProgram, surroundings: Surroundings): string {
  return [
    '@echo off',
    'rem Starts a program of Roleferry on the Node that it was installed with, else on another that is new enough.',
    'setlocal',
    'set NODE_OPTIONS=',
    // %~dp0 is the folder of the batch file itself, whatever letters are in it.
    `set "program=%~dp0${win32.basename(file)}"`,
    `set "node=${inBatch(nodePath, surroundings)}"`,
    'if exist "%node%" goto run',
    'set found=',
    ...usualPlaces.win32.map((place) =>
      place.includes('*')
        ? `for /d %%D in ("${place.replace(/\*.*/, '*')}") do call :try "%%D${place.replace(/.*\*/, '')}\\node.exe"`
        : `call :try "${place}"`,
    ),
    'if not defined found goto none',
    'set "node=%found%"',
    ':run',
    '"%node%" "%program%" %*',
    'exit /b %errorlevel%',
    ':none',
    ...saidOf(nodePath)
      .split('\n')
      .map((line) => `>&2 echo ${escapedForEcho(line)}`),
    `exit /b ${noNodeStatus}`,
    ':try',
    'if defined found exit /b',
    'if not exist %1 exit /b',
    `for /f "tokens=1,2 delims=v." %%a in ('"%1 --version"') do call :fits %1 %%a %%b`,
    'exit /b',
    ':fits',
    'if %2 geq 23 set "found=%~1"',
    'if %2 equ 22 if %3 geq 12 set "found=%~1"',
    'if %2 equ 20 if %3 geq 19 set "found=%~1"',
    'exit /b',
    '',
  ].join('\r\n');
}

const userProfile = '%USERPROFILE%';

/**
 * A path in a batch file. cmd.exe reads batch files in an old code page, where letters such as those of a user's name
 * become others, but not the values of variables.
 */
function inBatch(path: string, { home }: Surroundings): string {
  const isInHome = path.toLowerCase().startsWith(`${home.toLowerCase()}\\`);
  const rest = (isInHome ? path.slice(home.length) : path).replaceAll('%', '%%');
  return (isInHome ? userProfile : '') + rest;
}

function fromBatch(path: string | undefined, { home }: Surroundings): string | undefined {
  const isInHome = path?.startsWith(`${userProfile}\\`);
  const rest = (isInHome ? path?.slice(userProfile.length) : path)?.replaceAll('%%', '%');
  return isInHome ? `${home}${rest}` : rest;
}

const escapedForEcho = (line: string): string => line.replace(/[&|<>^()]/g, '^$&').replaceAll('%', '%%');
