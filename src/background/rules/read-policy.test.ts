import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answerWell } from '../../../test/fixtures/fake-browser.ts';
import { adminRole, aLogin, issuer, readySession } from '../../../test/fixtures/login.ts';
import { saying } from '../../../test/fixtures/said.ts';
import { startSdkRehearsal } from '../../../test/fixtures/sdk-rehearsal.ts';
import { handleMessage } from '../handle-message.ts';
import { applyPolicy } from '../login/apply-policy.ts';
import { obtain } from '../login/ask-for-role.ts';
import { makeView } from '../shown/view.ts';
import type { Login } from '../state/login.ts';
import { Memory } from '../state/memory.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

/** The background as it starts with this login and under this policy. */
async function under(policy: Record<string, unknown>, login: Login = aLogin({ sessions: [readySession()] })) {
  fake.managed = policy;
  await fake.session.set({ logins: [login] });
  memory = new Memory();
}

const target = { loginId: 'login-1', role: adminRole };
const save = (profile: string) =>
  ({ type: 'save', ...target, profile, takeOver: false, replace: false }) as const;

beforeEach(() => fake.reset());

describe('an administrator’s policy', () => {
  it.each([
    ['accounts', { allowedAccounts: ['999988887777'] }, 'account 111122223333'],
    ['issuers', { allowedIssuers: ['https://other.example'] }, `the identity provider ${issuer}`],
    ['partitions', { allowedPartitions: ['aws-cn'] }, 'the partition aws'],
  ])('that allows other %s keeps STS from being asked', async (_, policy, what) => {
    await under(policy, aLogin());
    expect(await obtain(memory, 'login-1', adminRole)).toMatchObject({
      failure: saying('policy-forbids', `Your administrator does not allow ${what}.`),
    });
  });

  it('that asks for FIPS endpoints keeps STS from being asked in a region that has none', async () => {
    const rehearsal = await startSdkRehearsal();
    try {
      for (const [region, code] of [
        ['eu-central-1', 'sts-no-fips'],
        // Told to use such an endpoint, the SDK refuses that of the rehearsal.
        ['us-west-2', 'sts-endpoint-unclear'],
      ]) {
        await fake.local.set({ settings: { region } });
        await under({ fips: true }, aLogin());
        expect(await obtain(memory, 'login-1', adminRole)).toMatchObject({ failure: { code } });
      }
      expect(rehearsal.requests).toEqual([]);
    } finally {
      await rehearsal.close();
    }
  });

  it('that forbids profiles is obeyed, and only copying is left', async () => {
    await under({ forbidProfiles: true });
    expect(await handleMessage(memory, save('dev'))).toMatchObject({
      failure: { code: 'policy-no-profiles' },
    });
    expect(fake.asked('write-profiles')).toEqual([]);
    expect((await makeView(memory, Date.now())).policy).toMatchObject({ mayWrite: false, mayCopy: true });
  });

  it.each([
    [{ maxSessionDuration: 43_200 }, undefined, null],
    [{ maxSessionDuration: 900 }, undefined, '900'],
    [{ maxSessionDuration: 7200 }, 28_800, '7200'],
    [{ maxSessionDuration: 43_200 }, 28_800, '28800'],
  ])('%j lets a login that asks for %s seconds ask for %s', async (policy, sessionDuration, asked) => {
    const rehearsal = await startSdkRehearsal();
    try {
      await under(policy, aLogin({ sessionDuration }));
      await obtain(memory, 'login-1', adminRole);
      expect(rehearsal.requests.map(({ form }) => form.get('DurationSeconds'))).toEqual([asked]);
    } finally {
      await rehearsal.close();
    }
  });

  it('that the browser cannot hand over lets nothing through; none at all lets everything', async () => {
    await under({});
    fake.managedFailure = new Error('Managed storage manifest not found');
    expect(await handleMessage(memory, save('dev'))).toMatchObject({ ok: true });
    fake.managedFailure = new Error('database is broken');
    fake.managed = {};
    expect(await handleMessage(memory, save('dev'))).toMatchObject({ failure: { code: 'policy-invalid' } });
  });

  it('that comes late drops what it forbids, and writes what it fixes', async () => {
    await under({});
    fake.managed = { profiles: [{ issuer, ...adminRole, profile: 'fixed' }] };
    await applyPolicy(memory);
    expect(fake.asked('write-profiles')).toHaveLength(1);
    fake.managed = { allowedAccounts: ['999988887777'] };
    await applyPolicy(memory);
    const [login] = (await makeView(memory, Date.now())).logins;
    expect(login?.roles[0]).toMatchObject({ state: 'failed', failure: { code: 'policy-forbids' } });
    expect(fake.session.everything()).not.toContain('ASIA');
  });

  it('that takes the copy button away is obeyed, whoever asks', async () => {
    await under({ copyButton: false });
    expect(await handleMessage(memory, { type: 'env-vars', ...target, format: 'bash' })).toMatchObject({
      failure: { code: 'policy-no-copy' },
    });
    expect((await makeView(memory, Date.now())).policy).toMatchObject({ mayWrite: true, mayCopy: false });
  });

  it('that fixes a profile lets the role go there and nowhere else, and nobody else go there', async () => {
    const fixed = { issuer, ...adminRole, profile: 'fixed' };
    await under({ profiles: [fixed] });
    expect(await handleMessage(memory, save('mine'))).toMatchObject({
      failure: { code: 'policy-fixed-profile' },
    });
    expect(await handleMessage(memory, save('fixed'))).toMatchObject({ ok: true });
    const { logins, bindings } = await makeView(memory, Date.now());
    expect(logins[0]?.roles[0]).toMatchObject({ profile: 'fixed', fixed: true });
    expect(bindings).toMatchObject([{ profile: 'fixed', fixed: true }]);

    const other = { ...fixed, roleArn: `${adminRole.roleArn}ReadOnly` };
    await under({ profiles: [other] });
    expect(await handleMessage(memory, save('fixed'))).toMatchObject({
      failure: { code: 'policy-fixed-profile' },
    });
  });

  it('wins over a binding that the user made before', async () => {
    await fake.local.set({ bindings: [{ issuer, ...adminRole, profile: 'mine' }] });
    await under({ profiles: [{ issuer, ...adminRole, profile: 'fixed' }] });
    expect((await makeView(memory, Date.now())).bindings).toMatchObject([{ profile: 'fixed' }]);
  });

  it('names profiles by its template', async () => {
    await under({ profileNameTemplate: '{account}.{role}' });
    const view = await makeView(memory, Date.now());
    expect(view.logins[0]?.roles[0]?.profile).toBe('111122223333.admin');
    expect(view.policy.notes).toEqual(['Profiles are named like {account}.{role}.']);
  });

  it('that forbids imports or asks for FIPS endpoints says so', async () => {
    await under({ forbidImports: true, fips: true });
    expect((await makeView(memory, Date.now())).policy).toMatchObject({
      mayImport: false,
      notes: ['Roleferry uses AWS’s FIPS endpoints.', 'Settings files cannot be imported.'],
    });
  });

  it('that names issuers without accounts says that an issuer alone proves nothing', async () => {
    const notes = async (policy: Record<string, unknown>) => {
      await under(policy);
      return (await makeView(memory, Date.now())).policy.notes.join(' ');
    };
    expect(await notes({ allowedIssuers: [issuer] })).toContain('this rule alone protects nothing');
    expect(await notes({ allowedIssuers: [issuer], allowedAccounts: ['111122223333'] })).not.toContain(
      'protects nothing',
    );
  });

  it.each([
    [{ required: ['allowedAccounts'] }],
    [{ forbidImports: 'yes' }],
    [{ fips: 1 }],
    [{ audit: { file: 'relative.jsonl' } }],
    [{ audit: 'system' }],
    [{ required: ['allowedAcounts'], allowedAccounts: ['111122223333'] }],
    [{ allowedAcounts: ['111122223333'] }],
    [{ allowedAccounts: '111122223333' }],
    [{ signInLinks: [{ title: 'x', url: 'javascript:alert(1)' }] }],
    [{ profiles: [{ issuer, ...adminRole, profile: 'a b' }] }],
  ])('that cannot be read lets nothing through, and says so: %j', async (policy) => {
    await under(policy);
    expect(await handleMessage(memory, save('dev'))).toMatchObject({ failure: { code: 'policy-invalid' } });
    expect(await handleMessage(memory, { type: 'env-vars', ...target, format: 'bash' })).toMatchObject({
      failure: { code: 'policy-invalid' },
    });
    expect((await makeView(memory, Date.now())).policy).toMatchObject({
      failure: { code: 'policy-invalid' },
      mayCopy: false,
      mayWrite: false,
    });
    await under(policy, aLogin());
    expect(await obtain(memory, 'login-1', adminRole)).toMatchObject({
      failure: { code: 'policy-invalid' },
    });
    expect(obtain).toBeDefined();
  });
});

