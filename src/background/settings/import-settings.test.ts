import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answerWell, type FakePort, type HostRequest } from '../../../test/fixtures/fake-browser.ts';
import { adminRole, issuer } from '../../../test/fixtures/login.ts';
import { provider, readOnly } from '../../../test/fixtures/response-xml.ts';
import { failure } from '../../core/failure.ts';
import type { ImportChange } from '../../webext/import-review.ts';
import { Memory } from '../state/memory.ts';
import { importSettings, reviewImport } from './import-settings.ts';
import { changeSettings, readSettings } from './settings.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

const binding = { issuer, ...adminRole, profile: 'dev' };
const chain = { source: 'dev', roleArn: readOnly, profile: 'look' };
const link = 'https://idp.example/aws';
const evil = {
  issuer: 'https://evil.example/metadata',
  roleArn: 'arn:aws:iam::999988887777:role/Admin',
  providerArn: 'arn:aws:iam::999988887777:saml-provider/Evil',
};
const file = (change: object = {}) =>
  JSON.stringify({ product: 'roleferry', version: 1, settings: {}, bindings: [], chains: [], ...change });
const stored = async (key: string) => (await fake.local.get(key))[key];

/** Profiles that the host says are in the files. */
let inFiles: { name: string; kind: string; principalArn?: string }[] = [];
let hostIsThere = true;

beforeEach(() => {
  fake.reset();
  memory = new Memory();
  inFiles = [];
  hostIsThere = true;
  fake.answer = (request: HostRequest, port: FakePort) => {
    if (request.type !== 'list-profiles') return answerWell(request, port);
    const { version, id } = request;
    if (!hostIsThere)
      return port.send({
        version,
        id,
        ok: false,
        failure: failure('file-unreadable', { file: 'f', reason: 'permission' }),
      });
    port.send({ version, id, ok: true, value: { credentialsFile: '/c', profiles: inFiles } });
  };
});

async function changesOf(json: string): Promise<ImportChange[]> {
  const review = await reviewImport(memory, json);
  if (!review.ok) throw new Error(review.failure.code);
  return review.value.changes;
}

/** Says yes to all changes that this is said of. */
async function accept(json: string, isMeant: (change: ImportChange) => boolean = () => true) {
  const accepted = (await changesOf(json)).filter(isMeant);
  return importSettings(
    memory,
    json,
    accepted.map(({ id }) => id),
  );
}

describe('a profile with fewer rights in a file of settings', () => {
  const own = { issuer, roleArn: binding.roleArn, providerArn: binding.providerArn };
  const mine = { ...own, profile: 'look', sessionPolicy: policyOf('s3:Get*') };

  function policyOf(action: string) {
    return { policy: `{"Statement":{"Effect":"Allow","Action":"${action}","Resource":"*"}}` };
  }

  beforeEach(() => fake.local.set({ bindings: [binding, mine] }));

  it.each<[string, object, string]>([
    ['another policy', { sessionPolicy: policyOf('s3:*') }, '"s3:*"'],
    [
      'a managed policy',
      { sessionPolicy: { policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] } },
      'with fewer rights: read only',
    ],
    ['all rights', { sessionPolicy: undefined }, ''],
  ])('that would get %s is shown with both, and needs its own yes', async (_, change, after) => {
    const [shown] = await changesOf(file({ bindings: [{ ...mine, ...change }] }));
    expect(shown).toMatchObject({ alone: true, after: expect.stringContaining(after) });
    expect(shown?.before[0]).toContain('"s3:Get*"');
    expect(shown?.after).not.toContain('s3:Get');
  });

  it('changes nothing where it is as it was', async () => {
    expect(await changesOf(file({ bindings: [mine] }))).toEqual([]);
  });

  it('comes beside the full one', async () => {
    const look = { ...own, profile: 'new', sessionPolicy: policyOf('s3:List*') };
    const json = file({ bindings: [look] });
    expect(await accept(json)).toMatchObject({ ok: true });
    expect(await stored('bindings')).toMatchObject([binding, mine, look]);
  });
});

