import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerWell } from '../../../test/fixtures/fake-browser.ts';
import { startSdkRehearsal } from '../../../test/fixtures/sdk-rehearsal.ts';
import { hold } from '../../../test/rehearsal/fault.ts';
import type { Rehearsal } from '../../../test/rehearsal/server.ts';
import { accounts, iamArn } from '../../../test/rehearsal/world.ts';
import { soon } from '../../../test/soon.ts';
import { handleMessage } from '../handle-message.ts';
import { inTurn } from '../profiles/write-profiles.ts';
import { makeView } from '../shown/view.ts';
import type { Login } from '../state/login.ts';
import { Memory } from '../state/memory.ts';
import { applyPolicy } from './apply-policy.ts';
import { loginSeen } from './take-up.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;
let rehearsal: Rehearsal;

const issuer = 'https://idp.rehearsal.test/metadata';
const look = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const audit = 'arn:aws:iam::aws:policy/SecurityAudit';
const role = {
  roleArn: iamArn(accounts.development, 'role/Developer'),
  providerArn: iamArn(accounts.development, 'saml-provider/Rehearsal'),
};
const deploy = iamArn(accounts.production, 'role/Deploy');
const dev = { ...role, profile: 'dev' };
const narrowed = (...policyArns: string[]) => ({
  ...role,
  sessionPolicy: { policyArns },
  profile: 'dev-narrow',
});

beforeAll(async () => {
  rehearsal = await startSdkRehearsal();
});

afterAll(() => rehearsal?.close());

beforeEach(() => {
  fake.reset();
  memory = new Memory();
  const value = { hostVersion: '2.0.0', credentialsFile: '/f', understands: ['source', 'rights'] };
  fake.answer = (request, port) =>
    request.type === 'hello'
      ? port.send({ version: 1, id: request.id, ok: true, value })
      : answerWell(request, port);
});

afterEach(() => {
  rehearsal.onSts = undefined;
  rehearsal.requests.length = 0;
});

const demand = (...sessionPolicies: object[]) => {
  fake.managed = { sessionPolicies };
};
const bind = (...bindings: object[]) =>
  fake.local.set({ bindings: bindings.map((one) => ({ issuer, ...one })) });
const logIn = () =>
  loginSeen(memory, {
    response: rehearsal.issueResponse({ user: 'alice' }),
    roleIndex: undefined,
    signInHost: 'signin.aws.amazon.com',
  });
/** Which role STS was asked for, and with which managed policies. */
const asked = () =>
  rehearsal.requests.map(({ form }) => [
    form.get('RoleArn'),
    ...[1, 2, 3].flatMap((n) => form.get(`PolicyArns.member.${n}.arn`) ?? []),
  ]);
const written = () =>
  fake
    .asked('write-profiles')
    .flatMap(({ profiles = [] }) => profiles as { name: string; rights?: string }[])
    .map(({ name, rights }) => [name, rights]);
const logins = async () => ((await fake.session.get('logins')).logins ?? []) as Login[];
const shown = async () => (await makeView(memory, Date.now())).logins[0]?.roles ?? [];

describe('a login of a role that a session policy is demanded for', () => {
  it('asks AWS with the demanded one, and the profile says what it may do', async () => {
    demand({ roleName: 'Developer', policyArns: [look] });
    await bind(dev);
    await logIn();
    expect(asked()).toEqual([[role.roleArn, look]]);
    expect(written()).toEqual([['dev', 'read-only']]);
    expect(await shown()).toMatchObject([
      { state: 'saved', profile: 'dev', demanded: { policyArns: [look] } },
    ]);
  });

  it('tells the popup what is demanded, so that it offers nothing else', async () => {
    demand({ roleName: 'Developer', policyArns: [look] });
    const { policy } = await makeView(memory, Date.now());
    expect(policy.sessionPolicies).toEqual([{ roleName: 'Developer', policyArns: [look] }]);
  });

  it('leaves other roles as they are', async () => {
    demand({ roleName: 'Other', policyArns: [look] });
    await bind(dev);
    await logIn();
    expect(asked()).toEqual([[role.roleArn]]);
    expect(written()).toEqual([['dev', undefined]]);
  });

  it('lets a person narrow it further', async () => {
    demand({ policyArns: [look, audit] });
    await bind(dev, narrowed(audit));
    await logIn();
    expect(asked().toSorted()).toEqual(
      [
        [role.roleArn, look, audit],
        [role.roleArn, audit],
      ].toSorted(),
    );
    expect(written()).toContainEqual(['dev-narrow', 'security-audit']);
  });

  it('asks AWS for nothing that may allow more, and says why', async () => {
    demand({ policyArns: [look] });
    await bind(dev, narrowed(audit));
    await logIn();
    expect(asked()).toEqual([[role.roleArn, look]]);
    expect(written()).toEqual([['dev', 'read-only']]);
    expect(await shown()).toMatchObject([
      { state: 'saved' },
      { state: 'failed', failure: { code: 'policy-demands-session-policy', params: { demanded: look } } },
    ]);
  });

  it('adds no profile that may allow more', async () => {
    demand({ policyArns: [look] });
    await bind(dev);
    await logIn();
    const { profile, ...lesser } = narrowed(audit);
    const added = await handleMessage(memory, { type: 'add-lesser', issuer, role: lesser, profile });
    expect(added).toMatchObject({ failure: { code: 'policy-demands-session-policy' } });
    expect(asked()).toHaveLength(1);
  });

  it('asks for a second role as is demanded for that one', async () => {
    demand({ roleName: 'Deploy', policyArns: [look] });
    await bind(dev);
    await fake.local.set({ chains: [{ source: 'dev', roleArn: deploy, profile: 'deploy' }] });
    await logIn();
    expect(asked()).toEqual([[role.roleArn], [deploy, look]]);
    expect(written()).toEqual([
      ['dev', undefined],
      ['deploy', 'read-only'],
    ]);
  });
});

