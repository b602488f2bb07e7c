import { beforeEach, describe, expect, it, vi } from 'vitest';
import { adminRole, issuer } from '../../../test/fixtures/login.ts';
import { readOnly } from '../../../test/fixtures/response-xml.ts';
import { Memory } from '../state/memory.ts';
import { importSettings, reviewImport } from './import-settings.ts';
import { changeSettings, readSettings } from './settings.ts';
import { exportSettings, readSettingsFile } from './settings-file.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

beforeEach(() => {
  fake.reset();
  memory = new Memory();
});

const binding = { issuer, ...adminRole, profile: 'dev' };
const chain = { source: 'dev', roleArn: readOnly, profile: 'look' };
const link = 'https://idp.example/aws';
const file = (change: object = {}) =>
  JSON.stringify({ product: 'roleferry', version: 1, settings: {}, bindings: [], chains: [], ...change });
const stored = async (key: string) => (await fake.local.get(key))[key];

/** Takes over all that the file would change. */
async function importAll(json: string) {
  const review = await reviewImport(memory, json);
  return review.ok
    ? importSettings(
        memory,
        json,
        review.value.changes.map(({ id }) => id),
      )
    : review;
}

describe('settings in a file', () => {
  it('are in another browser what they were in the first', async () => {
    const settings = {
      accounts: { '111122223333': { name: 'Shop', colour: 'red' as const } },
      region: 'eu-west-1',
    };
    await changeSettings(memory, { ...settings, signInLinks: { [issuer]: link } });
    await fake.local.set({ bindings: [binding], chains: [chain] });
    const exported = await exportSettings(memory);
    fake.reset();
    expect(await importAll(exported.ok ? exported.value : '')).toEqual({ ok: true, value: undefined });
    expect(await readSettings(memory)).toMatchObject({ ...settings, signInLinks: { [issuer]: link } });
    expect(await stored('bindings')).toEqual([binding]);
    expect(await stored('chains')).toEqual([chain]);
  });

  it('carry whose login a profile is for, and never give it to another person here', async () => {
    const mine = { ...binding, sessionName: 'me@example.com' };
    await fake.local.set({ bindings: [mine] });
    const exported = await exportSettings(memory);
    fake.reset();
    await importAll(exported.ok ? exported.value : '');
    expect(await stored('bindings')).toEqual([mine]);
  });

  it('that name another person are shown with both names, and taken over only with a yes of their own', async () => {
    const mine = { ...binding, sessionName: 'me@example.com' };
    const theirs = { ...binding, sessionName: 'sam@example.com' };
    await fake.local.set({ bindings: [mine] });
    const json = file({ bindings: [theirs] });
    const review = await reviewImport(memory, json);
    expect(review).toMatchObject({
      value: {
        changes: [
          {
            alone: true,
            before: [expect.stringContaining('me@example.com')],
            after: expect.stringContaining('sam@example.com'),
          },
        ],
      },
    });
    expect(await stored('bindings')).toEqual([mine]);
    expect(await importAll(json)).toMatchObject({ ok: true });
    expect(await stored('bindings')).toEqual([theirs]);
  });

  it('have the same role once for each container of Firefox', async () => {
    const bindings = [
      { ...binding, container: 'firefox-container-1' },
      { ...binding, container: 'firefox-container-2', profile: 'other' },
    ];
    await fake.local.set({ bindings });
    const exported = await exportSettings(memory);
    fake.reset();
    expect(await importAll(exported.ok ? exported.value : '')).toMatchObject({ ok: true });
    expect(await stored('bindings')).toEqual(bindings);
  });

  it('are without what the administrator fixed', async () => {
    fake.managed = {
      profileNameTemplate: 'company-{role}',
      profiles: [binding],
      signInLinks: [{ title: 'Work', issuer, url: link }],
    };
    await changeSettings(memory, {
      profileNameTemplate: 'mine',
      signInLinks: { [issuer]: 'https://mine.example/' },
    });
    const exported = await exportSettings(memory);
    expect(exported).toMatchObject({ value: expect.not.stringMatching(/company|mine|idp\.example/) });
  });

  it('can be as many as an export of thousands of bindings holds', async () => {
    const bindings = Array.from({ length: 5000 }, (_, index) => ({
      ...binding,
      roleArn: `${adminRole.roleArn}${index}`,
      profile: `team-${index}`,
    }));
    const read = readSettingsFile(file({ bindings }));
    expect(read.ok && read.value.bindings).toHaveLength(5000);
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
  ])('are refused as a whole where the file %s', async (_, json) => {
    expect(await reviewImport(memory, json)).toMatchObject({ failure: { code: 'import-refused' } });
    expect(await importSettings(memory, json, ['x'])).toMatchObject({ failure: { code: 'import-refused' } });
    expect(fake.local.everything()).toBe('{}');
  });
});