describe('a file of settings from a stranger', () => {
  const hostile = file({
    settings: {
      behaviour: 'write',
      keepFresh: true,
      signInLinks: { [issuer]: 'https://evil.example/aws' },
      accounts: { '111122223333': { name: 'sandbox', colour: 'green' } },
    },
    bindings: [{ ...evil, profile: 'default' }],
    chains: [{ source: 'dev', roleArn: 'arn:aws:iam::999988887777:role/Look', profile: 'second' }],
  });

  beforeEach(async () => {
    await changeSettings(memory, {
      behaviour: 'never',
      signInLinks: { [issuer]: link },
      accounts: { '111122223333': { name: 'production', colour: 'red' } },
    });
    await fake.local.set({ bindings: [binding] });
    inFiles = [{ name: 'default', kind: 'long-lived' }];
  });

  it('is shown with all that it would change, sorted by what it means, old and new', async () => {
    const changes = await changesOf(hostile);
    const shown = (group: string) =>
      changes.filter((one) => one.group === group).map(({ id, group: _, ...rest }) => rest);
    expect(shown('bindings')).toEqual([
      {
        what: 'default',
        before: [],
        after: 'Admin in account 9999-8888-7777, via Evil (https://evil.example/metadata)',
        notes: [
          'Account 9999-8888-7777 is new to this browser.',
          'This identity provider is new to this browser.',
          'Already in your files, with long-lived keys',
        ],
        alone: true,
      },
    ]);
    expect(shown('chains')).toEqual([
      {
        what: 'second',
        before: [],
        after: 'Look in account 9999-8888-7777, assumed from the profile dev',
        notes: ['Account 9999-8888-7777 is new to this browser.'],
        alone: false,
      },
    ]);
    expect(shown('links')).toEqual([
      {
        what: issuer,
        before: [link],
        after: 'https://evil.example/aws',
        notes: ['Opens evil.example, which is new to this browser.'],
        alone: true,
      },
    ]);
    expect(shown('behaviour')).toMatchObject([
      {
        what: 'Known logins',
        before: ['Never save'],
        after: 'Save automatically',
        alone: true,
      },
      { what: 'Keep fresh', before: ['off'], after: 'on', alone: true },
    ]);
    expect(shown('accounts')).toMatchObject([
      { what: '1111-2222-3333', before: ['“production”, red'], after: '“sandbox”, green', alone: true },
    ]);
  });

  it('changes nothing by being looked at', async () => {
    const before = fake.local.everything();
    await changesOf(hostile);
    expect(fake.local.everything()).toBe(before);
  });

  it('changes only what the user said yes to', async () => {
    expect(await accept(hostile, ({ group }) => group === 'accounts')).toEqual({
      ok: true,
      value: undefined,
    });
    expect(await readSettings(memory)).toMatchObject({
      behaviour: 'never',
      keepFresh: false,
      signInLinks: { [issuer]: link },
      accounts: { '111122223333': { name: 'sandbox', colour: 'green' } },
    });
    expect(await stored('bindings')).toEqual([binding]);
    expect(await stored('chains')).toBeUndefined();
  });

  it('changes all of it where the user said yes to all', async () => {
    fake.permissions.add('idle');
    expect(await accept(hostile)).toEqual({ ok: true, value: undefined });
    expect(await readSettings(memory)).toMatchObject({
      behaviour: 'write',
      keepFresh: true,
      signInLinks: { [issuer]: 'https://evil.example/aws' },
    });
    expect(await stored('bindings')).toEqual([binding, { ...evil, profile: 'default' }]);
    expect(await stored('chains')).toMatchObject([{ profile: 'second' }]);
  });

  it('changes nothing at all where one of what was accepted cannot be', async () => {
    const before = fake.local.everything();
    // Without the permission that keeping fresh needs.
    expect(await accept(hostile)).toMatchObject({ failure: { code: 'import-refused' } });
    expect(fake.local.everything()).toBe(before);
  });

  it('makes an account no older acquaintance by giving it a name', async () => {
    await changeSettings(memory, { accounts: { '999988887777': { name: 'Ours', colour: 'green' } } });
    const [first] = await changesOf(hostile);
    expect(first?.notes).toContain('Account 9999-8888-7777 is new to this browser.');
  });
});

