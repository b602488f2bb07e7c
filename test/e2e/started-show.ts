import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Runs what `npm start` shows without a display, in a folder for temporary files of its own. */
export interface ShowRunner {
  /** Where the pictures go. */
  pictures: string;
  start(variables?: Record<string, string>, ...more: string[]): ChildProcessByStdio<null, Readable, Readable>;
  /** Starts it, and sends the signal twice once it has said `line`: Ctrl-C arrives twice through npm. Gives what it said. */
  interrupt(line: string, signal: NodeJS.Signals): Promise<string>;
  expectNothingLeft(): Promise<void>;
  close(): Promise<void>;
}

/** Prepares a program of test/rehearsal. */
export async function prepareShow(program: string): Promise<ShowRunner> {
  const scratch = await mkdtemp(join(tmpdir(), 'start-'));
  const pictures = await mkdtemp(join(tmpdir(), 'pictures-'));
  const runner: ShowRunner = {
    pictures,
    start(variables = {}, ...more) {
      const shown = ['--headless', '--screenshots', pictures, ...more];
      const args = ['--import', 'tsx', `test/rehearsal/${program}`, ...shown];
      const env = { ...process.env, TMPDIR: scratch, TSX_DISABLE_CACHE: '1', ...variables };
      return spawn(process.execPath, args, { cwd: repository, env, stdio: ['ignore', 'pipe', 'pipe'] });
    },
    async interrupt(line, signal) {
      const child = runner.start();
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
        const before = said;
        said += chunk;
        if (!said.includes(line) || before.includes(line)) return;
        child.kill(signal);
        child.kill(signal);
      });
      // Its last words may come after its end.
      const [[status], stdout] = await Promise.all([once(child, 'close'), text(child.stdout)]);
      expect(status, said).toBe(130);
      expect(said).toContain('Ending');
      expect(said).not.toContain('error:');
      expect(stdout).toBe('');
      return said;
    },
    async expectNothingLeft() {
      expect(await processesAbout(scratch)).toEqual([]);
      expect(await readdir(scratch)).toEqual([]);
    },
    async close() {
      await rm(scratch, { recursive: true });
      await rm(pictures, { recursive: true });
    },
  };
  return runner;
}

/** The command lines of the processes that know the folder, by their arguments or their environment. */
async function processesAbout(folder: string): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const read = (id: string, file: string) => readFile(`/proc/${id}/${file}`, 'utf8').catch(() => '');
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const commands = await Promise.all(
    ids.map(async (id) => {
      const [command, environment] = await Promise.all([read(id, 'cmdline'), read(id, 'environ')]);
      return (command + environment).includes(folder) ? command.replaceAll('\0', ' ') : undefined;
    }),
  );
  return commands.filter((command) => command !== undefined);
}
