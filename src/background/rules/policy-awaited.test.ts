import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerWell, type FakePort, type HostRequest } from '../../../test/fixtures/fake-browser.ts';
import { aLogin, readySession } from '../../../test/fixtures/login.ts';
import { startSdkRehearsal } from '../../../test/fixtures/sdk-rehearsal.ts';
import { hold } from '../../../test/rehearsal/fault.ts';
import type { Rehearsal } from '../../../test/rehearsal/server.ts';
import { accounts, iamArn } from '../../../test/rehearsal/world.ts';
import { handleMessage } from '../handle-message.ts';
import { applyPolicy } from '../login/apply-policy.ts';
import { obtain, saveMany } from '../login/ask-for-role.ts';
import { resumeLogins } from '../login/resume.ts';
import { loginSeen } from '../login/take-up.ts';
import { makeView } from '../shown/view.ts';
import type { ChainRun } from '../state/chain-runs.ts';
import type { Login } from '../state/login.ts';
import { Memory } from '../state/memory.ts';
import { lookAtPolicy, lookForPolicy, readPolicy, watchPolicy } from './read-policy.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

const issuer = 'https://idp.rehearsal.test/metadata';
const role = {
  roleArn: iamArn(accounts.development, 'role/Developer'),
  providerArn: iamArn(accounts.development, 'saml-provider/Rehearsal'),
};
const deploy = iamArn(accounts.production, 'role/Deploy');
const chain = { source: 'dev', roleArn: deploy, profile: 'deploy' };
const target = { loginId: 'login-1', role };
const minute = 60_000;

/** Lets everything. */
const harmless = { allowedPartitions: ['aws'] };

let rehearsal: Rehearsal;
let applied: Promise<void>;

/** The worker as it starts: the one before it, if any, is stopped. */
function wake() {
  fake.stopWorker();
  memory = new Memory();
  applied = Promise.resolve();
  watchPolicy(memory, () => {
    applied = applied.then(() => applyPolicy(memory));
  });
}

/** The browser starts anew after it had this policy, which it does not hand over yet. */
async function restart(policy: Record<string, unknown> | string = harmless) {
  const json = typeof policy === 'string' ? policy : JSON.stringify(policy);
  await fake.local.set({ policy: json, bindings: [{ issuer, ...role, profile: 'dev' }] });
  wake();
}

/** The policy comes, and all that comes of it is done. */
async function policyComes(policy: Record<string, unknown>) {
  fake.managed = policy;
  await readPolicy(memory);
  await applied;
}

/** The alarm of the policy rings. */
async function ring() {
  const at = fake.alarms.get('policy') ?? 0;
  fake.alarms.delete('policy');
  await lookForPolicy(memory, at);
  await applied;
}

beforeAll(async () => {
  rehearsal = await startSdkRehearsal();
});

afterAll(() => rehearsal?.close());

beforeEach(() => {
  fake.stopWorker();
  fake.reset();
});

afterEach(() => {
  vi.useRealTimers();
  rehearsal.onSts = undefined;
  rehearsal.requests.length = 0;
});

const logIn = () =>
  loginSeen(memory, {
    response: rehearsal.issueResponse({ user: 'alice' }),
    roleIndex: undefined,
    signInHost: 'signin.aws.amazon.com',
  });
const view = () => makeView(memory, Date.now());
const firstRole = async () => (await view()).logins[0]?.roles[0];
const asked = () => rehearsal.requests.map(({ action }) => action);
const written = () =>
  fake.asked('write-profiles').flatMap(({ profiles = [] }) => profiles.map(({ name }) => name));
const removed = () => fake.asked('remove-profile').map(({ name }) => name);
const remembered = async () => (await fake.local.get('policy')).policy;
const runs = async () => ((await fake.session.get('chainRuns')).chainRuns ?? []) as ChainRun[];
const ofLogin = (change: Partial<Login> = {}) =>
  aLogin({ issuer, roles: [role], response: rehearsal.issueResponse({ user: 'alice' }), ...change });
const ready = (change: Parameters<typeof readySession>[0] = {}) => readySession({ role, ...change });
const save = (profile: string) =>
  handleMessage(memory, { type: 'save', ...target, profile, takeOver: false, replace: false });
