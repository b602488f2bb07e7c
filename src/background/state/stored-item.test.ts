import * as v from 'valibot';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Memory } from './memory.ts';
import { localItem, sessionItem } from './stored-item.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

const names = v.array(v.string());
const make = () => localItem('names', names, []);

describe('a value on the disk', () => {
  beforeEach(() => {
    fake.reset();
    memory = new Memory();
  });

  it('is asked for once, however often it is read', async () => {
    await fake.local.set({ names: ['dev'] });
    const before = fake.local.timesAsked();
    const item = make();
    expect(await Promise.all([item.read(memory), item.read(memory)])).toEqual([['dev'], ['dev']]);
    expect(await item.read(memory)).toEqual(['dev']);
    expect(fake.local.timesAsked() - before).toBe(1);
  });

  it('is the new one right after a change, and after somebody else’s', async () => {
    const item = make();
    expect(await item.read(memory)).toEqual([]);
    await item.change(memory, (all) => [...all, 'dev']);
    expect(await item.read(memory)).toEqual(['dev']);
    await fake.local.set({ names: ['prod'] });
    expect(await item.read(memory)).toEqual(['prod']);
  });

  it('loses none of the changes that come at once, and reads the last of them', async () => {
    const item = make();
    await Promise.all(['a', 'b', 'c'].map((name) => item.change(memory, (all) => [...all, name])));
    expect(await item.read(memory)).toEqual(['a', 'b', 'c']);
  });

  it('is asked for again where the browser could not read it', async () => {
    const item = make();
    const get = vi.spyOn(fake.local, 'get').mockRejectedValueOnce(new Error('the disk is broken'));
    await expect(item.read(memory)).rejects.toThrow('the disk is broken');
    get.mockRestore();
    expect(await item.read(memory)).toEqual([]);
  });

  it('is as before where a change could not be stored', async () => {
    const item = make();
    const set = vi.spyOn(fake.local, 'set').mockRejectedValueOnce(new Error('the disk is full'));
    await expect(item.change(memory, () => ['dev'])).rejects.toThrow('the disk is full');
    set.mockRestore();
    expect(await item.read(memory)).toEqual([]);
  });

  it('is what it falls back to where something else lies there', async () => {
    await fake.local.set({ names: 'dev' });
    expect(await make().read(memory)).toEqual([]);
  });

  it('can be changed again after a change that could not be stored', async () => {
    const item = make();
    const set = vi.spyOn(fake.local, 'set').mockRejectedValueOnce(new Error('the disk is full'));
    await expect(item.change(memory, () => ['dev'])).rejects.toThrow('the disk is full');
    set.mockRestore();
    await item.change(memory, (all) => [...all, 'prod']);
    expect(await item.read(memory)).toEqual(['prod']);
  });
});

it('that goes with the browser is asked for once, whatever is changed of it', async () => {
  fake.reset();
  await fake.session.set({ names: ['dev'] });
  const before = fake.session.timesAsked();
  const item = sessionItem('names', names, []);
  expect(await item.read(memory)).toEqual(['dev']);
  await item.change(memory, (all) => [...all, 'prod']);
  expect(await item.read(memory)).toEqual(['dev', 'prod']);
  expect((await fake.session.get('names')).names).toEqual(['dev', 'prod']);
  expect(fake.session.timesAsked() - before).toBe(2);
});
