import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerOfNewHost, answerWell } from '../../../test/fixtures/fake-browser.ts';
import { aLogin, readySession } from '../../../test/fixtures/login.ts';
import { startSdkRehearsal } from '../../../test/fixtures/sdk-rehearsal.ts';
import { hold, stsError } from '../../../test/rehearsal/fault.ts';
import type { Rehearsal } from '../../../test/rehearsal/server.ts';
import { accounts, iamArn } from '../../../test/rehearsal/world.ts';
import { failure } from '../../core/failure.ts';
import { handleMessage } from '../handle-message.ts';
import { resumeLogins } from '../login/resume.ts';
import { loginSeen } from '../login/take-up.ts';
import { handleExpiry } from '../renewal/expiry.ts';
import { makeView } from '../shown/view.ts';
import type { ChainRun } from '../state/chain-runs.ts';
import type { Login } from '../state/login.ts';
import { Memory } from '../state/memory.ts';
import { refreshAt, refreshChains, runChain } from './run-chains.ts';

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
const policyArns = ['arn:aws:iam::aws:policy/ReadOnlyAccess'];

/** As after a stop of the worker. */
function wake() {
  memory = new Memory();
}

let rehearsal: Rehearsal;

beforeAll(async () => {
  rehearsal = await startSdkRehearsal();
});

afterAll(() => rehearsal?.close());

beforeEach(async () => {
  fake.reset();
  await fake.local.set({ bindings: [{ issuer, ...role, profile: 'dev' }], chains: [chain] });
  wake();
});

afterEach(() => {
  rehearsal.onSts = undefined;
  rehearsal.requests.length = 0;
});

const logIn = () =>
  loginSeen(memory, {
    response: rehearsal.issueResponse({ user: 'alice' }),
    roleIndex: undefined,
    signInHost: 'signin.aws.amazon.com',
  });
const asked = () => rehearsal.requests.filter(({ action }) => action === 'AssumeRole');
const runs = async () => ((await fake.session.get('chainRuns')).chainRuns ?? []) as ChainRun[];
const written = () =>
  fake.asked('write-profiles').flatMap(({ profiles = [] }) => profiles.map(({ name }) => name));