describe('taking over', () => {
  const bound = file({ bindings: [binding] });

  it.each<[string, () => Promise<void>]>([
    [
      'the profile was given to another login',
      () => fake.local.set({ bindings: [{ ...evil, profile: 'dev' }] }),
    ],
    ['the login got another profile', () => fake.local.set({ bindings: [{ ...binding, profile: 'x' }] })],
    [
      'the profile was given to a second role',
      () => fake.local.set({ chains: [{ ...chain, source: 'x', profile: 'dev' }] }),
    ],
    [
      'the profile came into the files',
      async () => {
        inFiles = [{ name: 'dev', kind: 'sso' }];
      },
    ],
    ['it is so already', () => fake.local.set({ bindings: [binding] })],
  ])('is refused as a whole where meanwhile %s', async (_, change) => {
    const json = file({ bindings: [binding], settings: { region: 'eu-west-1' } });
    const ids = (await changesOf(json)).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    await change();
    const before = fake.local.everything();
    expect(await importSettings(memory, json, ids)).toMatchObject({ failure: { code: 'import-changed' } });
    expect(fake.local.everything()).toBe(before);
  });

  it('takes no change of another file than the one that was shown', async () => {
    const [change] = await changesOf(bound);
    const other = file({ bindings: [{ ...evil, profile: 'dev' }] });
    expect(await importSettings(memory, other, [change?.id ?? ''])).toMatchObject({
      failure: { code: 'import-changed' },
    });
  });

  it('leaves all as it was where the disk is full in the middle of it', async () => {
    await fake.local.set({ bindings: [], chains: [], settings: { region: 'eu-west-1' } });
    const json = file({ bindings: [binding], settings: { region: 'eu-west-2' } });
    const ids = (await changesOf(json)).map(({ id }) => id);
    const { set } = fake.local;
    let isFull = true;
    const spy = vi.spyOn(fake.local, 'set').mockImplementation(async (values) => {
      if (isFull && 'bindings' in values) {
        isFull = false;
        throw new Error('QUOTA_BYTES');
      }
      await set(values);
    });
    expect(await importSettings(memory, json, ids)).toMatchObject({ failure: { code: 'unexpected' } });
    spy.mockRestore();
    expect(await stored('settings')).toMatchObject({ region: 'eu-west-1' });
    expect(await stored('bindings')).toEqual([]);
  });

  it('adds to the links and names that are there', async () => {
    await changeSettings(memory, { signInLinks: { 'https://a.example': link } });
    await accept(file({ settings: { signInLinks: { 'https://b.example': link } } }));
    expect(Object.keys((await readSettings(memory)).signInLinks)).toEqual([
      'https://a.example',
      'https://b.example',
    ]);
  });

  it('takes second roles along to the new name that a login’s profile has in the file', async () => {
    await fake.local.set({ bindings: [binding], chains: [chain] });
    const renamed = { ...binding, profile: 'work' };
    const json = file({ bindings: [renamed], chains: [{ ...chain, source: 'work' }] });
    const [change] = await changesOf(json);
    expect(change).toMatchObject({
      what: 'work',
      before: ['This login goes to the profile dev.'],
      notes: ['These second roles move with it: look.'],
      alone: true,
    });
    expect(await accept(json, ({ group }) => group === 'bindings')).toMatchObject({ ok: true });
    expect(await stored('bindings')).toEqual([renamed]);
    expect(await stored('chains')).toEqual([{ ...chain, source: 'work' }]);
    expect(await changesOf(json)).toEqual([]);
  });

  it('takes a second role only together with the login that it is assumed from', async () => {
    const json = file({ bindings: [binding], chains: [chain] });
    const [login, second] = await changesOf(json);
    expect(second).toMatchObject({
      needs: login?.id,
      notes: expect.arrayContaining(['Needs the profile dev (see above).']),
    });
    expect(await importSettings(memory, json, [second?.id ?? ''])).toMatchObject({
      failure: { code: 'import-changed' },
    });
    expect(fake.local.everything()).toBe('{}');
    expect(await accept(json)).toMatchObject({ ok: true });
    expect(await stored('chains')).toEqual([chain]);
  });
});