const copy = () => handleMessage(memory, { type: 'env-vars', ...target, format: 'bash' });

/** Half a minute passes, and with it the patience of whoever waits. */
async function patienceEnds() {
  await vi.advanceTimersByTimeAsync(31_000);
}

const stopClock = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });

/** Until what was begun is held up. */
const held = () => vi.waitFor(async () => expect((await firstRole())?.state).toMatch(/exchanging|saving/));

describe('a browser that had a policy once, and starts anew', () => {
  it('holds a login until the policy has come, and then goes on with it by itself', async () => {
    await restart();
    const login = logIn();
    await held();
    expect((await view()).policy).toMatchObject({ awaited: true });
    expect(asked()).toEqual([]);
    await policyComes(harmless);
    await login;
    expect(asked()).toEqual(['AssumeRoleWithSAML']);
    expect(written()).toEqual(['dev']);
    expect((await view()).policy.awaited).toBeUndefined();
  });

  it.each([
    [{ allowedAccounts: ['999988887777'] }, 'policy-forbids', []],
    [{ forbidProfiles: true }, 'policy-no-profiles', ['AssumeRoleWithSAML']],
    [{ allowedAcounts: [] }, 'policy-invalid', []],
  ])('obeys the policy that comes, not the one from before: %j', async (policy, code, actions) => {
    await restart();
    const login = logIn();
    await held();
    await policyComes(policy);
    await login;
    expect(await firstRole()).toMatchObject({ failure: { code } });
    expect(asked()).toEqual(actions);
    expect(written()).toEqual([]);
  });

  it('remembers the whole policy, and the next start shows what it fixed before it has come', async () => {
    const policy = { ...harmless, copyButton: false, profileNameTemplate: '{account}.{role}' };
    fake.managed = policy;
    wake();
    await readPolicy(memory);
    await vi.waitFor(async () => expect(JSON.parse(String(await remembered()))).toEqual(policy));
    fake.session.clear();
    fake.managed = {};
    wake();
    expect(await view()).toMatchObject({
      policy: { awaited: true, mayCopy: false, fixed: ['profileNameTemplate'] },
      settings: { profileNameTemplate: '{account}.{role}' },
    });
  });

  it('shows the profiles that were fixed, and does not write them before the policy has come', async () => {
    await fake.session.set({ logins: [ofLogin({ sessions: [ready()] })] });
    await restart({ profiles: [{ issuer, ...role, profile: 'fixed' }] });
    const resumed = resumeLogins(memory);
    expect((await view()).bindings).toMatchObject([{ profile: 'fixed', fixed: true }]);
    expect(written()).toEqual([]);
    await policyComes({ profiles: [{ issuer, ...role, profile: 'other' }] });
    await resumed;
    expect(written()).toEqual(['other']);
  });

  it('in Firefox, which tells of nothing, finds the policy when it looks again', async () => {
    fake.managedFailure = new Error('Managed storage manifest not found');
    await restart();
    const login = logIn();
    await held();
    fake.managedFailure = undefined;
    fake.managedUntold = harmless;
    await ring();
    await login;
    expect(written()).toEqual(['dev']);
    expect(fake.alarms.has('policy')).toBe(false);
  });

  it('whose remembered policy cannot be read does nothing until the real one comes', async () => {
    await restart({ ofTheNextVersion: true });
    await logIn();
    expect(await firstRole()).toMatchObject({ state: 'failed', failure: { code: 'policy-invalid' } });
    expect((await view()).policy).toMatchObject({ failure: { code: 'policy-invalid' }, mayWrite: false });
    expect(asked()).toEqual([]);
    await policyComes(harmless);
    expect(written()).toEqual(['dev']);
  });

  it.each(['{', 'null', '"x"'])('takes %s in the memory for a policy that cannot be read', async (json) => {
    await restart(json);
    expect(await readPolicy(memory)).toMatchObject({ failure: { code: 'policy-invalid' } });
  });
});

