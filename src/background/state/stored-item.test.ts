import * as v from 'valibot';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makeFakeBrowser } from '../../../test/fixtures/fake-browser.ts';

const fake = makeFakeBrowser();
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

const { localItem, sessionItem } = await import('./stored-item.ts');

const names = v.array(v.string());
const make = () => localItem('names', names, []);

describe('a value on the disk', () => {
  beforeEach(() => fake.reset());

  it('is asked for once, however often it is read', async () => {
    await fake.local.set({ names: ['dev'] });
    const before = fake.local.timesAsked();
    const item = make();
    expect(await Promise.all([item.read(), item.read()])).toEqual([['dev'], ['dev']]);
    expect(await item.read()).toEqual(['dev']);
    expect(fake.local.timesAsked() - before).toBe(1);
  });

  it('is the new one right after a change, and after somebody else’s', async () => {
    const item = make();
    expect(await item.read()).toEqual([]);
    await item.change((all) => [...all, 'dev']);
    expect(await item.read()).toEqual(['dev']);
    await fake.local.set({ names: ['prod'] });
    expect(await item.read()).toEqual(['prod']);
  });

  it('loses none of the changes that come at once, and reads the last of them', async () => {
    const item = make();
    await Promise.all(['a', 'b', 'c'].map((name) => item.change((all) => [...all, name])));
    expect(await item.read()).toEqual(['a', 'b', 'c']);
  });

  it('is asked for again where the browser could not read it', async () => {
    const item = make();
    const get = vi.spyOn(fake.local, 'get').mockRejectedValueOnce(new Error('the disk is broken'));
    await expect(item.read()).rejects.toThrow('the disk is broken');
    get.mockRestore();
    expect(await item.read()).toEqual([]);
  });

  it('is as before where a change could not be stored', async () => {
    const item = make();
    const set = vi.spyOn(fake.local, 'set').mockRejectedValueOnce(new Error('the disk is full'));
    await expect(item.change(() => ['dev'])).rejects.toThrow('the disk is full');
    set.mockRestore();
    expect(await item.read()).toEqual([]);
  });

  it('is what it falls back to where something else lies there', async () => {
    await fake.local.set({ names: 'dev' });
    expect(await make().read()).toEqual([]);
  });

  it('can be changed again after a change that could not be stored', async () => {
    const item = make();
    const set = vi.spyOn(fake.local, 'set').mockRejectedValueOnce(new Error('the disk is full'));
    await expect(item.change(() => ['dev'])).rejects.toThrow('the disk is full');
    set.mockRestore();
    await item.change((all) => [...all, 'prod']);
    expect(await item.read()).toEqual(['prod']);
  });
});

it('that goes with the browser is asked for once, whatever is changed of it', async () => {
  fake.reset();
  await fake.session.set({ names: ['dev'] });
  const before = fake.session.timesAsked();
  const item = sessionItem('names', names, []);
  expect(await item.read()).toEqual(['dev']);
  await item.change((all) => [...all, 'prod']);
  expect(await item.read()).toEqual(['dev', 'prod']);
  expect((await fake.session.get('names')).names).toEqual(['dev', 'prod']);
  expect(fake.session.timesAsked() - before).toBe(2);
});
