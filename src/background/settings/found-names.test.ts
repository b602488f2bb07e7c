import { beforeEach, describe, expect, it, vi } from 'vitest';
import { refreshHostProfiles } from '../host/host-profiles.ts';
import { forgetFoundName, keepFoundNames, readFoundNames } from '../state/found-names.ts';
import { Memory } from '../state/memory.ts';
import { changeSettings, readAccounts, readChosenSettings, readSettings } from './settings.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

const live = '111122223333';
const test = '444455556666';
let memory: Memory;

beforeEach(() => {
  fake.reset();
  memory = new Memory();
});

const find = (names: Record<string, string>, from: 'page' | 'config' = 'page') =>
  keepFoundNames(memory, new Map(Object.entries(names)), from);
const nameOf = async (id: string) => (await readSettings(memory)).accounts[id]?.name;
const name = (accounts: Record<string, { name: string; colour: 'red' | 'none' }>) =>
  changeSettings(memory, { accounts });

describe('a found name', () => {
  it('is shown as found, and outlasts a stop of the worker', async () => {
    await find({ [live]: 'shop-live' });
    memory = new Memory();
    expect(await nameOf(live)).toBe('shop-live');
    expect((await readAccounts(memory)).origins).toEqual({ [live]: { name: 'page' } });
  });

  it('never stands over a name that the user gave, before or after', async () => {
    await name({ [live]: { name: 'Mine', colour: 'none' } });
    await find({ [live]: 'shop-live', [test]: 'shop-test' });
    await name({ ...(await readSettings(memory)).accounts, [test]: { name: 'My test', colour: 'none' } });
    await find({ [live]: 'other', [test]: 'other' });
    expect([await nameOf(live), await nameOf(test)]).toEqual(['Mine', 'My test']);
    expect((await readAccounts(memory)).origins).toEqual({});
  });

  it('stands beside a colour that the user chose, and does not become the user’s own by it', async () => {
    await find({ [live]: 'shop-live' });
    await name({ [live]: { name: 'shop-live', colour: 'red' } });
    expect((await readChosenSettings(memory)).accounts).toEqual({ [live]: { name: '', colour: 'red' } });
    await find({ [live]: 'shop' });
    expect((await readSettings(memory)).accounts[live]).toEqual({ name: 'shop', colour: 'red' });
  });

  it('comes back when the user takes the own name away', async () => {
    await find({ [live]: 'shop-live' });
    await name({ [live]: { name: 'Mine', colour: 'none' } });
    await name({});
    expect(await nameOf(live)).toBe('shop-live');
  });

  it('stays forgotten once it was forgotten', async () => {
    await find({ [live]: 'shop-live' });
    await forgetFoundName(memory, live);
    await find({ [live]: 'shop-live' });
    await find({ [live]: 'shop-live' }, 'config');
    expect(await nameOf(live)).toBeUndefined();
    expect(fake.local.everything()).not.toContain('shop-live');
  });

  it('of the config file gives way to that of AWS’s page, and goes when the file has it no more', async () => {
    await find({ [live]: 'from-file', [test]: 'test' }, 'config');
    expect(await nameOf(live)).toBe('from-file');
    await find({ [live]: 'from-page' });
    await find({ [live]: 'from-file' }, 'config');
    expect([await nameOf(live), await nameOf(test)]).toEqual(['from-page', undefined]);
  });

  it('is one of the newest two thousand', async () => {
    const many = (from: number, count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [String(100_000_000_000 + from + i), 'x']));
    await find(many(0, 1500));
    await find(many(1500, 1000));
    const kept = Object.keys(await readFoundNames(memory));
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([2000, '100000000500', '100000002499']);
  });
});

describe('names that the host finds in the config file', () => {
  const hostTells = async (accountNames: unknown) => {
    fake.answer = ({ version, id }, port) =>
      port.send({
        version,
        id,
        ok: true,
        value: {
          credentialsFile: '/c',
          profiles: [],
          ...(accountNames === undefined ? {} : { accountNames }),
        },
      });
    return refreshHostProfiles(memory);
  };

  it('are kept where they are sound, and each other one is left out', async () => {
    await hostTells({
      [live]: 'prod',
      [test]: 'a\u202eb',
      '12': 'short',
      constructor: 'odd',
      '777788889999': 'x'.repeat(65),
    });
    expect(await readFoundNames(memory)).toEqual({ [live]: { name: 'prod', from: 'config' } });
    expect((await readAccounts(memory)).origins).toEqual({ [live]: { name: 'config' } });
  });

  it('are none with an older host, whose answer counts all the same', async () => {
    expect(await hostTells(undefined)).toEqual({ ok: true, value: [] });
    expect(await readFoundNames(memory)).toEqual({});
  });
});

describe('a name or colour that the administrator gave', () => {
  const accounts = [
    { accountId: live, name: 'Company live' },
    { accountId: test, colour: 'red' as const },
  ];

  it('stands over all others, and is nobody’s choice', async () => {
    await find({ [live]: 'found', [test]: 'found-test' });
    await name({ [live]: { name: 'Mine', colour: 'none' }, [test]: { name: '', colour: 'none' } });
    fake.managed = { accounts };
    expect((await readSettings(memory)).accounts).toEqual({
      [live]: { name: 'Company live', colour: 'none' },
      [test]: { name: 'found-test', colour: 'red' },
    });
    expect((await readAccounts(memory)).origins).toEqual({
      [live]: { name: 'policy' },
      [test]: { name: 'page', colour: 'policy' },
    });
    await name({ ...(await readSettings(memory)).accounts, [live]: { name: 'Other', colour: 'red' } });
    expect((await readSettings(memory)).accounts[live]).toEqual({ name: 'Company live', colour: 'red' });
    fake.managed = {};
    expect((await readSettings(memory)).accounts).toMatchObject({
      [live]: { name: 'Mine', colour: 'red' },
      [test]: { name: 'found-test', colour: 'none' },
    });
  });
});