describe('a policy that does not come in time', () => {
  it('lets nothing through, and popup and entry say why', async () => {
    stopClock();
    await restart();
    const login = logIn();
    await held();
    await patienceEnds();
    await login;
    expect(asked()).toEqual([]);
    expect(written()).toEqual([]);
    expect(await firstRole()).toMatchObject({ state: 'failed', failure: { code: 'policy-awaited' } });
    expect((await view()).policy).toMatchObject({
      failure: { code: 'policy-awaited' },
      mayWrite: false,
      mayCopy: false,
      mayImport: false,
    });
  });

  it('and comes later lets the login go on by itself, to where the user wanted it', async () => {
    stopClock();
    await fake.session.set({ logins: [ofLogin()] });
    await restart();
    const saved = saveMany(memory, 'login-1', [{ role, profile: 'mine' }]);
    await held();
    await patienceEnds();
    await saved;
    expect(await firstRole()).toMatchObject({ profile: 'mine', failure: { code: 'policy-awaited' } });
    vi.useRealTimers();
    await policyComes(harmless);
    expect(written()).toEqual(['mine']);
    expect(await firstRole()).toMatchObject({ state: 'saved', profile: 'mine', bound: true });
  });

  it('and comes when the login can no longer be used says that', async () => {
    stopClock();
    await restart();
    const login = logIn();
    await held();
    await patienceEnds();
    await login;
    vi.useRealTimers();
    const { logins } = (await fake.session.get('logins')) as { logins: Login[] };
    await fake.session.set({ logins: logins.map((one) => ({ ...one, redeemBefore: 1 })) });
    wake();
    await policyComes(harmless);
    expect(await firstRole()).toMatchObject({ failure: { code: 'assertion-expired' } });
    expect(asked()).toEqual([]);
  });

  it('keeps nobody waiting again, also after a stop of the worker', async () => {
    await restart();
    await view();
    await ring();
    wake();
    expect(await readPolicy(memory)).toMatchObject({ failure: { code: 'policy-awaited' } });
  });
});

describe('what is held', () => {
  it('is a save by the user, which is carried out when the policy comes', async () => {
    await fake.session.set({ logins: [ofLogin({ sessions: [ready()] })] });
    await restart();
    const saved = save('mine');
    await held();
    expect(written()).toEqual([]);
    await policyComes(harmless);
    expect(await saved).toEqual({ ok: true, value: undefined });
    expect(written()).toEqual(['mine']);
  });

  it('is a save by the user, which is carried out by the next worker where this one was stopped', async () => {
    await fake.session.set({ logins: [ofLogin({ sessions: [ready()] })] });
    stopClock();
    await restart();
    void save('mine');
    await held();
    vi.useRealTimers();
    wake();
    const resumed = resumeLogins(memory);
    await policyComes(harmless);
    await resumed;
    expect(written()).toEqual(['mine']);
  });

  it('is a save by the user, which fails when nothing comes, and goes on when it does', async () => {
    stopClock();
    await fake.session.set({ logins: [ofLogin({ sessions: [ready()] })] });
    await restart();
    const saved = save('mine');
    await held();
    await patienceEnds();
    expect(await saved).toMatchObject({ failure: { code: 'policy-awaited' } });
    expect(written()).toEqual([]);
    vi.useRealTimers();
    await policyComes(harmless);
    expect(written()).toEqual(['mine']);
  });

  it('is what is copied', async () => {
    await fake.session.set({ logins: [ofLogin({ sessions: [ready()] })] });
    await restart();
    const copied = copy();
    await policyComes({ copyButton: false });
    expect(await copied).toMatchObject({ failure: { code: 'policy-no-copy' } });
  });

  it('is what is copied, and was forgotten meanwhile', async () => {
    await fake.session.set({ logins: [ofLogin({ sessions: [ready()] })] });
    await restart();
    const copied = copy();
    await handleMessage(memory, { type: 'forget-role', ...target });
    await policyComes(harmless);
    expect(await copied).toMatchObject({ failure: { code: 'credentials-expired' } });
  });

  it('is a login that a stopped worker had begun', async () => {
    await fake.session.set({ logins: [ofLogin({ sessions: [{ role, step: 'exchanging' }] })] });
    await restart();
    const resumed = resumeLogins(memory);
    await view();
    expect(asked()).toEqual([]);
    await policyComes(harmless);
    await resumed;
    expect(written()).toEqual(['dev']);
  });

  it('is not asked for any more when it was forgotten meanwhile', async () => {
    await restart();
    const login = logIn();
    await held();
    await handleMessage(memory, { type: 'forget-everything' });
    await policyComes(harmless);
    await login;
    expect(asked()).toEqual([]);
  });

  it('is a second role, when it is resumed and when it is copied', async () => {
    const source = ready({ delivery: { step: 'written', profile: 'dev' } });
    const run = { profile: 'deploy', roleArn: deploy, loginId: 'login-1', role, startedAt: Date.now() };
    await fake.session.set({
      logins: [ofLogin({ sessions: [source] })],
      chainRuns: [{ ...run, step: 'exchanging' }],
    });
    await fake.local.set({ chains: [chain] });
    await restart();
    const resumed = resumeLogins(memory);
    const copied = handleMessage(memory, {
      type: 'chain-env-vars',
      profile: 'deploy',
      format: 'bash',
    });
    await view();
    expect(asked()).toEqual([]);
    await policyComes({ allowedAccounts: [accounts.development] });
    await resumed;
    expect(await copied).toMatchObject({ failure: { code: 'policy-forbids' } });
    expect(asked()).toEqual([]);
    expect(await runs()).toMatchObject([{ step: 'failed', failure: { code: 'policy-forbids' } }]);
  });

  it('is a second role, which fails when nothing comes, and goes on when it does', async () => {
    stopClock();
    const run = { profile: 'deploy', roleArn: deploy, loginId: 'login-1', role, startedAt: Date.now() };
    await fake.session.set({ logins: [ofLogin()], chainRuns: [{ ...run, step: 'exchanging' }] });
    await fake.local.set({ chains: [chain] });
    await restart();
    const resumed = resumeLogins(memory);
    await view();
    await patienceEnds();
    await resumed;
    expect(await runs()).toMatchObject([{ step: 'failed', failure: { code: 'policy-awaited' } }]);
    expect(asked()).toEqual([]);
    vi.useRealTimers();
    await obtain(memory, 'login-1', role);
    await policyComes(harmless);
    expect(written()).toEqual(['dev', 'deploy']);
  });
});