describe('options', () => {
  it('rename a binding, but not to a name that is another login’s', async () => {
    const other = { issuer, ...adminRole, roleArn: `${adminRole.roleArn}ReadOnly`, profile: 'look' };
    await fake.local.set({ bindings: [{ issuer, ...adminRole, profile: 'dev' }, other] });
    await under({});
    const rename = { type: 'rename-binding', issuer, role: adminRole } as const;
    expect(await handleMessage(memory, { ...rename, profile: 'look' })).toMatchObject({
      failure: { code: 'profile-bound-elsewhere' },
    });
    expect(await handleMessage(memory, { ...rename, profile: 'a b' })).toMatchObject({
      failure: { code: 'profile-name-invalid' },
    });
    expect(await handleMessage(memory, { ...rename, profile: 'work' })).toMatchObject({ ok: true });
    expect((await makeView(memory, Date.now())).bindings.map(({ profile }) => profile)).toEqual([
      'look',
      'work',
    ]);
  });

  it('remove a binding', async () => {
    await fake.local.set({ bindings: [{ issuer, ...adminRole, profile: 'dev' }] });
    await under({});
    await handleMessage(memory, { type: 'remove-binding', issuer, role: adminRole });
    expect((await makeView(memory, Date.now())).bindings).toEqual([]);
  });
});

