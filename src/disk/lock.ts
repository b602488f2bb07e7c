import { closeSync, constants, openSync, statSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { failure } from '../core/failure.ts';
import { failed, type Result } from '../core/result.ts';
import { errorCode } from './fs-failure.ts';
import type { Snapshot } from './read-snapshot.ts';
import { sha256 } from './sha256.ts';
import { temporaryPrefix } from './temporary-files.ts';

/** How long to wait for a holder that makes no progress, and for the lock altogether; milliseconds. */
const patience = 10_000;
const longestWait = 60_000;

/**
 * Runs `work` while no other Roleferry process works on `target`, a real path (links resolved) in an existing folder.
 * Failure: `file-busy` if one holder keeps the lock for 10 seconds.
 *
 * The system frees the lock when its holder dies, so there are no stale locks: an abstract socket on Linux; on Windows a
 * file that only one program may have open; elsewhere (macOS, BSD) an exclusive flock on the folder, taken by open(2)
 * itself. Nothing is left on the disk. If the system grants no lock, only the comparison right before the rename protects the file. See docs/decisions/0011-a-lock-that-the-system-frees.md.
 */
export async function withLock<T>(target: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
  const release = await acquire(target);
  if (!release) return failed(failure('file-busy', { file: target }));
  try {
    return await work();
  } finally {
    await release();
  }
}

/**
 * Locks the file itself, for a file that is written in place: two mounts of it may be in folders with different locks.
 * Only on Linux, since only Linux can mount a file. Take the folder's lock first.
 */
export async function withFileLock<T>(
  { stats }: Snapshot,
  target: string,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  if (process.platform !== 'linux') return work();
  const release = await acquireAddress(abstractAddress(`${stats.dev}:${stats.ino}`));
  if (!release) return failed(failure('file-busy', { file: target }));
  try {
    return await work();
  } finally {
    await release();
  }
}

/** Node's network module loads slowly, and whoever only reads files takes no lock. */
const net = () => process.getBuiltinModule('node:net');

type Release = () => unknown;

const unguarded: Release = () => {};

const acquire = (target: string): Promise<Release | undefined> =>
  process.platform === 'linux' ? acquireAddress(addressFor(target)) : acquireByOpening(target);

/** Made from the folder's identity, so that all paths and mounts of the file share one lock. */
function addressFor(target: string): string {
  const { dev, ino } = statSync(dirname(target), { bigint: true });
  return abstractAddress(`${dev}:${ino}:${basename(target)}`);
}

/** As long as an address can be: Node 20 pads a shorter one with NULs and Node 22 doesn't, so they would differ. */
const abstractAddress = (identity: string): string => `\0roleferry-${sha256(identity)}`.padEnd(108, '-');

async function acquireAddress(address: string): Promise<Release | undefined> {
  const end = Date.now() + longestWait;
  let lastProgress = Date.now();
  while (true) {
    const held = await listen(address);
    if (held !== 'taken') return held;
    const left = Math.min(lastProgress + patience, end) - Date.now();
    if (left <= 0) return undefined;
    if (await holderLetGo(address, left)) lastProgress = Date.now();
    // Stryker disable next-line MethodExpression: how long it waits
    else await delay(Math.min(left, 5));
  }
}

function listen(address: string): Promise<Release | 'taken'> {
  const waiting = new Set<Socket>();
  const server = net().createServer((socket) => {
    waiting.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => waiting.delete(socket));
  });
  return new Promise((resolve) => {
    server.once('error', (error) => resolve(errorCode(error) === 'EADDRINUSE' ? 'taken' : unguarded));
    server.listen({ path: address }, () => resolve(() => letGo(server, waiting)));
  });
}

/** The lock is free at once, although the event comes later. Closing the connections wakes those who wait. */
function letGo(server: Server, waiting: Set<Socket>): void {
  server.close();
  for (const socket of waiting) socket.destroy();
}

/** Waits up to `timeout` ms for the holder to close or die. Returns false if it didn't, or cannot be reached. */
function holderLetGo(address: string, timeout: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net().connect({ path: address });
    let connected = false;
    const timer = setTimeout(() => {
      connected = false;
      socket.destroy();
    }, timeout);
    socket.on('connect', () => {
      connected = true;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(connected);
    });
    socket.resume();
  });
}

/** O_EXLOCK of macOS and the BSDs. Node has no name for it, nor for the two of Windows, which are libuv's. */
const lockFolder = 0x20;
const openAlone = 0x10000000;
const removeOnClose = 0x40;

/** What the holder has open; and which errors tell others to wait, with the longest time that they do; milliseconds. */
function openingFor(target: string): { path: string; flags: number; waits: Record<string, number> } {
  const { O_RDONLY, O_NONBLOCK, O_RDWR, O_CREAT } = constants;
  if (process.platform !== 'win32') {
    const flags = O_RDONLY | O_NONBLOCK | lockFolder;
    return { path: dirname(target), flags, waits: { EAGAIN: patience } };
  }
  const name = `${temporaryPrefix(target.toLowerCase())}lock`;
  // Windows says EPERM of a file that is about to go, but also in a folder that may not be written to.
  const waits = { EBUSY: patience, EPERM: 200 };
  return {
    path: join(dirname(target), name),
    flags: O_RDWR | O_CREAT | openAlone | removeOnClose,
    waits,
  };
}

async function acquireByOpening(target: string): Promise<Release | undefined> {
  const { path, flags, waits } = openingFor(target);
  const start = Date.now();
  while (true) {
    try {
      const descriptor = openSync(path, flags, 0o600);
      return () => closeSync(descriptor);
    } catch (error) {
      // Stryker disable next-line all: only the systems with this lock say so
      const longest = waits[errorCode(error) ?? ''] ?? 0;
      // Stryker disable next-line all: as above
      if (Date.now() - start >= longest) return longest === patience ? undefined : unguarded;
      // Stryker disable next-line ArithmeticOperator: how long it waits
      await delay(10 + Math.random() * 20);
    }
  }
}
