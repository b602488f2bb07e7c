import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../fixtures/bundle-host.ts';
import { interruptInPty } from '../fixtures/run-in-pty.ts';
import { needs } from '../needs.ts';

let folder: string;

/** Programs that live until a signal comes, and what they do then. */
const programs = {
  plain: '',
  cleans: "process.on(signal, () => setTimeout(() => { console.log('cleaned up'); process.exit(7); }, 50));",
  leaves: 'process.on(signal, () => process.exit(0));',
  ignores: "process.on(signal, () => { console.log('ignored'); setTimeout(() => process.exit(4), 50); });",
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exec-in-shell-'));
  const source = fileURLToPath(new URL('../../src/cli/profile-use/run-child.ts', import.meta.url));
  await bundle(source, join(folder, 'run-child.cjs'));
  writeFileSync(
    join(folder, 'main.cjs'),
    `const { runChild, shellCall } = require('./run-child.cjs');
     const [shell, line] = process.argv.slice(2);
     runChild(shellCall(shell, line), process.env).then((status) => { process.exitCode = status; });`,
  );
  for (const [name, does] of Object.entries(programs)) {
    const program = `const signal = process.argv[2] ?? 'SIGTERM'; ${does} setInterval(() => {}, 1000); console.log('ready');`;
    writeFileSync(join(folder, `${name}.cjs`), program);
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** A shell by the name of `sh`, by which bash and zsh know that POSIX is wanted. */
function shellOf(program: string): string {
  const own = join(folder, program.replaceAll('/', '-'));
  mkdirSync(own, { recursive: true });
  rmSync(join(own, 'sh'), { force: true });
  symlinkSync(program, join(own, 'sh'));
  return join(own, 'sh');
}

const node = (name: keyof typeof programs, signal = 'SIGTERM') =>
  `${process.execPath} ${join(folder, `${name}.cjs`)} ${signal}`;

const call = (shell: string, line: string) => [join(folder, 'main.cjs'), shell, line];

/** Sends `signal` once `ready` was printed. It ends only when nothing that it started can print any more. */
async function signalled(shell: string, line: string, signal: NodeJS.Signals = 'SIGTERM') {
  const child: ChildProcess = spawn(process.execPath, call(shell, line), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = child.stdout as NonNullable<typeof child.stdout>;
  const said = text(output);
  await once(output, 'data');
  child.kill(signal);
  const [status, killer] = await once(child, 'close');
  return { end: killer ?? status, said: (await said).split('\n').filter((line) => line && line !== 'ready') };
}

const shells = [
  { name: 'the system’s sh', program: '/bin/sh', missing: false },
  ...(['bash', 'zsh'] as const).map((name) => {
    const { missing, path } = needs(name);
    return { name, program: path, missing };
  }),
];

describe.each(shells.filter(({ missing }) => !missing))('a command line in $name', ({ program }) => {
  const shell = () => shellOf(program);

  it.each<[string, string, () => string, unknown]>([
    ['one command', 'ends by the signal', () => node('plain'), { end: 'SIGTERM', said: [] }],
    ['one command', 'lets it decide', () => node('cleans'), { end: 7, said: ['cleaned up'] }],
    [
      'the first of two',
      'begins no other',
      () => `${node('cleans')}; echo second`,
      { end: 7, said: ['cleaned up'] },
    ],
    [
      'the first of two',
      'ends by the signal',
      () => `${node('plain')}; echo no`,
      { end: 'SIGTERM', said: [] },
    ],
    ['one command that ends well', 'lets it decide', () => node('leaves'), { end: 0, said: [] }],
    [
      'one of two that ends well',
      'is not as if all were done',
      () => `${node('leaves')} && echo second`,
      { end: 'SIGTERM', said: [] },
    ],
    [
      'one that ignores it',
      'waits for it',
      () => `${node('ignores')}; echo second`,
      { end: 4, said: ['ignored'] },
    ],
    [
      'a pipeline',
      'reaches all of it',
      () => `tail -f /dev/null | ${node('cleans')}`,
      { end: 7, said: ['cleaned up'] },
    ],
    [
      'a subshell',
      'reaches what it runs',
      () => `exec 3>&1; (${node('plain')} >&3; echo second >&3) | tail -f /dev/null`,
      { end: 'SIGTERM', said: [] },
    ],
    [
      'a trap of its own',
      'leaves it that',
      () => `trap 'echo trapped; exit 9' TERM; ${node('leaves')}`,
      { end: 9, said: ['trapped'] },
    ],
  ])('passes SIGTERM on: %s, %s', async (_, __, line, expected) => {
    expect(await signalled(shell(), line())).toEqual(expected);
  });

  it.each(['SIGINT', 'SIGHUP', 'SIGQUIT'] as const)('passes %s on as well', async (signal) => {
    const line = `${node('cleans', signal)}; echo second`;
    expect(await signalled(shell(), line, signal)).toEqual({ end: 7, said: ['cleaned up'] });
  });

  const python = needs('python3');

  it.skipIf(python.missing)('gets Ctrl-C at a terminal once, and from the terminal', async () => {
    const { said, status } = await interruptInPty(
      python.path,
      'ready',
      [process.execPath, ...call(shell(), `${node('cleans', 'SIGINT')}; echo second`)],
      { PATH: process.env.PATH ?? '' },
    );
    expect(said.match(/cleaned up/g)).toHaveLength(1);
    expect({ status, second: said.includes('second') }).toEqual({ status: 7, second: false });
  });
});