describe('what is here', () => {
  const other = { ...binding, roleArn: readOnly };

  beforeEach(() => fake.local.set({ bindings: [binding], chains: [chain] }));

  it('is nothing to say yes to where the file says the same', async () => {
    const settings = {
      behaviour: 'write',
      region: 'eu-west-1',
      accounts: { '111122223333': { name: 'A', colour: 'red' } },
      signInLinks: { [issuer]: link },
    };
    await fake.local.set({ settings });
    expect(await changesOf(file({ settings, bindings: [binding], chains: [chain] }))).toEqual([]);
  });

  it('is shown where a profile would go from one login to another, with what hangs on it', async () => {
    const json = file({ bindings: [{ ...other, profile: 'dev' }] });
    expect(await changesOf(json)).toMatchObject([
      {
        what: 'dev',
        before: ['Admin in account 1111-2222-3333, via Okta (idp.example)'],
        after: 'AdminReadOnly in account 1111-2222-3333, via Okta (idp.example)',
        notes: ['These second roles would be assumed from the new login: look.'],
        alone: true,
      },
    ]);
    await accept(json);
    expect(await stored('bindings')).toEqual([{ ...other, profile: 'dev' }]);
  });

  it('is shown where a login would get the profile of a second role, which then has none', async () => {
    const json = file({ bindings: [{ ...other, profile: 'look' }] });
    expect(await changesOf(json)).toMatchObject([
      {
        what: 'look',
        before: ['AdminReadOnly in account 1111-2222-3333, assumed from the profile dev'],
        alone: true,
      },
    ]);
    await accept(json);
    expect(await stored('chains')).toEqual([]);
  });

  it('is shown where another second role would get the profile of one', async () => {
    expect(await changesOf(file({ chains: [{ ...chain, roleArn: evil.roleArn }] }))).toMatchObject([
      {
        before: ['AdminReadOnly in account 1111-2222-3333, assumed from the profile dev'],
        after: 'Admin in account 9999-8888-7777, assumed from the profile dev',
        notes: ['Account 9999-8888-7777 is new to this browser.'],
        alone: true,
      },
    ]);
  });

  it('differs in words wherever it differs: path, partition, account of the provider, container', async () => {
    const differing = [
      { ...binding, roleArn: adminRole.roleArn.replace('role/', 'role/team/') },
      { ...binding, roleArn: adminRole.roleArn.replace('aws:', 'aws-cn:') },
      { ...binding, providerArn: provider.replace('111122223333', '999988887777') },
      { ...binding, container: 'firefox-container-2' },
    ];
    for (const one of differing) {
      const [change] = await changesOf(file({ bindings: [one] }));
      expect(change?.before).toEqual(['Admin in account 1111-2222-3333, via Okta (idp.example)']);
      expect(change?.before).not.toContain(change?.after);
    }
  });

  it.each<[string, object, RegExp]>([
    [
      'a login’s, for a second role',
      { chains: [{ ...chain, roleArn: evil.roleArn, profile: 'dev' }] },
      /belongs to a login/,
    ],
    ['hanging on nothing', { chains: [{ ...chain, source: 'nothing', profile: 'x' }] }, /nothing/],
    [
      'of an issuer that cannot be shown',
      { bindings: [{ ...evil, issuer: 'https://a\u202eb', profile: 'x' }] },
      /characters/,
    ],
    ['a link of such an issuer', { settings: { signInLinks: { 'https://a\u202eb': link } } }, /characters/],
  ])(
    'cannot be changed to a profile that is %s: it says why, and a yes is refused',
    async (_, change, reason) => {
      const before = fake.local.everything();
      expect(await changesOf(file(change))).toMatchObject([{ refusal: expect.stringMatching(reason) }]);
      expect(await accept(file(change))).toMatchObject({ failure: { code: 'import-changed' } });
      expect(fake.local.everything()).toBe(before);
    },
  );

  it('does not give several containers’ profiles to one login without a container', async () => {
    const bindings = ['1', '2'].map((number) => ({
      ...binding,
      container: `firefox-container-${number}`,
      profile: `p${number}`,
    }));
    await fake.local.set({ bindings });
    expect(await changesOf(file({ bindings: [binding] }))).toMatchObject([
      { refusal: expect.stringContaining('several profiles here') },
    ]);
    expect(await accept(file({ bindings: [binding] }))).toMatchObject({
      failure: { code: 'import-changed' },
    });
    expect(await stored('bindings')).toEqual(bindings);
  });

  it.each(['temporary', 'long-lived', 'process', 'sso', 'role', 'other'])(
    'in the files under a name that is bound to nothing needs a yes of its own: %s',
    async (kind) => {
      inFiles = [
        { name: 'free', kind, principalArn: 'arn:aws:sts::444455556666:assumed-role/x/y' },
        { name: 'dev', kind: 'temporary' },
      ];
      const [change] = await changesOf(file({ bindings: [{ ...other, profile: 'free' }] }));
      expect(change).toMatchObject({ before: [], alone: true });
      expect(change?.notes).toContainEqual(
        expect.stringMatching(/^Already in your files, with .*444455556666/),
      );
      const [second] = await changesOf(file({ chains: [{ ...chain, profile: 'free' }] }));
      expect(second).toMatchObject({
        before: [],
        alone: true,
        notes: [expect.stringMatching(/^Already in your files/)],
      });
    },
  );

  it('cannot be compared with the files where the host does not answer, which is said', async () => {
    hostIsThere = false;
    expect(await reviewImport(memory, file({ bindings: [{ ...other, profile: 'free' }] }))).toMatchObject({
      value: { hostFailure: { code: 'file-unreadable' }, changes: [{ what: 'free' }] },
    });
  });

  it('keeps its links from pages that only look like those of a known host', async () => {
    await changeSettings(memory, { signInLinks: { [issuer]: link } });
    const urls = [
      'https://idp.example@evil.example/',
      'https://idp.ex\u0430mple/',
      'https://idp.example:444/',
    ];
    for (const url of urls) {
      const [change] = await changesOf(file({ settings: { signInLinks: { [issuer]: url } } }));
      expect(change?.notes).toEqual([
        expect.stringMatching(/^Opens (evil\.example|idp\.xn--\S+|idp\.example:444),/),
      ]);
    }
  });

  it('is text, whatever the file says', async () => {
    const name = '<b>\u202eprod\u0000';
    const json = file({
      settings: { accounts: { '999988887777': { name, colour: 'red' } }, profileNameTemplate: 'a\u2028b' },
    });
    const changes = await changesOf(json);
    expect(JSON.stringify(changes)).not.toMatch(/\\u202e|\u202e|\u2028|\\u0000/);
    await accept(json, ({ group }) => group === 'accounts');
    expect((await readSettings(memory)).accounts['999988887777']?.name).toBe('<b>\ufffdprod\ufffd');
  });

  it('changes with every setting that is another, and each of them replaces one', async () => {
    const settings = {
      behaviour: 'ask',
      refreshTogether: false,
      keepFresh: true,
      remind: false,
      sessionDuration: 3601,
      region: 'eu-west-1',
      profileNameTemplate: '{account}',
      format: 'fish',
      copies: 'profile',
      manyConsoles: true,
      favourites: ['arn:aws:iam::111122223333:role/Admin'],
    };
    const changes = await changesOf(file({ settings }));
    expect(changes.map(({ group, before, after, alone }) => ({ group, before, after, alone }))).toEqual([
      {
        group: 'behaviour',
        before: ['Save automatically'],
        after: 'Ask first',
        alone: true,
      },
      { group: 'behaviour', before: ['on'], after: 'off', alone: true },
      { group: 'behaviour', before: ['off'], after: 'on', alone: true },
      { group: 'rest', before: ['on'], after: 'off', alone: true },
      { group: 'rest', before: ['AWS default'], after: '3601 s', alone: true },
      { group: 'rest', before: ['AWS default'], after: 'eu-west-1', alone: true },
      { group: 'rest', before: ['{role}'], after: '{account}', alone: true },
      { group: 'rest', before: ['bash / zsh'], after: 'fish', alone: true },
      { group: 'rest', before: ['credentials'], after: 'AWS_PROFILE', alone: true },
      { group: 'rest', before: ['off'], after: 'on', alone: true },
      { group: 'rest', before: ['–'], after: 'arn:aws:iam::111122223333:role/Admin', alone: true },
    ]);
  });
});

