import { constants, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Server, Socket } from 'node:net';
import { basename, dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { failure } from '../core/failure.ts';
import { failed, type Result } from '../core/result.ts';
import { errorCode } from './fs-failure.ts';
import type { Snapshot } from './read-snapshot.ts';
import { sha256 } from './sha256.ts';

/** How long to wait for a holder that makes no progress, and for the lock altogether; milliseconds. */
const patience = 10_000;
const longestWait = 60_000;

/**
 * Runs `work` while no other process of Roleferry works on `target`, a real path (links resolved) whose folder is
 * there. Failure: `file-busy` when one holder keeps the lock for 10 seconds.
 *
 * The lock is something that the system itself takes from a dead process, so there is no stale lock to judge and
 * nothing to steal: an abstract socket on Linux, a named pipe on Windows, and elsewhere (macOS, BSD) an exclusive
 * flock on the folder, taken by open(2) itself. Nothing of it is ever on the disk. Where the system has none of
 * them to give, the comparison right before the rename guards the file alone. See docs/decisions/0011-a-lock-that-the-system-frees.md.
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
 * The same for one file by whatever path it is reached, where it is not replaced but written into: two mounts of it may
 * be in folders of different locks. Only on Linux, which alone can mount a file. The folder's lock comes first.
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

/** Node's network takes long to load, and who only reads files locks nothing. */
const net = () => process.getBuiltinModule('node:net');

type Release = () => unknown;

const unguarded: Release = () => {};

async function acquire(target: string): Promise<Release | undefined> {
  const { platform } = process;
  if (platform !== 'linux' && platform !== 'win32') return acquireFolder(dirname(target));
  return acquireAddress(addressFor(target));
}

/** Made from the identity of the folder, so that all paths and mounts that lead to the file meet in one lock. */
function addressFor(target: string): string {
  const { dev, ino } = statSync(dirname(target), { bigint: true });
  const name = process.platform === 'win32' ? basename(target).toLowerCase() : basename(target);
  const identity = `${dev}:${ino}:${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\roleferry-${sha256(identity)}`;
  return abstractAddress(identity);
}

/** As long as an address can be: Node 20 pads a shorter one with NULs, Node 22 does not, and they would not meet. */
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

/** Free at once: only the news of it comes later. Closing the connections is what wakes those who wait. */
function letGo(server: Server, waiting: Set<Socket>): void {
  server.close();
  for (const socket of waiting) socket.destroy();
}

/** Waits at most `timeout` ms for the present holder to close or die; false when it did not, or cannot be reached. */
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

/** O_EXLOCK of macOS and the BSDs, which Node has no name for. */
const openLocked = 0x20;

async function acquireFolder(folder: string): Promise<Release | undefined> {
  const end = Date.now() + patience;
  while (true) {
    try {
      const handle = await open(folder, constants.O_RDONLY | constants.O_NONBLOCK | openLocked);
      return () => handle.close();
    } catch (error) {
      if (errorCode(error) !== 'EAGAIN') return unguarded;
      if (Date.now() > end) return undefined;
      await delay(10 + Math.random() * 20);
    }
  }
}
