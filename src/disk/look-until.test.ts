import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { lookUntil } from './look-until.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

/** No time passes but what a test lets pass. */
const stopTime = () =>
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] });

/** Says no so many times, then yes; and how often it was asked. */
function yesAfter(noes: number) {
  const look = vi.fn(async () => look.mock.calls.length > noes);
  return look;
}

const never = async () => false;
const hour = 3_600_000;

it('looks at once, and no more after a yes', async () => {
  stopTime();
  const look = yesAfter(0);
  expect(await lookUntil([folder], look, hour)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
  expect(look).toHaveBeenCalledTimes(1);
});

it('looks again when something changes in one of the folders', async () => {
  stopTime();
  let isThere = false;
  const look = vi.fn(async () => isThere);
  const found = lookUntil([join(folder, 'missing'), folder], look, hour);
  await vi.waitUntil(() => look.mock.calls.length > 0);
  isThere = true;
  writeFileSync(join(folder, 'new'), '');
  expect(await found).toBe(true);
});

it('looks each second where no changes are told', async () => {
  stopTime();
  const look = yesAfter(2);
  const found = lookUntil([join(folder, 'missing')], look, hour);
  await vi.advanceTimersByTimeAsync(999);
  expect(look).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1001);
  expect(look).toHaveBeenCalledTimes(3);
  expect(await found).toBe(true);
});

it('takes what fails for a no', async () => {
  stopTime();
  const look = vi.fn(async () => look.mock.calls.length > 1 || Promise.reject(new Error('broken')));
  const found = lookUntil([], look, hour);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await found).toBe(true);
});

it('says no when the time is over, and looks no more', async () => {
  stopTime();
  const look = vi.fn(never);
  const found = lookUntil([folder], look, 2500);
  await vi.advanceTimersByTimeAsync(2500);
  expect(await found).toBe(false);
  expect(look).toHaveBeenCalledTimes(3);
  expect(vi.getTimerCount()).toBe(0);
});

it('says no when it is called off, and looks no more', async () => {
  stopTime();
  const ended = new AbortController();
  const found = lookUntil([folder], never, hour, ended.signal);
  ended.abort();
  expect(await found).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});

it('does not look where it is called off already', async () => {
  const look = vi.fn(async () => true);
  expect(await lookUntil([folder], look, hour, AbortSignal.abort())).toBe(false);
  expect(look).not.toHaveBeenCalled();
});

it('leaves nothing on the signal, which may outlive many waits', async () => {
  const { signal } = new AbortController();
  const remove = vi.spyOn(signal, 'removeEventListener');
  const add = vi.spyOn(signal, 'addEventListener');
  expect(await lookUntil([], yesAfter(0), hour, signal)).toBe(true);
  expect(remove.mock.calls).toEqual(add.mock.calls);
  expect(add).toHaveBeenCalledTimes(1);
});

it('watches no folder any more once it is over, which would keep the program running', async () => {
  const watchers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'FSEventWrap').length;
  await vi.waitUntil(() => watchers() === 0);
  const ended = new AbortController();
  const found = lookUntil([folder], never, hour, ended.signal);
  expect(watchers()).toBe(1);
  ended.abort();
  await found;
  await vi.waitUntil(() => watchers() === 0);
});