/** The policy itself is remembered. */
function expectNothingTaken() {
  const { policy, ...others } = JSON.parse(fake.local.everything());
  expect(others).toEqual({});
}

describe('the administrator', () => {
  it('can forbid imports: nothing is shown, and nothing taken over', async () => {
    const json = file({ bindings: [binding] });
    const [change] = await changesOf(json);
    fake.managed = { forbidImports: true };
    expect(await reviewImport(memory, json)).toMatchObject({ failure: { code: 'policy-no-imports' } });
    expect(await importSettings(memory, json, [change?.id ?? ''])).toMatchObject({
      failure: { code: 'policy-no-imports' },
    });
    expectNothingTaken();
  });

  it('is not gone round where the policy cannot be read', async () => {
    fake.managed = { forbidImports: 'yes' };
    expect(await reviewImport(memory, file())).toMatchObject({ failure: { code: 'policy-invalid' } });
  });

  it.each<[string, object, object]>([
    [
      'a login of an account that is not allowed',
      { allowedAccounts: ['999988887777'] },
      { bindings: [binding] },
    ],
    ['a login of an issuer that is not allowed', { allowedIssuers: ['https://x'] }, { bindings: [binding] }],
    ['a login where no profiles are written', { forbidProfiles: true }, { bindings: [binding] }],
    ['a login whose profile is fixed', { profiles: [binding] }, { bindings: [{ ...binding, profile: 'x' }] }],
    [
      'a link that is fixed',
      { signInLinks: [{ title: 'Work', issuer, url: link }] },
      { settings: { signInLinks: { [issuer]: 'https://evil.example/' } } },
    ],
    [
      'a template that is fixed',
      { profileNameTemplate: '{role}' },
      { settings: { profileNameTemplate: 'x' } },
    ],
    ['a region that is fixed', { region: 'eu-west-1' }, { settings: { region: 'us-east-1' } }],
    [
      'a name of an account that is fixed',
      { accounts: [{ accountId: '111122223333', name: 'Live' }] },
      { settings: { accounts: { '111122223333': { name: 'Playground', colour: 'green' } } } },
    ],
  ])('has %s be shown as refused', async (_, policy, change) => {
    fake.managed = policy as Record<string, unknown>;
    expect(await changesOf(file(change))).toMatchObject([{ refusal: expect.any(String) }]);
    expect(await accept(file(change))).toMatchObject({ failure: { code: 'import-changed' } });
    expectNothingTaken();
  });

  it('has a second role of an account that is not allowed be shown as refused', async () => {
    fake.managed = { allowedAccounts: ['111122223333'] };
    const changes = await changesOf(
      file({ bindings: [binding], chains: [{ ...chain, roleArn: evil.roleArn }] }),
    );
    expect(changes).toMatchObject([
      { group: 'chains', refusal: expect.stringContaining('999988887777') },
      { group: 'bindings' },
    ]);
  });
});