describe('a second role', () => {
  it('is assumed for an hour when its source was written, and written after it', async () => {
    await logIn();
    expect(written()).toEqual(['dev', 'deploy']);
    expect(asked().map(({ form }) => form.get('DurationSeconds'))).toEqual(['3600']);
    expect(await runs()).toMatchObject([{ profile: 'deploy', step: 'written' }]);
  });

  it('tells the host of which login its source is', async () => {
    fake.answer = answerOfNewHost;
    await logIn();
    const sources = fake.asked('write-profiles').flatMap(({ profiles = [] }) => profiles);
    const source = { issuer, providerArn: role.providerArn };
    expect(sources).toMatchObject([
      { name: 'dev', source },
      { name: 'deploy', source },
    ]);
  });

  it('is written with the region of the profile that it is assumed from', async () => {
    await fake.local.set({ bindings: [{ issuer, ...role, profile: 'dev', region: 'eu-central-1' }] });
    await logIn();
    const profiles = fake.asked('write-profiles').flatMap(({ profiles = [] }) => profiles);
    expect(profiles).toMatchObject([
      { name: 'dev', region: 'eu-central-1' },
      { name: 'deploy', region: 'eu-central-1' },
    ]);
  });

  it('keeps no secret with what is known of it', async () => {
    await logIn();
    expect(JSON.stringify(await runs())).not.toMatch(/ASIA|oken|ecret/);
    expect(fake.local.everything()).not.toMatch(/ASIA/);
  });

  it('is not assumed from a login that is bound to nothing, or not written', async () => {
    await fake.local.set({ bindings: [] });
    await logIn();
    await fake.local.set({ bindings: [{ issuer, ...role, profile: 'dev' }] });
    fake.answer = (_, port) => fake.drop(port, 'Native host has exited.');
    await logIn();
    expect(asked()).toEqual([]);
  });

  it.each([
    [{ allowedAccounts: [accounts.development] }],
    [{ profiles: [{ issuer, ...role, roleArn: `${role.roleArn}2`, profile: 'deploy' }] }],
  ])('is not asked for where the policy forbids it: %j', async (policy) => {
    fake.managed = policy;
    await logIn();
    expect(written()).toEqual(['dev']);
    expect(asked()).toEqual([]);
    expect(await runs()).toMatchObject([{ step: 'failed', failure: { code: expect.any(String) } }]);
  });

  it('of another partition than its source is not asked for, however it was set', async () => {
    await fake.local.set({ chains: [{ ...chain, roleArn: 'arn:aws-us-gov:iam::444455556666:role/Deploy' }] });
    await logIn();
    expect(asked()).toEqual([]);
    expect(await runs()).toMatchObject([{ step: 'failed', failure: { code: 'partition-differs' } }]);
  });

  it('that AWS refuses says so, and the source stays written', async () => {
    rehearsal.onSts = ({ form }) =>
      form.get('Action') === 'AssumeRole' ? stsError(403, 'AccessDenied', 'Not authorized') : undefined;
    await logIn();
    expect(written()).toEqual(['dev']);
    expect(await runs()).toMatchObject([{ step: 'failed', failure: { code: 'assume-role-denied' } }]);
  });

  it('is gone on with after a stop of the worker', async () => {
    await logIn();
    const [run] = await runs();
    await fake.session.set({ chainRuns: [{ ...run, step: 'exchanging' }] });
    fake.ports.length = 0;
    wake();
    await resumeLogins(memory);
    expect(written()).toEqual(['deploy']);
    expect(await runs()).toMatchObject([{ step: 'written' }]);
  });

  it('is refreshed before its hour ends while its source lasts, and not where that has ended', async () => {
    await logIn();
    const [run] = await runs();
    const due = refreshAt(run as ChainRun) ?? 0;
    await refreshChains(memory, due - 1);
    expect(asked()).toHaveLength(1);
    await refreshChains(memory, due);
    expect(asked()).toHaveLength(2);
    const { logins } = (await fake.session.get('logins')) as { logins: Login[] };
    for (const session of logins.flatMap((login) => login.sessions)) Object.assign(session, { endsAt: 1 });
    await fake.session.set({ logins });
    wake();
    await refreshChains(memory, Date.now() + 3_600_000);
    expect(asked()).toHaveLength(2);
  });

  it('is not written when the binding of its source was removed while AWS was asked', async () => {
    const { hook, release } = hold();
    rehearsal.onSts = (request) => (request.form.get('Action') === 'AssumeRole' ? hook(request) : undefined);
    const loggedIn = logIn();
    await vi.waitFor(() => expect(asked()).toHaveLength(1), 10_000);
    await handleMessage(memory, { type: 'remove-binding', issuer, role });
    release();
    await loggedIn;
    expect(written()).toEqual(['dev']);
    expect(await runs()).toMatchObject([{ step: 'failed', failure: { code: 'credentials-expired' } }]);
  });

  it('ends by the clock of this machine, whatever time it is at AWS', async () => {
    const twoHoursOn = new Date(Date.now() + 2 * 3_600_000);
    rehearsal.onSts = ({ form }) =>
      form.get('Action') !== 'AssumeRole'
        ? undefined
        : {
            status: 200,
            headers: { 'content-type': 'text/xml', date: new Date(Date.now() + 3_600_000).toUTCString() },
            body:
              '<AssumeRoleResponse><AssumeRoleResult><AssumedRoleUser><Arn>arn:aws:sts::444455556666:assumed-role/Deploy/alice@rehearsal.test</Arn></AssumedRoleUser>' +
              '<Credentials><AccessKeyId>ASIAKIDAKIDAKID1</AccessKeyId><SecretAccessKey>abc</SecretAccessKey>' +
              `<SessionToken>t</SessionToken><Expiration>${twoHoursOn.toISOString()}</Expiration></Credentials>` +
              '</AssumeRoleResult></AssumeRoleResponse>',
          };
    await logIn();
    const [run] = await runs();
    expect(Math.round(((run?.endsAt ?? 0) - Date.now()) / 60_000)).toBe(60);
  });
});

