import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ok } from '../core/result.ts';
import { withLock } from './lock.ts';

let target: string;
let holder: ChildProcess | undefined;

beforeEach(() => {
  target = join(realpathSync(mkdtempSync(join(tmpdir(), 'roleferry-'))), 'credentials');
});

afterEach(() => {
  vi.useRealTimers();
  holder?.kill('SIGKILL');
  rmSync(dirname(target), { recursive: true });
});

/** Another process that takes the lock and does not give it back. */
async function otherHolder(): Promise<ChildProcess> {
  const lock = new URL('./lock.ts', import.meta.url).href;
  const script = `import { withLock } from ${JSON.stringify(lock)};
    setInterval(() => {}, 1000);
    await withLock(${JSON.stringify(target)}, () => { console.log('held'); return new Promise(() => {}); });`;
  holder = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout as NodeJS.ReadableStream, 'data');
  return holder;
}

/** No time passes for those who wait: whoever looks only when some is over waits for ever. */
const stopTime = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Its timer is set once it waits; for a folder (macOS) there is none, since it asks again and again. */
async function someoneWaits() {
  const hasTimer = process.platform === 'linux' || process.platform === 'win32';
  while (hasTimer && vi.getTimerCount() === 0) await turn();
}

test('work on one file is done one after the other', async () => {
  let busy = 0;
  const seen: number[] = [];
  const jobs = Array.from({ length: 20 }, () =>
    withLock(target, async () => {
      seen.push(++busy);
      await turn();
      busy--;
      return ok(undefined);
    }),
  );
  expect((await Promise.all(jobs)).every((result) => result.ok)).toBe(true);
  expect(Math.max(...seen)).toBe(1);
  expect(seen).toHaveLength(20);
});

test('work on different files does not wait', async () => {
  const both = await withLock(target, () => withLock(`${target}-2`, async () => ok('both')));
  expect(both).toEqual(ok('both'));
});

test('the lock is free again after work that throws', async () => {
  const broken = withLock(target, () => Promise.reject(new Error('broken')));
  await expect(broken).rejects.toThrow('broken');
  expect(await withLock(target, async () => ok(1))).toEqual(ok(1));
});

test('a holder that is killed lets go at once', async () => {
  const other = await otherHolder();
  stopTime();
  const work = withLock(target, async () => ok('mine'));
  await someoneWaits();
  other.kill('SIGKILL');
  expect(await work).toEqual(ok('mine'));
});

test('two paths to one folder share the lock', async () => {
  const folder = join(dirname(target), 'link');
  symlinkSync(dirname(target), folder);
  let done = false;
  let second: Promise<unknown> | undefined;
  await withLock(target, async () => {
    second = withLock(join(folder, 'credentials'), async () => ok(done));
    await stat(folder);
    done = true;
    return ok(undefined);
  });
  expect(await second).toEqual(ok(true));
});

test('who waits goes on as soon as the work before it is done', async () => {
  stopTime();
  let second: Promise<unknown> | undefined;
  await withLock(target, async () => {
    second = withLock(target, async () => ok('second'));
    await someoneWaits();
    // In this turn the holder hears of who waits.
    await turn();
    return ok(undefined);
  });
  expect(await second).toEqual(ok('second'));
});

test('files of one name in two folders do not wait for each other', async () => {
  const other = join(dirname(target), 'other');
  mkdirSync(other);
  const inner = () => withLock(join(other, 'credentials'), async () => ok('both'));
  expect(await withLock(target, inner)).toEqual(ok('both'));
});
