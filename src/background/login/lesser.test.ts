import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerWell } from '../../../test/fixtures/fake-browser.ts';
import { startSdkRehearsal } from '../../../test/fixtures/sdk-rehearsal.ts';
import { hold, stsError } from '../../../test/rehearsal/fault.ts';
import type { Rehearsal } from '../../../test/rehearsal/server.ts';
import { accounts, iamArn } from '../../../test/rehearsal/world.ts';
import { soon } from '../../../test/soon.ts';
import type { SessionPolicy } from '../../core/aws/session-policy.ts';
import type { Result } from '../../core/result.ts';
import { handleMessage } from '../handle-message.ts';
import { handleExpiry } from '../renewal/expiry.ts';
import { signInAnswered } from '../renewal/renew.ts';
import type { Binding } from '../rules/bindings.ts';
import { exportSettings, readSettingsFile } from '../settings/settings-file.ts';
import { makeReport } from '../shown/report.ts';
import { makeView } from '../shown/view.ts';
import { readHistory } from '../state/history.ts';
import type { Login } from '../state/login.ts';
import { Memory } from '../state/memory.ts';
import { resumeLogins } from './resume.ts';
import { loginSeen } from './take-up.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;
let rehearsal: Rehearsal;

const issuer = 'https://idp.rehearsal.test/metadata';
const signInHost = 'signin.aws.amazon.com';
const readOnlyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const readOnly = { policyArns: [readOnlyArn] };
const role = (name = 'Developer') => ({
  roleArn: iamArn(accounts.development, `role/${name}`),
  providerArn: iamArn(accounts.development, 'saml-provider/Rehearsal'),
});
const lesser = (sessionPolicy: SessionPolicy = readOnly, name = 'Developer') => ({
  ...role(name),
  sessionPolicy,
});

/** As after a stop of the worker: nothing is left but what is in the browser's storage. */
function wake() {
  memory = new Memory();
}

beforeAll(async () => {
  rehearsal = await startSdkRehearsal();
});

afterAll(() => rehearsal?.close());

beforeEach(() => {
  fake.reset();
  wake();
});

afterEach(() => {
  vi.unstubAllGlobals();
  rehearsal.onSts = undefined;
  rehearsal.requests.length = 0;
});

const bind = (...bindings: object[]) =>
  fake.local.set({ bindings: bindings.map((one) => ({ issuer, ...one })) });
const dev = { ...role(), profile: 'dev' };
const devReadonly = { ...lesser(), profile: 'dev-readonly' };

const logIn = (user = 'alice', more: { roleSessionName?: string } = {}, roleIndex?: string) =>
  loginSeen(memory, {
    response: rehearsal.issueResponse({ user, ...more }),
    roleIndex,
    signInHost,
  });
const add = (more: object = {}): Promise<Result<void>> =>
  handleMessage(memory, {
    type: 'add-lesser',
    issuer,
    role: lesser(),
    profile: 'dev-readonly',
    ...more,
  });

const logins = async () => ((await fake.session.get('logins')).logins ?? []) as Login[];
const bindings = async () => ((await fake.local.get('bindings')).bindings ?? []) as Binding[];
/** Which role STS was asked for, and with which managed policy. */
const asked = () =>
  rehearsal.requests.map(({ form }) =>
    [form.get('RoleArn')?.split('/').at(-1), form.get('PolicyArns.member.1.arn')?.split('/').at(-1)]
      .filter(Boolean)
      .join(' '),
  );
const writes = () => fake.asked('write-profiles').flatMap(({ profiles = [] }) => profiles);
const written = () => writes().map(({ name }) => name);
const shown = async () => {
  const { logins: all } = await makeView(memory, Date.now());
  return (all[0]?.roles ?? []).map(({ profile, state, sessionPolicy }) => [profile, state, sessionPolicy]);
};