describe('a second role that could not be refreshed', () => {
  const aside = stsError(503, 'ServiceUnavailable', 'Please try again later');
  const onAssuming = (answer: typeof aside) => {
    rehearsal.onSts = ({ form }) => (form.get('Action') === 'AssumeRole' ? answer : undefined);
  };
  /** Looks at what is due when the next is, and says whether AWS was asked. */
  const refresh = async (late = 0) => {
    const before = asked().length;
    const [run] = await runs();
    await refreshChains(memory, (refreshAt(run as ChainRun) ?? Number.NaN) + late);
    return asked().length > before;
  };
  const chainHistory = async () =>
    ((await fake.local.get('history')).history as { what: string }[]).filter(({ what }) => what === 'chain');

  it('is tried again once a minute where that passes, until it is there again, and told once', async () => {
    await logIn();
    onAssuming(aside);
    await refresh();
    const [failed] = await runs();
    expect(failed).toMatchObject({ step: 'failed', failure: { code: 'sts-unavailable' } });
    expect(refreshAt(failed as ChainRun)).toBe((failed?.startedAt ?? 0) + 60_000);
    expect(await refresh(-1)).toBe(false);
    expect(await refresh()).toBe(true);
    expect(await chainHistory()).toMatchObject([{ outcome: 'failed', times: 1 }, { outcome: 'done' }]);
    rehearsal.onSts = undefined;
    expect(await refresh()).toBe(true);
    expect(await runs()).toMatchObject([{ step: 'written' }]);
    expect((await runs())[0]).not.toHaveProperty('failure');
    expect(await chainHistory()).toMatchObject([{ outcome: 'done' }, { outcome: 'failed' }, {}]);
  });

  it('is tried again where the host passed away, and where its file was in use', async () => {
    await logIn();
    fake.answer = (_, port) => fake.drop(port, 'Native host has exited.');
    await refresh();
    expect(await runs()).toMatchObject([{ step: 'failed', failure: { code: 'host-exited' } }]);
    fake.answer = (request, port) => {
      const refused = { name: 'deploy', ok: false, failure: failure('file-busy', { file: 'f' }) };
      port.send({
        version: 1,
        id: request.id,
        ok: true,
        value: { credentialsFile: '/f', profiles: [refused] },
      });
    };
    await refresh();
    expect(await runs()).toMatchObject([{ step: 'failed', failure: { code: 'file-busy' } }]);
    fake.answer = undefined;
    await refresh();
    expect(await runs()).toMatchObject([{ step: 'written' }]);
  });

  it('has the worker woken for the next try', async () => {
    await logIn();
    onAssuming(aside);
    await refresh();
    const [run] = await runs();
    await handleExpiry(memory, Date.now());
    expect(fake.alarms.get('expiry')).toBe(refreshAt(run as ChainRun));
  });

  it('stands as failed while it is tried again, so that nothing comes and goes each minute', async () => {
    await logIn();
    onAssuming(aside);
    await refresh();
    const { hook, release } = hold();
    rehearsal.onSts = hook;
    const tried = refresh();
    const count = asked().length;
    await vi.waitFor(() => expect(asked().length).toBeGreaterThan(count), 10_000);
    const { chains } = await makeView(memory, Date.now());
    release();
    await tried;
    expect(chains).toMatchObject([{ state: 'failed', failure: { code: 'sts-unavailable' } }]);
  });

  it('is not tried again by itself where AWS forbids it, nor once its source has ended', async () => {
    await logIn();
    onAssuming(aside);
    await refresh();
    const { logins } = (await fake.session.get('logins')) as { logins: Login[] };
    for (const session of logins.flatMap((login) => login.sessions)) Object.assign(session, { endsAt: 1 });
    await fake.session.set({ logins });
    wake();
    expect(await refresh()).toBe(false);
    onAssuming(stsError(403, 'AccessDenied', 'Not authorized'));
    await logIn();
    const [run] = await runs();
    expect(run).toMatchObject({ failure: { code: 'assume-role-denied' } });
    expect(refreshAt(run as ChainRun)).toBeUndefined();
  });

  it('is tried again when the user says so, and is out of the file when it is forgotten after that', async () => {
    await logIn();
    onAssuming(stsError(403, 'AccessDenied', 'Not authorized'));
    await refresh();
    const before = asked().length;
    expect(await handleMessage(memory, { type: 'set-chain', ...chain })).toMatchObject({
      ok: true,
    });
    await vi.waitFor(async () => {
      expect(asked().length).toBeGreaterThan(before);
      expect(await runs()).toMatchObject([{ step: 'failed' }]);
    }, 10_000);
    await handleMessage(memory, { type: 'forget-everything' });
    expect(fake.asked('remove-profile').map(({ name }) => name)).toEqual(['dev', 'deploy']);
  });
});