describe('a policy that is gone', () => {
  it('is gone at once when it is taken away while the browser runs, whatever became of the worker', async () => {
    await restart();
    await policyComes(harmless);
    await vi.waitFor(async () => expect((await fake.session.get('policyWatch')).policyWatch).toBeDefined());
    wake();
    await policyComes({});
    expect(await readPolicy(memory)).toEqual({ ok: true, value: {} });
    expect(await remembered()).toBe(null);
    expect((await view()).history).toMatchObject([{ what: 'policy', outcome: 'done' }]);
  });

  it('is not gone where only a part of it is taken away', async () => {
    await restart();
    await policyComes({ ...harmless, copyButton: false });
    await policyComes(harmless);
    expect(await readPolicy(memory)).toEqual({ ok: true, value: harmless });
    expect(JSON.parse(String(await remembered()))).toEqual(harmless);
  });

  it('is not gone where the browser speaks of a removal before it has handed anything over', async () => {
    await restart();
    fake.managedUntold = harmless;
    fake.managed = {};
    expect((await view()).policy.awaited).toBe(true);
    expect(await remembered()).not.toBe(null);
  });

  it('is not gone where the next worker does not find it at once, and no removal was told of', async () => {
    await restart();
    await policyComes(harmless);
    await vi.waitFor(async () =>
      expect((await fake.session.get('policyWatch')).policyWatch).toMatchObject({ seen: true }),
    );
    fake.managedUntold = {};
    wake();
    expect((await view()).policy.awaited).toBe(true);
    expect(JSON.parse(String(await remembered()))).toEqual(harmless);
  });

  it('is looked for no later because somebody has looked in between', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    await restart();
    await lookAtPolicy(memory);
    const at = fake.alarms.get('policy') ?? 0;
    expect(at).toBe(Date.now() + minute);
    vi.setSystemTime(at - 1);
    wake();
    await lookAtPolicy(memory);
    await lookAtPolicy(memory);
    expect(fake.alarms.get('policy')).toBe(at);
    expect(vi.getTimerCount()).toBe(2);
    await lookForPolicy(memory, at);
    expect(fake.alarms.get('policy')).toBe(at + minute);
  });

  it('is gone after five looks in vain, a minute apart, and what was held goes on', async () => {
    await restart();
    const login = logIn();
    await held();
    for (let look = 1; look <= 4; look += 1) await ring();
    await login;
    expect(await firstRole()).toMatchObject({ failure: { code: 'policy-awaited' } });
    expect(asked()).toEqual([]);
    await ring();
    expect(written()).toEqual(['dev']);
    expect(await remembered()).toBe(null);
    expect((await view()).history).toContainEqual(expect.objectContaining({ what: 'policy' }));
    expect(fake.alarms.has('policy')).toBe(false);
  });

  it('is gone after five looks of different workers', async () => {
    await restart();
    await view();
    for (let look = 1; look <= 5; look += 1) {
      wake();
      await ring();
    }
    expect(await readPolicy(memory)).toEqual({ ok: true, value: {} });
    wake();
    expect(await readPolicy(memory)).toEqual({ ok: true, value: {} });
  });

  it('is not gone any sooner because alarms ring that were set before, or all at once', async () => {
    await restart();
    await lookForPolicy(memory, Date.now());
    await view();
    for (let look = 1; look <= 9; look += 1) await lookForPolicy(memory, Date.now() + minute / 2);
    expect((await view()).policy).toMatchObject({ awaited: true });
    expect(fake.alarms.get('policy')).toBeGreaterThan(Date.now());
  });

  it('is awaited anew after the next start of the browser, where it was only slow in this one', async () => {
    await restart();
    await view();
    await ring();
    await ring();
    fake.session.clear();
    await restart();
    expect((await view()).policy).toMatchObject({ awaited: true });
  });
});