describe('a session policy that is demanded later', () => {
  it('takes out of memory and file what was asked for without it', async () => {
    await bind(dev);
    await logIn();
    demand({ policyArns: [look] });
    await applyPolicy(memory);
    expect(fake.session.everything()).not.toMatch(/ASIA/);
    expect(fake.asked('remove-profile')).toMatchObject([{ name: 'dev' }]);
    expect(await shown()).toMatchObject([{ failure: { code: 'policy-demands-session-policy' } }]);
  });

  it('leaves what was asked for with it', async () => {
    demand({ policyArns: [look] });
    await bind(dev);
    await logIn();
    await applyPolicy(memory);
    expect(fake.asked('remove-profile')).toEqual([]);
    expect(await shown()).toMatchObject([{ state: 'saved' }]);
  });
});

describe('a session policy that is demanded between two steps', () => {
  const later = () => demand({ policyArns: [look] });
  const refused = { failure: { code: 'policy-demands-session-policy' } };
  const target = async () => ({ loginId: (await logins())[0]?.id ?? '', role });

  it('while AWS is asked, has the wider credentials dropped, and nothing of them written', async () => {
    await bind(dev, narrowed(audit));
    const { hook, release } = hold();
    rehearsal.onSts = hook;
    const seen = logIn();
    await vi.waitFor(() => expect(asked()).toHaveLength(2), soon);
    later();
    release();
    await seen;
    expect(written()).toEqual([]);
    expect(fake.session.everything()).not.toMatch(/ASIA/);
    expect(await shown()).toMatchObject([
      { state: 'failed', ...refused },
      { state: 'failed', ...refused },
    ]);
  });

  it('while another write has its turn, keeps the next one from the file', async () => {
    await bind(dev);
    let end = () => {};
    const turn = inTurn(memory, () => new Promise<void>((resolve) => (end = resolve)));
    const seen = logIn();
    await vi.waitFor(async () => expect(await shown()).toMatchObject([{ state: 'saving' }]), soon);
    later();
    end();
    await Promise.all([turn, seen]);
    expect(written()).toEqual([]);
    expect(await shown()).toMatchObject([refused]);
  });

  it('while credentials wait for a click, refuses to save and to copy them', async () => {
    await logIn();
    later();
    const key = await target();
    const save = { type: 'save', ...key, profile: 'dev', takeOver: false, replace: false } as const;
    expect(await handleMessage(memory, save)).toMatchObject(refused);
    expect(await handleMessage(memory, { type: 'env-vars', ...key, format: 'bash' })).toMatchObject(refused);
    expect(written()).toEqual([]);
  });

  it('while a profile with fewer rights is being added, binds none that may allow more', async () => {
    await bind(dev);
    await logIn();
    const { hook, release } = hold();
    rehearsal.onSts = hook;
    const { profile, ...lesser } = narrowed(audit);
    const added = handleMessage(memory, { type: 'add-lesser', issuer, role: lesser, profile });
    await vi.waitFor(() => expect(asked()).toHaveLength(2), soon);
    later();
    release();
    await added;
    expect(written()).toEqual([['dev', undefined]]);
    expect((await fake.local.get('bindings')).bindings).toHaveLength(1);
    expect(await shown()).toMatchObject([{ state: 'saved' }, { state: 'failed', ...refused }]);
  });

  it('while a second role is assumed, keeps that from the file', async () => {
    await bind(dev);
    await fake.local.set({ chains: [{ source: 'dev', roleArn: deploy, profile: 'deploy' }] });
    const { hook, release } = hold();
    rehearsal.onSts = (request) => (request.form.get('RoleArn') === deploy ? hook(request) : undefined);
    const seen = logIn();
    await vi.waitFor(() => expect(asked()).toContainEqual([deploy]), soon);
    demand({ roleName: 'Deploy', policyArns: [look] });
    release();
    await seen;
    expect(written()).toEqual([['dev', undefined]]);
    const { chains } = await makeView(memory, Date.now());
    expect(chains).toMatchObject([{ state: 'failed', ...refused }]);
  });
});