describe('a second role whose source is forgotten', () => {
  const forget = (type: 'forget-role' | 'forget-everything') => {
    const { logins } = JSON.parse(fake.session.everything()) as { logins: Login[] };
    return handleMessage(memory, {
      type,
      ...(type === 'forget-role' && { loginId: logins[0]?.id, role }),
    } as { type: 'forget-everything' } | { type: 'forget-role'; loginId: string; role: typeof role });
  };

  it.each(['forget-role', 'forget-everything'] as const)(
    'is not written any more when AWS answers after that, and does not come back: %s',
    async (type) => {
      const { hook, release } = hold();
      rehearsal.onSts = (request) =>
        request.form.get('Action') === 'AssumeRole' ? hook(request) : undefined;
      const loggedIn = logIn();
      await vi.waitFor(() => expect(asked()).toHaveLength(1), 10_000);
      expect(await forget(type)).toEqual({ ok: true, value: undefined });
      release();
      await loggedIn;
      expect(written()).toEqual(['dev']);
      expect(await runs()).toEqual([]);
    },
  );

  it.each(['forget-role', 'forget-everything'] as const)(
    'is out of the file again where it was being written: %s',
    async (type) => {
      let letGo: (() => void) | undefined;
      fake.answer = (request, port) => {
        if (request.profiles?.[0]?.name !== 'deploy') return answerWell(request, port);
        letGo = () => answerWell(request, port);
      };
      const loggedIn = logIn();
      await vi.waitFor(() => expect(letGo).toBeDefined(), 10_000);
      const forgotten = forget(type);
      letGo?.();
      expect(await forgotten).toEqual({ ok: true, value: undefined });
      expect(fake.asked('remove-profile').map(({ name }) => name)).toEqual(['dev', 'deploy']);
      await loggedIn;
      expect(await runs()).toEqual([]);
    },
  );
});

describe('the profile of a second role', () => {
  const removed = () => fake.asked('remove-profile').map(({ name }) => name);

  it.each(['in the same worker', 'after it was stopped'])(
    'goes when everything is forgotten, though the second role was removed before: %s',
    async (when) => {
      await logIn();
      await handleMessage(memory, { type: 'remove-chain', profile: 'deploy' });
      if (when === 'after it was stopped') wake();
      await handleMessage(memory, { type: 'forget-everything' });
      expect(removed().toSorted()).toEqual(['deploy', 'dev']);
    },
  );

  it('stays when its source is forgotten, once another login has taken it over', async () => {
    const other = { ...role, roleArn: `${role.roleArn}2` };
    const theirs = aLogin({ id: 'other', roles: [other], sessions: [readySession({ role: other })] });
    await fake.session.set({ logins: [theirs] });
    wake();
    await logIn();
    const save = { type: 'save', loginId: 'other', role: other, profile: 'deploy' } as const;
    expect(await handleMessage(memory, { ...save, takeOver: true, replace: false })).toMatchObject({
      ok: true,
    });
    const { logins } = (await fake.session.get('logins')) as { logins: Login[] };
    const mine = logins.find(({ id }) => id !== 'other')?.id ?? '';
    await handleMessage(memory, { type: 'forget-role', loginId: mine, role });
    expect(removed()).toEqual(['dev']);
  });
});

describe('copying a second role', () => {
  const copy = () => handleMessage(memory, { type: 'chain-env-vars', profile: 'deploy', format: 'dotenv' });

  it('assumes it anew, since no credentials of it are kept, and remembers the shell', async () => {
    await logIn();
    const copied = await copy();
    expect(copied).toMatchObject({ ok: true, value: expect.stringMatching(/^AWS_ACCESS_KEY_ID=ASIA/) });
    expect(asked().map(({ form }) => form.get('RoleArn'))).toEqual([deploy, deploy]);
    expect(written()).toEqual(['dev', 'deploy']);
    expect(JSON.stringify(await runs())).not.toMatch(/ASIA|oken|ecret/);
    expect(await fake.local.get('settings')).toEqual({ settings: { format: 'dotenv' } });
  });

  it('is refused where the policy lets nothing be copied, or forbids the role', async () => {
    await logIn();
    fake.managed = { copyButton: false };
    expect(await copy()).toMatchObject({ failure: { code: 'policy-no-copy' } });
    fake.managed = { allowedAccounts: [accounts.development] };
    expect(await copy()).toMatchObject({ ok: false });
    expect(asked()).toHaveLength(1);
  });

  it('is refused once its source is forgotten, or when there never was one', async () => {
    expect(await copy()).toMatchObject({ failure: { code: 'credentials-expired' } });
    await logIn();
    await handleMessage(memory, { type: 'forget-everything' });
    expect(await copy()).toMatchObject({ failure: { code: 'credentials-expired' } });
  });

  it.each([
    ['lets nothing be copied any more', { copyButton: false }, 'policy-no-copy'],
    ['forbids its account', { allowedAccounts: [accounts.development] }, 'policy-forbids'],
    ['demands fewer rights', { sessionPolicies: [{ policyArns }] }, 'policy-demands-session-policy'],
  ])('copies nothing where, while AWS is asked, the policy comes that %s', async (_, policy, code) => {
    await logIn();
    const { hook, release } = hold();
    rehearsal.onSts = hook;
    const copied = copy();
    await vi.waitFor(() => expect(asked()).toHaveLength(2), 10_000);
    fake.managed = policy;
    release();
    expect(await copied).toMatchObject({ failure: { code } });
    expect(fake.local.everything()).not.toContain('dotenv');
  });

  it('copies nothing where its source is forgotten while AWS is asked', async () => {
    await logIn();
    const { hook, release } = hold();
    rehearsal.onSts = hook;
    const copied = copy();
    await vi.waitFor(() => expect(asked()).toHaveLength(2), 10_000);
    await handleMessage(memory, { type: 'forget-everything' });
    release();
    expect(await copied).toMatchObject({ failure: { code: 'credentials-expired' } });
  });

  it('says why AWS refuses', async () => {
    await logIn();
    rehearsal.onSts = () => stsError(403, 'AccessDenied', 'Not authorized');
    expect(await copy()).toMatchObject({ failure: { code: 'assume-role-denied' } });
  });
});

