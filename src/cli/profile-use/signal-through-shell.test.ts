import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { signalThroughShell } from './signal-through-shell.ts';

afterEach(() => vi.unstubAllGlobals());

const program = `${process.execPath} -e 'console.log("ready"); setInterval(() => {}, 1000)'`;

/** Runs a line in a shell, sends SIGTERM once something is printed, and waits until nothing can print any more. */
async function ended(line: string): Promise<unknown> {
  const child = spawn('/bin/sh', ['-c', line], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  signalThroughShell(child.pid as number, `/bin/sh -c ${line}`, 'SIGTERM');
  return (await once(child, 'close')).find((value) => value !== null);
}

const systems = [
  { platform: 'linux', missing: process.platform !== 'linux' },
  { platform: 'darwin', missing: !existsSync('/bin/ps') },
];

describe.each(systems.filter(({ missing }) => !missing))('on $platform a signal', ({ platform }) => {
  const onPlatform = (line: string) => {
    vi.stubGlobal('process', Object.create(process, { platform: { value: platform } }));
    return ended(line);
  };

  it.each([
    ['the program', `${program}; exit 5`],
    ['every program of a pipeline', `tail -f /dev/null | ${program}`],
    ['a program in a line of several', `true\n${program}\nexit 5`],
  ])('reaches the shell and %s', async (_, line) => {
    expect(await onPlatform(line)).toBe('SIGTERM');
  });

  it('reaches what the shell has become, and nothing else', async () => {
    expect(await onPlatform(`exec ${program}`)).toBe('SIGTERM');
  });

  it('to a shell that has ended is lost', () => {
    vi.stubGlobal('process', Object.create(process, { platform: { value: platform } }));
    expect(() => signalThroughShell(2 ** 22 + 1, '/bin/sh -c x', 'SIGTERM')).not.toThrow();
  });
});
