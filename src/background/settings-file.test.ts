import { beforeEach, describe, expect, it, vi } from 'vitest';
import { adminRole, issuer } from '../../test/fixtures/login.ts';
import { readOnly } from '../../test/fixtures/response-xml.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('./browser.ts', () => ({ browser: fake.browser }));

const { exportSettings, importSettings } = await import('./settings-file.ts');
const { changeSettings, readSettings } = await import('./settings.ts');

beforeEach(() => fake.reset());

const binding = { issuer, ...adminRole, profile: 'dev' };
const chain = { source: 'dev', roleArn: readOnly, profile: 'look' };
const link = 'https://idp.example/aws';
const file = (change: object = {}) =>
  JSON.stringify({ product: 'roleferry', version: 1, settings: {}, bindings: [], chains: [], ...change });
const stored = async (key: string) => (await fake.local.get(key))[key];

describe('settings in a file', () => {
  it('are in another browser what they were in the first', async () => {
    const settings = {
      accounts: { '111122223333': { name: 'Shop', colour: 'red' as const } },
      region: 'eu-west-1',
    };
    await changeSettings({ ...settings, signInLinks: { [issuer]: link } });
    await fake.local.set({ bindings: [binding], chains: [chain] });
    const exported = await exportSettings();
    fake.reset();
    expect(await importSettings(exported.ok ? exported.value : '')).toEqual({ ok: true, value: undefined });
    expect(await readSettings()).toMatchObject({ ...settings, signInLinks: { [issuer]: link } });
    expect(await stored('bindings')).toEqual([binding]);
    expect(await stored('chains')).toEqual([chain]);
  });

  it('carry whose login a profile is for, and never give it to another person here', async () => {
    const mine = { ...binding, sessionName: 'me@example.com' };
    await fake.local.set({ bindings: [mine] });
    const exported = await exportSettings();
    fake.reset();
    await importSettings(exported.ok ? exported.value : '');
    expect(await stored('bindings')).toEqual([mine]);
    const theirs = { ...binding, sessionName: 'sam@example.com' };
    expect(await importSettings(file({ bindings: [theirs] }))).toMatchObject({
      failure: { code: 'import-refused' },
    });
    expect(await stored('bindings')).toEqual([mine]);
  });

  it('have the same role once for each container of Firefox', async () => {
    const bindings = [
      { ...binding, container: 'firefox-container-1' },
      { ...binding, container: 'firefox-container-2', profile: 'other' },
    ];
    await fake.local.set({ bindings });
    const exported = await exportSettings();
    fake.reset();
    expect(await importSettings(exported.ok ? exported.value : '')).toMatchObject({ ok: true });
    expect(await stored('bindings')).toEqual(bindings);
  });

  it('do not take the place of several containers’ profiles where they name no container', async () => {
    const bindings = [
      { ...binding, container: 'firefox-container-1' },
      { ...binding, container: 'firefox-container-2', profile: 'client' },
    ];
    await fake.local.set({ bindings });
    expect(await importSettings(file({ bindings: [binding] }))).toMatchObject({
      failure: { code: 'import-refused', message: expect.stringContaining('each of several containers') },
    });
    expect(await stored('bindings')).toEqual(bindings);
  });

  it('are without what the administrator fixed', async () => {
    fake.managed = {
      profileNameTemplate: 'company-{role}',
      profiles: [binding],
      signInLinks: [{ title: 'Work', issuer, url: link }],
    };
    await changeSettings({ profileNameTemplate: 'mine', signInLinks: { [issuer]: 'https://mine.example/' } });
    const exported = await exportSettings();
    expect(exported).toMatchObject({ value: expect.not.stringMatching(/company|mine|idp\.example/) });
  });

  it('add to the names and links that are there', async () => {
    await changeSettings({ signInLinks: { 'https://a.example': link } });
    await importSettings(file({ settings: { signInLinks: { 'https://b.example': link } } }));
    expect(Object.keys((await readSettings()).signInLinks)).toEqual([
      'https://a.example',
      'https://b.example',
    ]);
  });

  it('turn nothing on for which a permission is missing', async () => {
    await importSettings(file({ settings: { keepFresh: true } }));
    expect((await readSettings()).keepFresh).toBe(false);
  });

  const other = { ...binding, roleArn: readOnly };

  it.each<[string, string]>([
    ['is no JSON', '{'],
    ['is of something else', JSON.stringify({ hello: 1 })],
    ['is of a later version', file({ version: 2 })],
    ['has more in it', file({ credentials: [] })],
    [
      'has a link that is not https',
      file({ settings: { signInLinks: { [issuer]: 'http://idp.example/' } } }),
    ],
    ['has a link that runs', file({ settings: { signInLinks: { [issuer]: 'javascript:alert(1)' } } })],
    ['has a profile of no name', file({ bindings: [{ ...binding, profile: '[x]\n' }] })],
    ['has a role that is none', file({ bindings: [{ ...binding, roleArn: 'x' }] })],
    ['gives a profile to two logins', file({ bindings: [binding, other] })],
    [
      'gives a profile to a login and a second role',
      file({ bindings: [binding], chains: [{ ...chain, profile: 'dev' }] }),
    ],
    ['gives a login two profiles', file({ bindings: [binding, { ...binding, profile: 'x' }] })],
    ['hangs a second role on nothing', file({ chains: [chain] })],
  ])('are refused as a whole where the file %s', async (_, json) => {
    expect(await importSettings(json)).toMatchObject({ failure: { code: 'import-refused' } });
    expect(fake.local.everything()).toBe('{}');
  });

  it.each<[string, object]>([
    ['another login’s', { bindings: [{ ...other, profile: 'dev' }] }],
    ['a second role’s', { bindings: [{ ...other, profile: 'look' }] }],
    ['a login’s, for a second role', { chains: [{ ...chain, profile: 'dev' }] }],
    ['another second role’s', { chains: [{ ...chain, roleArn: adminRole.roleArn }] }],
  ])('never give away a profile that is %s here, and say so', async (_, change) => {
    await fake.local.set({ bindings: [binding], chains: [chain] });
    const before = fake.local.everything();
    const settings = { behaviour: 'ask' };
    expect(await importSettings(file({ settings, ...change }))).toMatchObject({
      failure: { code: 'import-refused', message: expect.stringMatching(/profile (dev|look)/) },
    });
    expect(fake.local.everything()).toBe(before);
  });

  it('take second roles along to the new name that a login’s profile has in the file', async () => {
    await fake.local.set({ bindings: [binding], chains: [chain] });
    const renamed = { ...binding, profile: 'work' };
    expect(await importSettings(file({ bindings: [renamed] }))).toEqual({ ok: true, value: undefined });
    expect(await stored('bindings')).toEqual([renamed]);
    expect(await stored('chains')).toEqual([{ ...chain, source: 'work' }]);
  });

  it('bring in no login that the policy forbids', async () => {
    fake.managed = { allowedAccounts: ['999988887777'] };
    expect(await importSettings(file({ bindings: [binding] }))).toMatchObject({
      failure: { message: expect.stringContaining('account 111122223333') },
    });
  });
});