describe('setting a second role', () => {
  const set = (change: Partial<typeof chain>) =>
    handleMessage(memory, { type: 'set-chain', ...chain, ...change });

  it.each([
    ['its source is nobody’s', { source: 'nobody' }, 'chain-source-unbound'],
    ['its profile is a login’s', { profile: 'dev' }, 'profile-bound-elsewhere'],
    ['its profile cannot be named so', { profile: 'a b' }, 'profile-name-invalid'],
    ['it is no role', { roleArn: 'arn:aws:iam::1:user/x' }, 'role-arn-invalid'],
    ['nobody knows its partition', { roleArn: 'arn:aws-moon:iam::1:role/x' }, 'partition-unknown'],
    ['its source is in another partition', { roleArn: 'arn:aws-cn:iam::1:role/x' }, 'partition-differs'],
    ['it would hang on another second role', { source: 'deploy', profile: 'x' }, 'chain-source-unbound'],
  ])('is refused where %s', async (_, change, code) => {
    expect(await set(change)).toMatchObject({ failure: { code } });
    expect((await fake.local.get('chains')).chains).toEqual([chain]);
  });

  it('assumes it at once where the source is written', async () => {
    await fake.local.set({ chains: [] });
    await logIn();
    expect(await set({})).toEqual({ ok: true, value: undefined });
    await vi.waitFor(async () => expect(await runs()).toMatchObject([{ step: 'written' }]), 10_000);
  });

  it('keeps what became of it where AWS answers later about the role that was set before', async () => {
    const { hook, release } = hold();
    rehearsal.onSts = (request) => (request.form.get('Action') === 'AssumeRole' ? hook(request) : undefined);
    const loggedIn = logIn();
    await vi.waitFor(() => expect(asked()).toHaveLength(1), 10_000);
    rehearsal.onSts = undefined;
    const nobodys = iamArn(accounts.production, 'role/Nobodys');
    await handleMessage(memory, { type: 'set-chain', ...chain, roleArn: nobodys });
    const refused = [{ roleArn: nobodys, failure: { code: 'assume-role-denied' } }];
    await vi.waitFor(async () => expect(await runs()).toMatchObject(refused), 10_000);
    release();
    await loggedIn;
    expect(await runs()).toMatchObject(refused);
  });

  it('asks and writes nothing, and says so, where Roleferry is set never to write', async () => {
    await fake.local.set({ chains: [] });
    await logIn();
    await fake.local.set({ settings: { behaviour: 'never' } });
    await handleMessage(memory, { type: 'set-chain', ...chain });
    const refused = [{ step: 'failed', failure: { code: 'writing-off' } }];
    await vi.waitFor(async () => expect(await runs()).toMatchObject(refused), 10_000);
    expect(asked()).toEqual([]);
    expect(written()).toEqual(['dev']);
  });

  it('writes nothing where that was switched off while AWS was asked', async () => {
    const { hook, release } = hold();
    rehearsal.onSts = (request) => (request.form.get('Action') === 'AssumeRole' ? hook(request) : undefined);
    const loggedIn = logIn();
    await vi.waitFor(() => expect(asked()).toHaveLength(1), 10_000);
    await fake.local.set({ settings: { behaviour: 'never' } });
    release();
    await loggedIn;
    expect(written()).toEqual(['dev']);
  });

  it('keeps its profile from logins, unless the user lets one take it over', async () => {
    await fake.session.set({ logins: [aLogin({ issuer, roles: [role] })] });
    await logIn();
    const { logins } = (await fake.session.get('logins')) as { logins: Login[] };
    const save = { type: 'save', loginId: logins[0]?.id ?? '', role, profile: 'deploy' } as const;
    expect(await handleMessage(memory, { ...save, takeOver: false, replace: false })).toMatchObject({
      failure: { code: 'profile-bound-elsewhere' },
    });
    await handleMessage(memory, { ...save, takeOver: true, replace: false });
    expect((await fake.local.get('chains')).chains).toEqual([]);
  });
});