describe('a login of a role with two profiles', () => {
  it('writes both from one assertion, each with its own call and credentials of its own', async () => {
    await bind(dev, devReadonly);
    await logIn();
    expect(asked().toSorted()).toEqual(['Developer', 'Developer ReadOnlyAccess']);
    expect(new Set(rehearsal.requests.map(({ form }) => form.get('SAMLAssertion'))).size).toBe(1);
    expect(written().toSorted()).toEqual(['dev', 'dev-readonly']);
    expect(new Set(writes().map(({ credentials }) => JSON.stringify(credentials))).size).toBe(2);
    expect(await shown()).toEqual([
      ['dev', 'saved', undefined],
      ['dev-readonly', 'saved', readOnly],
    ]);
  });

  it.each<[string, string]>([
    ['PackedPolicyTooLarge', 'sts-session-policy-large'],
    ['MalformedPolicyDocument', 'sts-session-policy-refused'],
  ])('writes the full one though AWS refuses the lesser one with %s', async (name, code) => {
    await bind(dev, devReadonly);
    rehearsal.onSts = ({ form }) =>
      form.has('PolicyArns.member.1.arn') ? stsError(400, name, 'no: 130%') : undefined;
    await logIn();
    expect(written()).toEqual(['dev']);
    const { logins: all } = await makeView(memory, Date.now());
    expect(all[0]?.roles).toMatchObject([{ state: 'saved' }, { state: 'failed', failure: { code } }]);
  });

  it('writes the lesser one though AWS refuses the full one', async () => {
    await bind(dev, devReadonly);
    rehearsal.onSts = ({ form }) =>
      form.has('PolicyArns.member.1.arn') ? undefined : stsError(403, 'AccessDenied', 'no');
    await logIn();
    expect(written()).toEqual(['dev-readonly']);
  });

  it('goes on with both after a stop of the worker', async () => {
    await bind(dev, devReadonly);
    const { hook, release } = hold();
    rehearsal.onSts = hook;
    void logIn();
    await vi.waitFor(() => expect(rehearsal.requests).toHaveLength(2));
    wake();
    rehearsal.onSts = undefined;
    await resumeLogins(memory);
    expect(written().toSorted()).toEqual(['dev', 'dev-readonly']);
    release();
  });

  it('writes neither for another person', async () => {
    await bind(dev, devReadonly);
    await logIn();
    fake.session.clear();
    wake();
    await logIn('alice', { roleSessionName: 'mallory' });
    expect(written().toSorted()).toEqual(['dev', 'dev-readonly']);
  });

  it('takes the lesser one of a role that is chosen among several, and no other', async () => {
    await fake.local.set({ settings: { refreshTogether: false } });
    await bind({ ...lesser(readOnly, 'Admin'), profile: 'admin-readonly' }, devReadonly);
    await logIn('bob', {}, role('AdminReadOnly').roleArn);
    expect(asked()).toEqual(['AdminReadOnly']);
    await logIn('bob', {}, role('Admin').roleArn);
    expect(asked().slice(1).toSorted()).toEqual(['Admin', 'Admin ReadOnlyAccess']);
  });

  it('takes lesser ones together with all that is bound, though their roles have no profile', async () => {
    await bind({ ...lesser(readOnly, 'Admin'), profile: 'admin-readonly' });
    await logIn('bob', {}, role('AdminReadOnly').roleArn);
    expect(asked().toSorted()).toEqual(['Admin ReadOnlyAccess', 'AdminReadOnly']);
    expect(written()).toEqual(['admin-readonly']);
  });

  it('has several lesser ones, each with what it may do', async () => {
    const policy = '{"Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}';
    await bind(dev, devReadonly, { ...lesser({ policy }), profile: 'dev-s3' });
    await logIn();
    expect(written().toSorted()).toEqual(['dev', 'dev-readonly', 'dev-s3']);
    expect(rehearsal.requests.map(({ form }) => form.get('Policy')).filter(Boolean)).toEqual([policy]);
  });

  it('is told apart in the history and in the report', async () => {
    await bind(dev, devReadonly);
    await logIn();
    const wrote = (await readHistory(memory)).filter(({ what }) => what === 'write');
    expect(wrote.map(({ profile, rights }) => [profile, rights])).toEqual(
      expect.arrayContaining([
        ['dev', undefined],
        ['dev-readonly', 'read-only'],
      ]),
    );
    vi.stubGlobal('navigator', { userAgent: 'a browser' });
    expect(await makeReport(memory, Date.now())).toMatch(/write {2}done .*read-only/);
  });
});

describe('the host', () => {
  const rights = () => writes().map(({ name, ...write }) => [name, (write as { rights?: string }).rights]);
  const greet = (understands: string[]) => {
    fake.answer = (request, port) =>
      request.type === 'hello'
        ? port.send({
            version: 1,
            id: request.id,
            ok: true,
            value: { hostVersion: '2.0.0', credentialsFile: '/f', understands },
          })
        : answerWell(request, port);
  };

  it('is told which profile has fewer rights', async () => {
    greet(['source', 'rights']);
    const policy = '{"Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}';
    await bind(dev, devReadonly, { ...lesser({ policy }), profile: 'dev-s3' });
    await logIn();
    expect(rights().toSorted()).toEqual([
      ['dev', undefined],
      ['dev-readonly', 'read-only'],
      ['dev-s3', 'policy'],
    ]);
  });

  it('is told nothing of it while it is older', async () => {
    greet(['source']);
    await bind(dev, devReadonly);
    await logIn();
    expect(rights().map(([, one]) => one)).toEqual([undefined, undefined]);
  });
});

