import * as v from 'valibot';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { settingsChangeSchema } from '../../webext/settings-schema.ts';
import { Memory } from '../state/memory.ts';
import { changeSettings, readSettings } from './settings.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

beforeEach(() => {
  fake.reset();
  memory = new Memory();
});

const issuer = 'https://idp.example/metadata';
const stored = async () => (await fake.local.get('settings')).settings;

describe('settings', () => {
  it('keep what was chosen and nothing else, so that a default can still change', async () => {
    await changeSettings(memory, { behaviour: 'ask' });
    await changeSettings(memory, { remind: false });
    expect(await stored()).toEqual({ behaviour: 'ask', remind: false });
    expect(await readSettings(memory)).toMatchObject({ behaviour: 'ask', remind: false, format: 'bash' });
  });

  it('let go of a region that is taken away', async () => {
    await changeSettings(memory, { region: 'eu-west-1' });
    await changeSettings(memory, { format: 'fish' });
    expect((await readSettings(memory)).region).toBe('eu-west-1');
    await changeSettings(memory, { region: null });
    expect((await readSettings(memory)).region).toBeUndefined();
  });

  it('are the administrator’s where those are fixed, which are never taken for the user’s own', async () => {
    await changeSettings(memory, { profileNameTemplate: 'mine' });
    fake.managed = {
      profileNameTemplate: '{account}',
      signInLinks: [{ title: 'Work', issuer, url: 'https://work.example/' }],
    };
    const { signInLinks } = await readSettings(memory);
    expect(await readSettings(memory)).toMatchObject({ profileNameTemplate: '{account}' });
    await changeSettings(memory, {
      profileNameTemplate: 'other',
      signInLinks: { ...signInLinks, 'https://b.example': 'https://b.example/' },
    });
    fake.managed = {};
    expect(await readSettings(memory)).toMatchObject({
      profileNameTemplate: 'mine',
      signInLinks: { 'https://b.example': 'https://b.example/' },
    });
  });

  it('are in the region, and kept fresh or not, as the administrator says', async () => {
    await changeSettings(memory, { region: 'us-west-2', keepFresh: true });
    fake.managed = { region: 'eu-central-1', keepFresh: false };
    expect(await readSettings(memory)).toMatchObject({ region: 'eu-central-1', keepFresh: false });
    await changeSettings(memory, { region: null, keepFresh: true, remind: false });
    fake.managed = {};
    expect(await readSettings(memory)).toMatchObject({ region: 'us-west-2', keepFresh: true, remind: false });
  });

  it.each([
    { signInLinks: { [issuer]: 'http://idp.example/' } },
    { signInLinks: { [issuer]: 'javascript:alert(1)//https://' } },
    { accounts: { '1': { name: 'x', colour: 'red' } } },
    { accounts: { '111122223333': { name: 'x', colour: 'url(evil)' } } },
    { region: 'eu west' },
    { sessionDuration: 1e9 },
  ])('cannot be %j', (change) => {
    expect(v.is(settingsChangeSchema, change)).toBe(false);
  });
});
