import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failure } from '../core/failure.ts';
import { failed, ok } from '../core/result.ts';
import { withFileLock, withLock } from './lock.ts';
import { readSnapshot } from './read-snapshot.ts';
import { sha256 } from './sha256.ts';

let target: string;
let holder: ChildProcess | undefined;

beforeEach(() => {
  target = join(realpathSync(mkdtempSync(join(tmpdir(), 'roleferry-'))), 'credentials');
});

const { platform } = process;
const setPlatform = (value: NodeJS.Platform) => Object.defineProperty(process, 'platform', { value });

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  setPlatform(platform);
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

/** What other systems open has none. */
const hasAddress = platform === 'linux';

/** Its timer is set once it waits; without an address there is none, since it asks again and again. */
async function someoneWaits() {
  while (hasAddress && vi.getTimerCount() === 0) await turn();
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

test.runIf(hasAddress)(
  'who waits for ten seconds in which nothing moves says that the file is busy',
  async () => {
    stopTime();
    await withLock(target, async () => {
      const second = withLock(target, async () => ok('second'));
      await someoneWaits();
      vi.advanceTimersByTime(9_999);
      expect(vi.getTimerCount()).toBe(1);
      vi.advanceTimersByTime(1);
      expect(await second).toEqual(failed(failure('file-busy', { file: target })));
      return ok(undefined);
    });
    expect(vi.getTimerCount()).toBe(0);
    expect(await withLock(target, async () => ok('third'))).toEqual(ok('third'));
  },
);

test.runIf(platform === 'linux')('a file has one lock under all its names', async () => {
  writeFileSync(target, '');
  const name = join(dirname(target), 'other');
  linkSync(target, name);
  const snapshot = await readSnapshot(target);
  if (!snapshot.ok || snapshot.value === undefined) throw new Error('There is no file.');
  const file = snapshot.value;
  stopTime();
  await withFileLock(file, target, async () => {
    const second = withFileLock(file, name, async () => ok('second'));
    await someoneWaits();
    vi.advanceTimersByTime(10_000);
    expect(await second).toEqual(failed(failure('file-busy', { file: name })));
    return ok(undefined);
  });
  const broken = withFileLock(file, target, () => Promise.reject(new Error('broken')));
  await expect(broken).rejects.toThrow('broken');
  expect(await withFileLock(file, name, async () => ok('third'))).toEqual(ok('third'));
});

/** A system that answers to each try to take a lock with one of `answers`, then grants it; and the addresses asked for. */
function system(...answers: string[]) {
  const addresses: string[] = [];
  const fails = (from: EventEmitter, code: string) =>
    from.emit('error', Object.assign(new Error(code), { code }));
  const createServer = () =>
    Object.assign(new EventEmitter(), {
      listen(this: EventEmitter, { path }: { path: string }, granted: () => void) {
        addresses.push(path);
        const answer = answers.shift();
        setImmediate(() => (answer === undefined ? granted() : fails(this, answer)));
      },
      close() {},
    });
  const connect = ({ path }: { path: string }) => {
    const socket = Object.assign(new EventEmitter(), { resume() {}, destroy() {} });
    addresses.push(path);
    setImmediate(() => {
      fails(socket, 'ECONNREFUSED');
      socket.emit('close');
    });
    return socket;
  };
  const real = process.getBuiltinModule;
  const builtIn = (id: string) => (id === 'node:net' ? { createServer, connect } : real(id));
  vi.spyOn(process, 'getBuiltinModule').mockImplementation(builtIn as typeof real);
  return addresses;
}

/** A name that no two versions may make differently, as they would not wait for each other. */
const digest = (name: string) => {
  const { dev, ino } = statSync(dirname(target), { bigint: true });
  return sha256(`${dev}:${ino}:${name}`);
};

test('the lock has the same name in each version, of all the 108 characters that it can have', async () => {
  setPlatform('linux');
  const addresses = system();
  await withLock(target, async () => ok(1));
  const [address = ''] = addresses;
  expect(address).toBe(`\0roleferry-${digest(basename(target))}${'-'.repeat(33)}`);
  expect(address).toHaveLength(108);
});

test('the lock is a file on Windows, where a name is the same in upper case', async () => {
  setPlatform('win32');
  await withLock(target.replace(/credentials$/, 'Credentials'), async () => ok(1));
  expect(readdirSync(dirname(target))).toEqual([`.roleferry-${sha256('credentials').slice(0, 8)}-lock`]);
});

test('files are not mounted but on Linux, so only there a file has a lock of its own', async () => {
  setPlatform('win32');
  const addresses = system();
  const stats = statSync(dirname(target));
  expect(await withFileLock({ bytes: Buffer.alloc(0), stats }, target, async () => ok(1))).toEqual(ok(1));
  expect(addresses).toEqual([]);
});

test('work is done without a lock where the system grants none', async () => {
  setPlatform('linux');
  system('EPERM');
  expect(await withLock(target, async () => ok(1))).toEqual(ok(1));
});

test('a holder that lets go before it can be reached is not waited for', async () => {
  setPlatform('linux');
  const addresses = system('EADDRINUSE', 'EADDRINUSE');
  expect(await withLock(target, async () => ok(1))).toEqual(ok(1));
  expect(addresses).toHaveLength(5);
  expect(new Set(addresses).size).toBe(1);
});

test('where locks have no address the folder is locked, or nothing if it cannot be opened', async () => {
  setPlatform('freebsd');
  const addresses = system();
  expect(await withLock(target, async () => ok(1))).toEqual(ok(1));
  expect(await withLock(join(target, 'missing'), async () => ok(2))).toEqual(ok(2));
  expect(addresses).toEqual([]);
});