it('a policy that stays the same is stored once, and one that changes anew', async () => {
  fake.managed = harmless;
  wake();
  await readPolicy(memory);
  await vi.waitFor(async () =>
    expect((await fake.session.get('policyWatch')).policyWatch).toEqual({ seen: true, looks: 0, lookAt: 0 }),
  );
  const sets = [vi.spyOn(fake.local, 'set'), vi.spyOn(fake.session, 'set')];
  wake();
  await readPolicy(memory);
  await new Promise((resolve) => setImmediate(resolve));
  expect(sets.map(({ mock }) => mock.calls)).toEqual([[], []]);
  await policyComes({ copyButton: false });
  await vi.waitFor(async () => expect(JSON.parse(String(await remembered()))).toEqual({ copyButton: false }));
  for (const set of sets) set.mockRestore();
});

it('a policy that the browser cannot hand over takes the place of none', async () => {
  fake.managed = harmless;
  wake();
  await readPolicy(memory);
  await vi.waitFor(async () => expect(JSON.parse(String(await remembered()))).toEqual(harmless));
  fake.managedFailure = new Error('database is broken');
  wake();
  expect(await readPolicy(memory)).toMatchObject({ failure: { code: 'policy-invalid' } });
  await new Promise((resolve) => setImmediate(resolve));
  expect(JSON.parse(String(await remembered()))).toEqual(harmless);
});

it('a browser that was never managed asks for one thing more, waits for nothing and keeps nothing', async () => {
  fake.stopWorker();
  wake();
  const before = [fake.local.timesAsked(), fake.session.timesAsked()];
  expect(await readPolicy(memory)).toEqual({ ok: true, value: {} });
  expect([fake.local.timesAsked(), fake.session.timesAsked()]).toEqual([(before[0] ?? 0) + 1, before[1]]);
  expect(fake.local.everything()).toBe('{}');
  expect(fake.session.everything()).toBe('{}');
  expect(fake.alarms.size).toBe(0);
});