describe('forgetting everything', () => {
  it('drops all that is held, and removes the profiles that were written from it', async () => {
    await under({});
    await handleMessage(memory, save('dev'));
    const removed: unknown[] = [];
    fake.answer = (request, port) => {
      if (request.type !== 'remove-profile') return answerWell(request, port);
      removed.push(request);
      port.send({ version: 1, id: request.id, ok: true, value: { credentialsFile: '/f' } });
    };
    expect(await handleMessage(memory, { type: 'forget-everything' })).toEqual({
      ok: true,
      value: undefined,
    });
    expect(removed).toMatchObject([{ name: 'dev' }]);
    expect(JSON.parse(fake.session.everything())).toMatchObject({
      logins: [],
      chainRuns: [],
      writtenProfiles: [],
    });
    expect(fake.session.everything()).not.toMatch(/ASIA/);
  });
});

describe('forgetting one role', () => {
  const forget = { type: 'forget-role', ...target } as const;
  const written = () => readySession({ delivery: { step: 'written', profile: 'dev' } });
  const removed = () => fake.asked('remove-profile');

  it('drops its credentials and the profile that they were written to', async () => {
    await under({});
    await handleMessage(memory, save('dev'));
    expect(await handleMessage(memory, forget)).toEqual({ ok: true, value: undefined });
    expect(removed()).toMatchObject([{ name: 'dev' }]);
    expect(fake.session.everything()).not.toMatch(/ASIA/);
  });

  it('leaves a profile that another login has taken over', async () => {
    const other = { ...adminRole, roleArn: `${adminRole.roleArn}ReadOnly` };
    const sessions = [readySession(), readySession({ role: other })];
    await under({}, aLogin({ roles: [adminRole, other], sessions }));
    await handleMessage(memory, save('dev'));
    await handleMessage(memory, { ...save('dev'), role: other, takeOver: true });
    expect(await handleMessage(memory, forget)).toEqual({ ok: true, value: undefined });
    expect(removed()).toEqual([]);
  });

  it('drops the whole login when no other role of it is of use, and keeps its binding', async () => {
    await fake.local.set({ bindings: [{ issuer, ...adminRole, profile: 'dev' }] });
    await under({}, aLogin({ sessions: [written()] }));
    await handleMessage(memory, forget);
    const { logins, bindings } = await makeView(memory, Date.now());
    expect(logins).toEqual([]);
    expect(bindings).toMatchObject([{ profile: 'dev' }]);
  });

  it('keeps a login whose other roles can still be asked for, and no longer than that', async () => {
    const roles = [adminRole, { ...adminRole, roleArn: `${adminRole.roleArn}ReadOnly` }];
    await under({}, aLogin({ roles, sessions: [written()] }));
    await handleMessage(memory, forget);
    expect((await makeView(memory, Date.now())).logins).toHaveLength(1);
    await under({}, aLogin({ roles, sessions: [written()], redeemBefore: Date.now() - 1 }));
    await handleMessage(memory, forget);
    expect((await makeView(memory, Date.now())).logins).toEqual([]);
  });
});