describe('adding a profile with fewer rights', () => {
  it('writes and binds it at once while the login can be redeemed, and leaves the full one alone', async () => {
    await bind(dev);
    await logIn();
    expect(await add()).toEqual({ ok: true, value: undefined });
    expect(asked()).toEqual(['Developer', 'Developer ReadOnlyAccess']);
    expect(written()).toEqual(['dev', 'dev-readonly']);
    expect(await bindings()).toMatchObject([dev, devReadonly]);
    await logIn();
    expect(written().slice(2).toSorted()).toEqual(['dev', 'dev-readonly']);
  });

  it('binds it where no login can be redeemed, for the person of the full one, and the next login writes it', async () => {
    await bind({ ...dev, sessionName: 'alice@rehearsal.test' });
    await add();
    expect(asked()).toEqual([]);
    expect((await bindings())[1]).toEqual({ issuer, ...devReadonly, sessionName: 'alice@rehearsal.test' });
    await logIn();
    expect(written().toSorted()).toEqual(['dev', 'dev-readonly']);
  });

  it('is not done with the login of another person', async () => {
    await bind({ ...dev, sessionName: 'alice@rehearsal.test' });
    await logIn('alice', { roleSessionName: 'mallory' });
    await add();
    expect(written()).toEqual([]);
  });

  it('keeps no binding if AWS refuses, and says why in the entry', async () => {
    await bind(dev);
    await logIn();
    await add({ role: lesser({ policyArns: ['arn:aws:iam::aws:policy/NoSuchPolicy'] }) });
    expect(await bindings()).toHaveLength(1);
    const { logins: all } = await makeView(memory, Date.now());
    expect(all[0]?.roles[1]).toMatchObject({
      state: 'failed',
      profile: 'dev-readonly',
      failure: {
        code: 'sts-session-policy-missing',
        params: { reason: expect.stringContaining('arn:aws:iam::aws:policy/NoSuchPolicy') },
      },
    });
  });

  it.each<[string, object, string]>([
    ['over the full profile', { profile: 'dev' }, 'profile-bound-elsewhere'],
    ['under a name that is none', { profile: 'a b' }, 'profile-name-invalid'],
    [
      'with a policy of another partition',
      { role: lesser({ policyArns: ['arn:aws-cn:iam::aws:policy/ReadOnlyAccess'] }) },
      'session-policy-arn',
    ],
    ['with a policy that IAM does not take', { role: lesser({ policy: '{}' }) }, 'session-policy-invalid'],
  ])('asks nobody and changes nothing %s', async (_, more, code) => {
    await bind(dev);
    await logIn();
    expect(await add(more)).toMatchObject({ ok: false, failure: { code } });
    expect(asked()).toEqual(['Developer']);
    expect(await bindings()).toHaveLength(1);
  });

  it.each<[string, () => unknown, string]>([
    [
      'the administrator forbids files',
      () => {
        fake.managed = { forbidProfiles: true };
      },
      'policy-no-profiles',
    ],
    ['nothing is to be saved', () => fake.local.set({ settings: { behaviour: 'never' } }), 'writing-off'],
  ])('is refused where %s', async (_, arrange, code) => {
    await arrange();
    expect(await add()).toMatchObject({ failure: { code } });
    expect(await bindings()).toEqual([]);
  });
});