it('thousands of bindings beside thousands of others are looked through in seconds', async () => {
  const some = (prefix: string) =>
    Array.from({ length: 2000 }, (_, index) => ({
      ...binding,
      roleArn: `${adminRole.roleArn}-${prefix}${index}`,
      profile: `${prefix}-${index}`,
    }));
  await fake.local.set({ bindings: some('here') });
  const json = file({ bindings: some('there') });
  expect(await changesOf(json)).toHaveLength(2000);
  expect(await accept(json)).toMatchObject({ ok: true });
  expect(await stored('bindings')).toHaveLength(4000);
}, 20_000);

describe('names of identity providers', () => {
  const named = (name: string, of = issuer) => file({ settings: { issuerNames: { [of]: name } } });

  it('are shown as a change before they count, with the entity id that they are for', async () => {
    const [change] = await changesOf(named('Work', evil.issuer));
    expect(change).toMatchObject({
      group: 'links',
      what: evil.issuer,
      before: [],
      after: 'Work',
      notes: ['This identity provider is new to this browser.'],
    });
    expect(await readSettings(memory)).toMatchObject({ issuerNames: {} });
    expect(await accept(named('Work'))).toMatchObject({ ok: true });
    expect(await readSettings(memory)).toMatchObject({ issuerNames: { [issuer]: 'Work' } });
  });

  it('replace others only with a yes of their own, and keep those of other providers', async () => {
    await accept(named('Work'));
    await accept(named('Other', evil.issuer));
    expect(await changesOf(named('Prize'))).toMatchObject([
      { before: ['Work'], after: 'Prize', alone: true },
    ]);
    expect(await readSettings(memory)).toMatchObject({
      issuerNames: { [issuer]: 'Work', [evil.issuer]: 'Other' },
    });
  });

  it('say in a review whose logins are meant, once the user gave one', async () => {
    await changeSettings(memory, { issuerNames: { [issuer]: 'Work' } });
    const [change] = await changesOf(file({ bindings: [binding] }));
    expect(change?.after).toBe('Admin in account 1111-2222-3333, via Okta (Work)');
  });
});