describe('a second role whose source is given another name', () => {
  const rename = () => handleMessage(memory, { type: 'rename-binding', issuer, role, profile: 'work' });
  const chains = async () => (await fake.local.get('chains')).chains;
  const save = async (profile: string) => {
    const { logins } = (await fake.session.get('logins')) as { logins: Login[] };
    const loginId = logins[0]?.id ?? '';
    return handleMessage(memory, {
      type: 'save',
      loginId,
      role,
      profile,
      takeOver: false,
      replace: false,
    });
  };

  it('is assumed from then on under that name', async () => {
    await rename();
    expect(await chains()).toEqual([{ ...chain, source: 'work' }]);
    await logIn();
    expect(written()).toEqual(['work', 'deploy']);
  });

  it('is assumed at once where the source is saved under that name, and at later logins', async () => {
    await logIn();
    await save('work');
    expect(written()).toEqual(['dev', 'deploy', 'work', 'deploy']);
    fake.ports.length = 0;
    wake();
    await logIn();
    expect(written()).toEqual(['work', 'deploy']);
  });

  it('goes on to be refreshed, can be set again and copied while the source lasts under its old name', async () => {
    await logIn();
    await rename();
    const [run] = await runs();
    await refreshChains(memory, refreshAt(run as ChainRun) ?? 0);
    expect(asked()).toHaveLength(2);
    expect(
      await handleMessage(memory, { type: 'chain-env-vars', profile: 'deploy', format: 'bash' }),
    ).toMatchObject({ ok: true });
    await handleMessage(memory, { type: 'set-chain', ...chain, source: 'work' });
    await vi.waitFor(() => expect(written()).toEqual(['dev', 'deploy', 'deploy', 'deploy']), 10_000);
  });

  it('stays with the old name where that could not be written under the new one', async () => {
    await logIn();
    fake.answer = (_, port) => fake.drop(port, 'Native host has exited.');
    await save('work');
    expect(await chains()).toEqual([chain]);
    fake.answer = undefined;
    const [run] = await runs();
    await refreshChains(memory, refreshAt(run as ChainRun) ?? 0);
    expect(asked()).toHaveLength(2);
  });

  it('stays with the old name where that is the administrator’s for another login', async () => {
    fake.managed = { profiles: [{ issuer, ...role, roleArn: `${role.roleArn}2`, profile: 'dev' }] };
    await rename();
    expect(await chains()).toEqual([chain]);
  });

  it('is not assumed with a login any more that is bound to nothing', async () => {
    await logIn();
    const [run] = await runs();
    await handleMessage(memory, { type: 'remove-binding', issuer, role });
    await refreshChains(memory, refreshAt(run as ChainRun) ?? 0);
    expect(asked()).toHaveLength(1);
  });
});

it('a second role is assumed from a source of the profile’s own name alone', async () => {
  const bound = { issuer, ...role, profile: 'dev', sessionName: 'alice@rehearsal.test' };
  await fake.local.set({ bindings: [{ ...bound, sessionName: 'somebody else' }] });
  const loginOf = (id: string) =>
    aLogin({
      id,
      issuer,
      roles: [role],
      sessions: [
        readySession({
          role,
          principalArn: 'arn:aws:sts::111122223333:assumed-role/Developer/alice@rehearsal.test',
          delivery: { step: 'written', profile: 'dev' },
        }),
      ],
    });
  await fake.session.set({ logins: [loginOf('login-1')] });
  wake();
  await runChain(memory, chain);
  expect(asked()).toEqual([]);
  await fake.local.set({ bindings: [bound] });
  await runChain(memory, chain);
  expect(asked()).toHaveLength(1);
});