describe('a profile with fewer rights', () => {
  beforeEach(async () => {
    await bind(dev, devReadonly);
    await logIn();
  });

  const loginId = async () => (await logins())[0]?.id ?? '';

  it('is copied with its own credentials', async () => {
    const own = writes().find(({ name }) => name === 'dev-readonly')?.credentials.accessKeyId;
    const copied = await handleMessage(memory, {
      type: 'env-vars',
      loginId: await loginId(),
      role: lesser(),
      format: 'bash',
    });
    expect(copied.ok && copied.value).toContain(own);
  });

  it('is forgotten alone', async () => {
    await handleMessage(memory, { type: 'forget-role', loginId: await loginId(), role: lesser() });
    expect(fake.asked('remove-profile').map(({ name }) => name)).toEqual(['dev-readonly']);
    expect(await shown()).toEqual([
      ['dev', 'saved', undefined],
      ['dev-readonly', 'offered', readOnly],
    ]);
  });

  it('gets another name, and the full one keeps its own', async () => {
    await handleMessage(memory, { type: 'rename-binding', issuer, role: lesser(), profile: 'look' });
    expect((await bindings()).map(({ profile }) => profile).toSorted()).toEqual(['dev', 'look']);
  });

  it('is not written any more once it is removed', async () => {
    await handleMessage(memory, { type: 'remove-binding', issuer, role: lesser() });
    expect(await bindings()).toMatchObject([dev]);
    await logIn();
    expect(asked().slice(2)).toEqual(['Developer']);
    expect(await shown()).toEqual([['dev', 'saved', undefined]]);
  });

  it('goes into another browser with the settings', async () => {
    const exported = await exportSettings(memory);
    const read = exported.ok ? readSettingsFile(exported.value) : exported;
    expect(read.ok && read.value.bindings).toMatchObject([dev, devReadonly]);
  });

  it.each([
    ['a policy that AWS would refuse', { policy: '{}' }],
    ['a policy of another partition', { policyArns: ['arn:aws-cn:iam::aws:policy/ReadOnlyAccess'] }],
    ['nothing that narrows', {}],
  ])('is not taken from a file with %s', async (_, sessionPolicy) => {
    const exported = await exportSettings(memory);
    const file = JSON.parse(exported.ok ? exported.value : '');
    file.bindings[1].sessionPolicy = sessionPolicy;
    expect(readSettingsFile(JSON.stringify(file))).toMatchObject({ failure: { code: 'import-refused' } });
  });

  it('may not lead on to a second role, and says that its rights may be why', async () => {
    const deploy = iamArn(accounts.production, 'role/Deploy');
    await handleMessage(memory, {
      type: 'set-chain',
      source: 'dev-readonly',
      roleArn: deploy,
      profile: 'deploy',
    });
    await vi.waitFor(async () => {
      const { chains } = await makeView(memory, Date.now());
      expect(chains).toMatchObject([{ state: 'failed', failure: { code: 'assume-role-lesser' } }]);
    });
  });
});

describe('renewing through the sign-in link', () => {
  const link = 'https://idp.rehearsal.test/sso';

  beforeEach(() => fake.local.set({ settings: { signInLinks: { [issuer]: link }, refreshTogether: false } }));

  /** Has the link opened, logs in in its tab, and AWS's page has answered there. */
  async function renewed() {
    await handleMessage(memory, { type: 'renew', issuer });
    const [tabId = 0] = fake.tabs.keys();
    await loginSeen(
      memory,
      { response: rehearsal.issueResponse({ user: 'alice' }), roleIndex: undefined, signInHost },
      tabId,
    );
    await signInAnswered(memory, tabId);
  }

  it('writes both profiles anew from one assertion, and closes the tab', async () => {
    await bind(dev, devReadonly);
    await logIn();
    const before = writes().map(({ credentials }) => credentials.accessKeyId);
    await renewed();
    expect(written().slice(2).toSorted()).toEqual(['dev', 'dev-readonly']);
    const all = writes().map(({ credentials }) => credentials.accessKeyId);
    expect(new Set(all).size).toBe(before.length + 2);
    expect(fake.tabs.size).toBe(0);
  });

  it('renews the lesser profile where it is the only one', async () => {
    await bind(devReadonly);
    await renewed();
    expect(asked()).toContain('Developer ReadOnlyAccess');
    expect(written()).toEqual(['dev-readonly']);
    expect(fake.tabs.size).toBe(0);
    const [renewal] = (await readHistory(memory)).filter(({ what }) => what === 'renew');
    expect(renewal).toMatchObject({ outcome: 'done' });
  });

  it('is offered for the lesser profile before its credentials end', async () => {
    await bind(devReadonly);
    await logIn();
    const [{ sessions = [] } = {}] = await logins();
    const ends = sessions.flatMap((session) => (session.step === 'ready' ? [session.endsAt] : []));
    await handleExpiry(memory, Math.min(...ends) - 9 * 60_000);
    expect(fake.notifications.get(`ending ${issuer}`)).toMatchObject({
      message: 'dev-readonly: 9 minutes left',
      buttons: [{ title: 'Renew' }],
    });
  });

  it('is possible from the command line: the host learns the link of the lesser profile too', async () => {
    await bind(dev);
    await logIn();
    await add();
    await vi.waitFor(
      () =>
        expect(fake.asked('settings').at(-1)).toMatchObject({
          signInLinks: [
            { profile: 'dev', url: link },
            { profile: 'dev-readonly', url: link },
          ],
        }),
      soon,
    );
  });
});
