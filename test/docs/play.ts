import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Block, Document } from './markdown.ts';
import type { Stage } from './stage.ts';
import { comparable, forReaders } from './steady.ts';

/** Languages of blocks with commands. */
export const shells = ['console', 'sh', 'bash', 'zsh', 'fish', 'powershell', 'cmd'];

/** Blocks of commands that nobody would notice if they stopped working: neither run nor marked with a reason. */
export const unmarked = (document: Document): string[] =>
  document.blocks
    .filter(({ language, marks, text, indented }) => {
      if (marks['not-run'] !== undefined) return marks['not-run'] === '';
      if (shells.includes(language)) return indented || !['console', 'sh'].includes(language);
      return language === '' && /^(?:\$ |(?:roleferry(?:-broker)?|npm|npx|aws) )/m.test(text);
    })
    .map(({ text }) => text);

export const isRun = ({ language, marks }: Block) =>
  ['console', 'sh'].includes(language) && marks['not-run'] === undefined;

/**
 * Runs the blocks of a document in their order and returns its text with the output that came. Output that only
 * differs in times stays as it is written. Throws where a command of a block without output fails.
 */
export async function withRealOutput(document: Document, stage: Stage): Promise<string> {
  let home: string | undefined;
  let { text } = document;
  let moved = 0;
  for (const block of document.blocks.filter(isRun)) {
    const { home: wanted } = block.marks;
    if (wanted !== 'same' || home === undefined) home = newHome(stage, wanted);
    const shown =
      block.language === 'console'
        ? await played(block.text, home, stage)
        : await ran(block.text, home, stage);
    const at = block.start + moved;
    text = text.slice(0, at) + shown + text.slice(at + block.text.length);
    moved += shown.length - block.text.length;
  }
  return text;
}

function newHome({ folder, homes, programs, shellEnvFor }: Stage, wanted = 'profiles'): string {
  const home = mkdtempSync(join(folder, 'home-'));
  const model = homes[wanted];
  if (model === undefined) throw new Error(`There is no home=${wanted}.`);
  cpSync(model, home, { recursive: true });
  // A browser was there once, as on every machine.
  mkdirSync(join(home, '.config/chromium'), { recursive: true });
  mkdirSync(join(home, 'dist'));
  symlinkSync(programs, join(home, 'dist/node'));
  mkdirSync(join(home, '.cache/rehearsal'), { recursive: true });
  writeFileSync(join(home, '.cache/rehearsal/env'), shellEnvFor(home));
  return home;
}

const execute = promisify(execFile);

/** As somebody types it who has nothing but the system's programs and the rehearsal. */
async function shell(script: string, home: string): Promise<string> {
  const first = join(home, '.cache/rehearsal/env');
  const env = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', SHELL: '/bin/bash', BROWSER: 'a-browser' };
  const options = { env, cwd: home, timeout: 110_000 };
  return (await execute('/bin/bash', ['-o', 'pipefail', '-c', `. ${first}\n${script}`], options)).stdout;
}

async function ran(text: string, home: string, stage: Stage): Promise<string> {
  try {
    await shell(`set -e\n${text}`, home);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(
      forReaders(`This block fails:\n${text}\n${stdout}${stderr}`, { ...stage.places, [home]: '~' }),
    );
  }
  return text;
}

const mark = '\u001e';

/** A block of commands after `$` and their output, with the output that comes now. */
async function played(text: string, home: string, stage: Stage): Promise<string> {
  const parts = commandsOf(text);
  const script = parts.map(
    ({ command }) => `printf '${mark}'; eval '${command.replaceAll("'", "'\\''")}' 2>&1 < /dev/null`,
  );
  const all = await shell([...script, 'true'].join('\n'), home);
  const outputs = all.split(mark).slice(1);
  const places = { ...stage.places, [home]: '/home/jo' };
  return parts
    .map(({ command, output }, index) => {
      const came = forReaders(outputs[index] ?? '', places);
      const same = comparable(came) === comparable(output);
      return `$ ${command}\n${same ? output : came}`;
    })
    .join('');
}

/** `$ ` begins a command, which goes on after a `\` at the end of a line; all else is output. */
export function commandsOf(text: string): { command: string; output: string }[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = ''] = /^(?:[^\n]*\\\n)*[^\n]*/.exec(part) ?? [];
      return { command, output: part.slice(command.length + 1) };
    });
}