describe('a policy that comes after a profile was written', () => {
  beforeEach(async () => {
    await fake.local.set({ bindings: [{ issuer, ...role, profile: 'dev' }], chains: [chain] });
    wake();
    await logIn();
    expect(written()).toEqual(['dev', 'deploy']);
  });

  it.each([
    [{ forbidProfiles: true }, 'policy-no-profiles'],
    [{ allowedAccounts: ['999988887777'] }, 'policy-forbids'],
    [{ allowedIssuers: ['https://other.example'] }, 'policy-forbids'],
    [{ allowedPartitions: ['aws-cn'] }, 'policy-forbids'],
  ])(
    'and forbids it takes it out of the file again, with its second role, and says so: %j',
    async (policy, code) => {
      await policyComes(policy);
      expect(removed()).toEqual(['dev', 'deploy']);
      expect(await firstRole()).toMatchObject({ profile: 'dev', failure: { code } });
      expect(await runs()).toMatchObject([{ step: 'failed', failure: { code } }]);
      expect((await runs())[0]?.endsAt).toBeUndefined();
      const { history } = await view();
      expect(history.filter(({ what }) => what === 'forget')).toMatchObject([
        { profile: 'deploy', outcome: 'done', failure: { code } },
        { profile: 'dev', outcome: 'done', failure: { code } },
      ]);
      await applyPolicy(memory);
      expect(removed()).toHaveLength(2);
    },
  );

  it('and forbids the second role alone takes that one out, and leaves its source', async () => {
    await policyComes({ allowedAccounts: [accounts.development] });
    expect(removed()).toEqual(['deploy']);
    expect(await firstRole()).toMatchObject({ state: 'saved', profile: 'dev' });
  });

  it('leaves what can still be copied in memory, and drops what may not be had at all', async () => {
    await policyComes({ forbidProfiles: true });
    const found = (await view()).logins[0];
    const message = { type: 'env-vars', loginId: found?.id ?? '', role, format: 'bash' } as const;
    expect(await handleMessage(memory, message)).toMatchObject({ ok: true });
    await policyComes({ allowedAccounts: ['999988887777'] });
    expect(fake.session.everything()).not.toMatch(/ASIA/);
  });

  it('and allows it leaves it there', async () => {
    await policyComes({ allowedAccounts: [accounts.development, accounts.production] });
    expect(removed()).toEqual([]);
    expect(await firstRole()).toMatchObject({ state: 'saved' });
  });

  it('says what the host could not take out, and does it at the next start of the worker', async () => {
    const refuse = (request: HostRequest, port: FakePort) => {
      if (request.type === 'remove-profile') fake.drop(port, 'Native host has exited.');
      else answerWell(request, port);
    };
    fake.answer = refuse;
    await policyComes({ allowedAccounts: ['999988887777'] });
    expect(await firstRole()).toMatchObject({ state: 'forgotten', failure: { code: 'host-exited' } });
    fake.answer = undefined;
    fake.ports.length = 0;
    wake();
    await applyPolicy(memory);
    expect(removed()).toEqual(['dev', 'deploy']);
    expect(await firstRole()).toMatchObject({ state: 'failed', failure: { code: 'policy-forbids' } });
  });
});

describe('a policy that comes while AWS is asked', () => {
  it.each([
    ['AssumeRoleWithSAML', [], { allowedAccounts: [accounts.production] }],
    ['AssumeRole', ['dev'], { allowedAccounts: [accounts.development] }],
  ])('(%s) keeps what it forbids from being written', async (action, before, policy) => {
    await fake.local.set({ bindings: [{ issuer, ...role, profile: 'dev' }], chains: [chain] });
    wake();
    const { hook, release } = hold();
    rehearsal.onSts = (request) => (request.form.get('Action') === action ? hook(request) : undefined);
    const login = logIn();
    await rehearsal.waitForRequest((request) => request.action === action);
    fake.managed = policy;
    release();
    await login;
    await applied;
    expect(written()).toEqual(before);
    expect(fake.session.everything()).not.toMatch(before.length === 0 ? /ASIA/ : /no such thing/);
  });
});

describe('the longest session', () => {
  it.each([
    [900, '900'],
    [43_200, '3600'],
  ])('of %i seconds holds for second roles, written and copied: %s', async (maxSessionDuration, seconds) => {
    fake.managed = { maxSessionDuration };
    await fake.local.set({ bindings: [{ issuer, ...role, profile: 'dev' }], chains: [chain] });
    wake();
    await logIn();
    await handleMessage(memory, { type: 'chain-env-vars', profile: 'deploy', format: 'bash' });
    const durations = rehearsal.requests
      .filter(({ action }) => action === 'AssumeRole')
      .map(({ form }) => form.get('DurationSeconds'));
    expect(durations).toEqual([seconds, seconds]);
  });
});
