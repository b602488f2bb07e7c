import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerWell, type FakePort, type HostRequest } from '../../../test/fixtures/fake-browser.ts';
import { startSdkRehearsal } from '../../../test/fixtures/sdk-rehearsal.ts';
import { hold, stsError } from '../../../test/rehearsal/fault.ts';
import type { Rehearsal } from '../../../test/rehearsal/server.ts';
import { accounts, iamArn } from '../../../test/rehearsal/world.ts';
import type { Role } from '../../core/aws/role.ts';
import { type Failure, failure } from '../../core/failure.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import { forgetEverything } from '../delivery/forget.ts';
import { handleMessage } from '../handle-message.ts';
import { obtain } from '../login/ask-for-role.ts';
import { loginSeen } from '../login/take-up.ts';
import type { Binding } from '../rules/bindings.ts';
import { exportSettings } from '../settings/settings-file.ts';
import { makeView } from '../shown/view.ts';
import type { Login } from '../state/login.ts';
import { Memory } from '../state/memory.ts';
import { makeOnDemand } from './make-on-demand.ts';
import { removeOnDemand } from './remove-on-demand.ts';
import { serveTools } from './serve-tools.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;
let rehearsal: Rehearsal;

/** What tools ask the host: one answer to each wait, then the browser is closed. */
let waits: { wanted?: string[]; recent?: string[] }[];
/** Requests to the host that end with this failure. */
let hostFailures: Record<string, Failure>;
let understands: string[];

beforeAll(async () => {
  rehearsal = await startSdkRehearsal();
});
afterAll(() => rehearsal?.close());

beforeEach(() => {
  fake.reset();
  memory = new Memory();
  waits = [];
  hostFailures = {};
  understands = ['source', 'on-demand'];
  fake.answer = answerAsHost;
});
afterEach(() => {
  rehearsal.onSts = undefined;
  rehearsal.requests.length = 0;
});

function answerAsHost(request: HostRequest, port: FakePort): void {
  const { id, type } = request;
  const say = (value: object) => port.send({ version: 1, id, ok: true, value });
  const refusal = hostFailures[type];
  if (refusal !== undefined) port.send({ version: 1, id, ok: false, failure: refusal });
  else if (type === 'hello') say({ hostVersion: '2.0.0', credentialsFile: '/f', understands });
  else if (type === 'make-on-demand' || type === 'rename-on-demand') say({ configFile: '/c' });
  else if (type === 'remove-on-demand') say({ configFile: '/c', profiles: request.profiles ?? ['role-1'] });
  else if (type === 'refuse-tools') say({});
  else if (type === 'wait-for-tools') {
    const wait = waits.shift();
    if (wait === undefined) fake.drop(port, 'closed');
    else say({ wanted: [], recent: [], ...wait });
  } else answerWell(request, port);
}

const issuer = 'https://idp.rehearsal.test/metadata';
const role = (name: string, account = accounts.development): Role => ({
  roleArn: iamArn(account, `role/${name}`),
  providerArn: iamArn(account, 'saml-provider/Rehearsal'),
});

const logins = async () => ((await fake.session.get('logins')).logins ?? []) as Login[];
const bindings = async () => ((await fake.local.get('bindings')).bindings ?? []) as Binding[];
const settings = (chosen: Partial<Settings>) => fake.local.set({ settings: chosen });
const asked = () => rehearsal.requests.map(({ form }) => form.get('RoleArn')?.split('/').at(-1));
const written = () =>
  fake.asked('write-profiles').flatMap(({ profiles = [] }) => profiles.map(({ name }) => name));
const refusals = () =>
  fake.asked('refuse-tools').map((one) => [one.name, (one as { failure?: Failure }).failure?.code]);

/** A login of `user`, which offers many roles; none is chosen. */
async function logIn(user = 'dave', more: { roleSessionName?: string } = {}): Promise<Login> {
  const response = rehearsal.issueResponse({ user, ...more });
  await loginSeen(memory, {
    response,
    roleIndex: undefined,
    signInHost: 'signin.aws.amazon.com',
  });
  const [login] = await logins();
  if (login === undefined) throw new Error('no login');
  return login;
}

const allOf = ({ roles }: Login) =>
  roles.map(({ roleArn, providerArn }, index) => ({
    role: { roleArn, providerArn },
    profile: `role-${index}`,
  }));

/** On-demand profiles for all roles of a login, after which the browser was used for something else. */
async function made(user = 'dave'): Promise<Login> {
  const login = await logIn(user);
  expect(await makeOnDemand(memory, login.id, allOf(login))).toEqual({ ok: true, value: undefined });
  return login;
}

const nameOf = (login: Login, index: number) => login.roles[index]?.roleArn.split('/').at(-1);

describe('renaming an on-demand profile', () => {
  const renameTo = (login: Login, index: number, profile: string) => {
    const { roleArn = '', providerArn = '' } = login.roles[index] ?? {};
    const role = { roleArn, providerArn };
    return handleMessage(memory, { type: 'rename-binding', issuer, role, container: undefined, profile });
  };
  const profiles = async () => (await bindings()).map(({ profile }) => profile);

  it('has the host do it, and stays on demand under the new name', async () => {
    const login = await made();
    expect(await renameTo(login, 1, 'mine')).toEqual({ ok: true, value: undefined });
    expect(fake.asked('rename-on-demand')).toMatchObject([{ from: 'role-1', to: 'mine' }]);
    expect((await bindings()).find(({ profile }) => profile === 'mine')).toMatchObject({
      onDemand: true,
      sessionName: 'dave@rehearsal.test',
    });
    expect(await profiles()).not.toContain('role-1');
    expect((await makeView(memory, Date.now())).left).toEqual([]);
  });

  it('moves what was written there, so that forgetting takes it out of the right profile', async () => {
    const login = await made();
    const { roleArn = '', providerArn = '' } = login.roles[1] ?? {};
    await obtain(memory, login.id, { roleArn, providerArn });
    await renameTo(login, 1, 'mine');
    const role = (await makeView(memory, Date.now())).logins[0]?.roles[1];
    expect(role).toMatchObject({ state: 'saved', profile: 'mine', bound: true });
    await forgetEverything(memory);
    expect(fake.asked('remove-profile').map(({ name }) => name)).toEqual(['mine']);
  });

  it('changes nothing where the name is taken, or the host refuses', async () => {
    const login = await made();
    expect(await renameTo(login, 1, 'role-0')).toMatchObject({
      failure: { code: 'profile-bound-elsewhere' },
    });
    expect(fake.asked('rename-on-demand')).toEqual([]);
    hostFailures['rename-on-demand'] = failure('profiles-exist', { profiles: 'mine', file: '/c' });
    expect(await renameTo(login, 1, 'mine')).toMatchObject({ failure: { code: 'profiles-exist' } });
    expect(await profiles()).toContain('role-1');
  });
});

describe('making on-demand profiles for all roles of a login', () => {
  it('asks the host once and AWS not at all', async () => {
    const login = await made();
    const requests = fake.asked('make-on-demand');
    expect(requests).toHaveLength(1);
    expect(requests[0]?.profiles).toEqual(login.roles.map((_, index) => ({ name: `role-${index}` })));
    expect(asked()).toEqual([]);
    expect(written()).toEqual([]);
    expect(await bindings()).toMatchObject(
      login.roles.map(({ roleArn }, index) => ({
        issuer,
        roleArn,
        profile: `role-${index}`,
        sessionName: 'dave@rehearsal.test',
        onDemand: true,
      })),
    );
  });

  it('gives each the region that was chosen for it, and none where none was, whatever the settings have', async () => {
    await settings({ region: 'eu-west-1' });
    const login = await logIn();
    const [first, second] = allOf(login);
    if (first === undefined || second === undefined) throw new Error('too few roles');
    await makeOnDemand(memory, login.id, [{ ...first, region: 'us-east-2' }, second]);
    expect(fake.asked('make-on-demand')[0]?.profiles).toEqual([
      { name: 'role-0', region: 'us-east-2' },
      { name: 'role-1' },
    ]);
  });

  it.each<[string, string, string]>([
    ['gives them the administrator’s region', 'eu-west-1', 'eu-west-1'],
    ['gives them no region of another partition, though the administrator set it', 'cn-north-1', 'us-east-2'],
  ])('%s', async (_, region, given) => {
    fake.managed = { region };
    const login = await logIn();
    const wanted = allOf(login).map((one) => ({ ...one, region: 'us-east-2' }));
    await makeOnDemand(memory, login.id, wanted);
    expect(fake.asked('make-on-demand')[0]?.profiles?.[0]).toEqual({ name: 'role-0', region: given });
  });

  it('takes all of one login for those of one application, whenever they were made, and under any name', async () => {
    const login = await logIn();
    const [first, second, ...rest] = allOf(login);
    if (first === undefined || second === undefined) throw new Error('too few roles');
    await makeOnDemand(memory, login.id, [first, second]);
    await handleMessage(memory, { type: 'rename-binding', issuer, role: first.role, profile: 'mine' });
    await logIn();
    const [newest] = await logins();
    await makeOnDemand(memory, newest?.id ?? '', rest);
    const apps = (await bindings()).map(({ app }) => app);
    expect(apps).toHaveLength(login.roles.length);
    expect([...new Set(apps)]).toEqual([expect.stringMatching(/./)]);
    expect((await makeView(memory, Date.now())).bindings[0]).not.toHaveProperty('app');
  });

  it('takes those of another login, of which no role has a profile yet, for another application’s', async () => {
    await made();
    const [{ app } = {}] = await bindings();
    await fake.local.set({ bindings: [{ issuer, ...role('Other'), profile: 'x', onDemand: true, app }] });
    await made();
    const others = (await bindings()).filter(({ profile }) => profile !== 'x');
    expect(others.map((one) => one.app)).not.toContain(app);
  });

  it('binds nothing if the host refuses', async () => {
    hostFailures['make-on-demand'] = failure('profiles-exist', { profiles: 'role-0', file: '/c' });
    const login = await logIn();
    expect(await makeOnDemand(memory, login.id, allOf(login))).toMatchObject({
      failure: { code: 'profiles-exist' },
    });
    expect(await bindings()).toEqual([]);
  });

  it('says that an older host must be updated, and asks it nothing', async () => {
    understands = ['source'];
    const login = await logIn();
    expect(await makeOnDemand(memory, login.id, allOf(login))).toEqual({
      ok: false,
      failure: failure('host-older'),
    });
    expect(fake.asked('make-on-demand')).toEqual([]);
  });

  it('says that there is no host', async () => {
    hostFailures.hello = failure('origin-not-allowed', { origin: 'x' });
    const login = await logIn();
    expect(await makeOnDemand(memory, login.id, allOf(login))).toMatchObject({
      failure: { code: 'origin-not-allowed' },
    });
  });

  it.each<[string, object, string]>([
    ['profiles', { forbidProfiles: true }, 'policy-no-profiles'],
    ['the accounts', { allowedAccounts: ['999988887777'] }, 'policy-forbids'],
    ['the issuer', { allowedIssuers: ['https://other.example'] }, 'policy-forbids'],
  ])('is refused where the policy forbids %s', async (_, policy, code) => {
    fake.managed = { ...policy };
    const login = await logIn();
    expect(await makeOnDemand(memory, login.id, allOf(login))).toMatchObject({ failure: { code } });
    expect(fake.asked('make-on-demand')).toEqual([]);
  });

  it('takes no profile of another login, and no role that the login does not offer', async () => {
    await fake.local.set({
      bindings: [{ issuer, ...role('Other'), profile: 'role-3' }],
    });
    const login = await logIn();
    expect(await makeOnDemand(memory, login.id, allOf(login))).toMatchObject({
      failure: { code: 'profile-bound-elsewhere' },
    });
    const strange = { role: role('Strange', accounts.attacker), profile: 'x' };
    expect(await makeOnDemand(memory, login.id, [strange])).toMatchObject({
      failure: { code: 'credentials-expired' },
    });
    expect(fake.asked('make-on-demand')).toEqual([]);
  });

  it('is refused where nothing is to be saved', async () => {
    await settings({ behaviour: 'never' });
    const login = await logIn();
    expect(await makeOnDemand(memory, login.id, allOf(login))).toMatchObject({
      failure: { code: 'writing-off' },
    });
  });

  it('has logins written again after everything was forgotten', async () => {
    await made();
    await forgetEverything(memory);
    const login = await logIn('carol');
    const roles = [{ role: login.roles[0] as Role, profile: 'carols' }];
    expect(await handleMessage(memory, { type: 'make-on-demand', loginId: login.id, roles })).toMatchObject({
      ok: true,
    });
    expect((await makeView(memory, Date.now())).paused).toBe(false);
    waits = [{ wanted: ['carols'] }];
    await serveTools(memory);
    expect(written()).toEqual(['carols']);
  });

  it('stays on this machine when settings are exported', async () => {
    await made();
    const exported = await exportSettings(memory);
    expect(exported.ok && JSON.parse(exported.value)).toMatchObject({ bindings: [] });
  });
});

describe('the next login', () => {
  it('redeems what was used within the last day, and nothing else', async () => {
    await made();
    const next = await logIn();
    waits = [{ recent: ['role-7', 'role-3', 'somebody-elses'] }];
    await serveTools(memory);
    expect(asked().toSorted()).toEqual([nameOf(next, 3), nameOf(next, 7)].toSorted());
    expect(written().toSorted()).toEqual(['role-3', 'role-7']);
  });

  it('does so once, whatever comes after', async () => {
    await made();
    await logIn();
    waits = [{ recent: ['role-7'] }, { recent: ['role-7', 'role-8'] }, { recent: ['role-7', 'role-9'] }];
    await serveTools(memory);
    expect(written()).toEqual(['role-7']);
  });

  it.each<[string, Partial<Settings>]>([
    ['bound roles are not refreshed together', { refreshTogether: false }],
    ['a click is wanted first', { behaviour: 'ask' }],
  ])('redeems none of them where %s', async (_, chosen) => {
    await made();
    await settings(chosen);
    await logIn();
    waits = [{ recent: ['role-7'] }];
    await serveTools(memory);
    expect(asked()).toEqual([]);
  });

  it('under another name is written to none of them', async () => {
    await made();
    fake.session.clear();
    memory = new Memory();
    await logIn('dave', { roleSessionName: 'mallory' });
    waits = [{ recent: ['role-7'] }];
    await serveTools(memory);
    expect(written()).toEqual([]);
  });

  it('that is chosen on AWS’s page for a role goes on as usual', async () => {
    const first = await made();
    const response = rehearsal.issueResponse({ user: 'dave' });
    const roleIndex = first.roles[2]?.roleArn;
    await loginSeen(memory, { response, roleIndex, signInHost: 'signin.aws.amazon.com' });
    expect(written()).toEqual(['role-2']);
  });

  it('leaves the host alone if there are no on-demand profiles', async () => {
    await logIn();
    await serveTools(memory);
    expect(fake.asked('wait-for-tools')).toEqual([]);
  });

  it('asks an older host nothing that it does not know', async () => {
    await made();
    understands = ['source'];
    memory = new Memory();
    await logIn();
    await serveTools(memory);
    expect(fake.asked('wait-for-tools')).toEqual([]);
  });
});

describe('a tool that asks', () => {
  it('gets the role from the assertion: one call to STS for each', async () => {
    const login = await made();
    waits = [{}, { wanted: ['role-1', 'role-2'] }, { wanted: ['role-5'] }];
    await serveTools(memory);
    expect(asked().toSorted()).toEqual([1, 2, 5].map((index) => nameOf(login, index)).toSorted());
    expect(written().toSorted()).toEqual(['role-1', 'role-2', 'role-5']);
    expect(refusals()).toEqual([]);
  });

  it('makes STS be asked once, whoever asks meanwhile', async () => {
    const login = await made();
    const { hook, release } = hold();
    rehearsal.onSts = hook;
    const chosen = login.roles[1] ?? role('');
    const obtained = obtain(memory, login.id, chosen);
    await rehearsal.waitForRequest(({ action }) => action === 'AssumeRoleWithSAML');
    waits = [{ wanted: ['role-1'] }];
    const served = serveTools(memory);
    release();
    await Promise.all([obtained, served]);
    expect(asked()).toHaveLength(1);
    expect(refusals()).toEqual([]);
  });

  it('gets credentials again that were removed from the profile, without STS', async () => {
    await made();
    waits = [{ wanted: ['role-1'] }, { wanted: ['role-1'] }];
    await serveTools(memory);
    expect(asked()).toHaveLength(1);
    expect(written()).toEqual(['role-1', 'role-1']);
  });

  it('is told what AWS refused', async () => {
    await made();
    rehearsal.onSts = () => stsError(403, 'AccessDenied', 'Not authorized');
    waits = [{ wanted: ['role-1'] }];
    await serveTools(memory);
    expect(refusals()).toEqual([['role-1', 'sts-access-denied']]);
  });

  it('is told that the host cannot write', async () => {
    await made();
    hostFailures['write-profiles'] = failure('file-busy', { file: 'f' });
    waits = [{ wanted: ['role-1'] }];
    await serveTools(memory);
    expect(refusals()).toEqual([['role-1', 'file-busy']]);
  });

  it('is told that the login is somebody else’s', async () => {
    await made();
    fake.session.clear();
    memory = new Memory();
    await logIn('dave', { roleSessionName: 'mallory' });
    waits = [{ wanted: ['role-1'] }];
    await serveTools(memory);
    expect(refusals()).toEqual([['role-1', 'session-name-changed']]);
  });

  it('is told that the policy forbids it by now', async () => {
    await made();
    fake.managed = { allowedAccounts: ['999988887777'] };
    waits = [{ wanted: ['role-1'] }];
    await serveTools(memory);
    expect(refusals()).toEqual([['role-1', 'policy-forbids']]);
    expect(asked()).toEqual([]);
  });

  it('is told that everything was forgotten, or that a click is wanted first', async () => {
    await made();
    await settings({ behaviour: 'ask' });
    waits = [{ wanted: ['role-1'] }];
    await serveTools(memory);
    expect(refusals()).toEqual([['role-1', 'on-demand-waits']]);
    await forgetEverything(memory);
    await settings({});
    await logIn();
    waits = [{ wanted: ['role-2'] }];
    await serveTools(memory);
    expect(refusals().at(-1)).toEqual(['role-2', 'on-demand-waits']);
    expect(written()).toEqual([]);
  });

  it('is told that nothing is bound to a profile', async () => {
    await made();
    waits = [{ wanted: ['unknown'] }];
    await serveTools(memory);
    expect(refusals()).toEqual([['unknown', 'on-demand-unknown']]);
  });

  it('is told that the role is gone, or that another login is needed', async () => {
    const login = await made();
    const elsewhere = { issuer: 'https://other.example', ...role('X'), profile: 'x', onDemand: true };
    const [{ app } = {}] = await bindings();
    const gone = { issuer, ...role('Gone'), profile: 'gone', onDemand: true, app };
    await fake.local.set({ bindings: [...(await bindings()), elsewhere, gone] });
    waits = [{ wanted: ['x', 'gone', 'role-0'] }];
    await serveTools(memory);
    expect(refusals()).toEqual([
      ['x', 'assertion-expired'],
      ['gone', 'on-demand-gone'],
    ]);
    expect(asked()).toEqual([nameOf(login, 0)]);
  });

  it('is told that another login is needed where this one is of another application with the same entity id', async () => {
    await made();
    const other = { issuer, ...role('Other'), profile: 'other', onDemand: true, app: 'another' };
    await fake.local.set({ bindings: [...(await bindings()), other] });
    waits = [{ wanted: ['other'] }];
    await serveTools(memory);
    expect(refusals()).toEqual([['other', 'assertion-expired']]);
  });

  it('gets what a login brings that it waited for, though an earlier one had nothing', async () => {
    await made();
    await logIn();
    waits = [{ wanted: [] }];
    await serveTools(memory);
    await logIn('carol');
    waits = [{ wanted: [] }];
    await serveTools(memory);
    const again = fake.asked('wait-for-tools').map((one) => (one as { again?: boolean }).again);
    expect(again).toEqual([true, undefined, true, undefined]);
  });
});

describe('a profile with fewer rights beside an on-demand one', () => {
  const readOnly = { policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] };
  const lesserOf = ({ roles }: Login, index: number) => {
    const { roleArn = '', providerArn = '' } = roles[index] ?? {};
    return { roleArn, providerArn, sessionPolicy: readOnly };
  };
  const add = (login: Login, index = 1, profile = `role-${index}-readonly`) =>
    handleMessage(memory, { type: 'add-lesser', issuer, role: lesserOf(login, index), profile });
  /** Which role STS was asked for, and whether with a session policy. */
  const askedFor = () =>
    rehearsal.requests.map(({ form }) =>
      [form.get('RoleArn')?.split('/').at(-1), form.has('PolicyArns.member.1.arn') ? 'lesser' : 'whole'].join(
        ' ',
      ),
    );
  const lesserBindings = async () => (await bindings()).filter(({ sessionPolicy }) => sessionPolicy);
  const served = async (...wanted: string[]) => {
    waits = [{ wanted }];
    await serveTools(memory);
  };

  it('is one too: the host makes it, AWS is asked nothing, and it is for the same name and region', async () => {
    const login = await logIn();
    const regional = allOf(login).map((one) => ({ ...one, region: 'eu-west-1' }));
    await makeOnDemand(memory, login.id, regional);
    expect(await add(login)).toEqual({ ok: true, value: undefined });
    expect(fake.asked('make-on-demand')[1]?.profiles).toEqual([
      { name: 'role-1-readonly', region: 'eu-west-1' },
    ]);
    expect(asked()).toEqual([]);
    expect(await lesserBindings()).toMatchObject([
      { profile: 'role-1-readonly', sessionName: 'dave@rehearsal.test', onDemand: true },
    ]);
    const [wrote] = (await makeView(memory, Date.now())).history;
    expect(wrote).toMatchObject({ what: 'write', profile: 'role-1-readonly', rights: 'read-only' });
  });

  it('has AWS asked for fewer rights once a tool uses it, and for no others', async () => {
    understands.push('rights');
    const login = await made();
    await add(login);
    await served('role-1-readonly');
    expect(askedFor()).toEqual([`${nameOf(login, 1)} lesser`]);
    expect(fake.asked('write-profiles')[0]?.profiles).toMatchObject([
      { name: 'role-1-readonly', rights: 'read-only' },
    ]);
    expect(refusals()).toEqual([]);
  });

  it('comes along when a tool uses the full one, each with credentials of its own', async () => {
    const login = await made();
    await add(login);
    await served('role-1');
    expect(askedFor().toSorted()).toEqual([`${nameOf(login, 1)} lesser`, `${nameOf(login, 1)} whole`]);
    expect(written().toSorted()).toEqual(['role-1', 'role-1-readonly']);
    const keys = fake
      .asked('write-profiles')
      .flatMap(({ profiles = [] }) => profiles.map(({ credentials }) => credentials.accessKeyId));
    expect(new Set(keys).size).toBe(2);
  });

  it('leaves the full one usable where AWS refuses its session policy, and the tool learns why', async () => {
    const login = await made();
    await add(login);
    rehearsal.onSts = ({ form }) =>
      form.has('PolicyArns.member.1.arn') ? stsError(400, 'PackedPolicyTooLarge', '130%') : undefined;
    await served('role-1', 'role-1-readonly');
    expect(written()).toEqual(['role-1']);
    expect(refusals()).toEqual([['role-1-readonly', 'sts-session-policy-large']]);
  });

  it('is made where no login can be redeemed, and the next one serves it', async () => {
    const login = await made();
    fake.session.clear();
    memory = new Memory();
    await add(login);
    await logIn();
    await served('role-1-readonly');
    expect(askedFor()).toEqual([`${nameOf(login, 1)} lesser`]);
    expect(written()).toEqual(['role-1-readonly']);
  });

  it('alone is redeemed at the next login if it alone was used', async () => {
    const login = await made();
    await add(login);
    await logIn();
    waits = [{ recent: ['role-1-readonly'] }];
    await serveTools(memory);
    expect(askedFor()).toEqual([`${nameOf(login, 1)} lesser`]);
  });

  it('is written by each login if it was bound before the full one was made on demand', async () => {
    const login = await logIn();
    const role = lesserOf(login, 1);
    await fake.local.set({ bindings: [{ issuer, ...role, profile: 'look' }] });
    await makeOnDemand(memory, login.id, allOf(login));
    await logIn();
    expect(askedFor()).toEqual([`${nameOf(login, 1)} lesser`]);
    expect(written()).toEqual(['look']);
  });

  it('binds nothing if the host refuses, or its name is another profile’s', async () => {
    const login = await made();
    expect(await add(login, 1, 'role-2')).toMatchObject({ failure: { code: 'profile-bound-elsewhere' } });
    hostFailures['make-on-demand'] = failure('profiles-exist', { profiles: 'x', file: '/c' });
    expect(await add(login)).toMatchObject({ failure: { code: 'profiles-exist' } });
    expect(await lesserBindings()).toEqual([]);
    expect((await makeView(memory, Date.now())).logins[0]?.roles).toHaveLength(login.roles.length);
  });

  it('gets another name and goes alone, while the full one stays', async () => {
    const login = await made();
    await add(login);
    const role = lesserOf(login, 1);
    await handleMessage(memory, { type: 'rename-binding', issuer, role, profile: 'look' });
    expect(fake.asked('rename-on-demand')).toMatchObject([{ from: 'role-1-readonly', to: 'look' }]);
    expect(await lesserBindings()).toMatchObject([{ profile: 'look', onDemand: true }]);
    await removeOnDemand(memory, ['look']);
    expect(await lesserBindings()).toEqual([]);
    expect((await bindings()).map(({ profile }) => profile)).toContain('role-1');
  });

  it('stays on this machine when settings are exported, and goes when all are undone', async () => {
    const login = await made();
    await add(login);
    const exported = await exportSettings(memory);
    expect(exported.ok && JSON.parse(exported.value)).toMatchObject({ bindings: [] });
    await removeOnDemand(memory);
    expect(await bindings()).toEqual([]);
  });

  it('is given to no tool once the administrator demands less', async () => {
    const login = await made();
    await add(login);
    fake.managed = { sessionPolicies: [{ policyArns: ['arn:aws:iam::aws:policy/SecurityAudit'] }] };
    await served('role-1-readonly');
    expect(refusals()).toEqual([['role-1-readonly', 'policy-demands-session-policy']]);
    expect(asked()).toEqual([]);
  });

  it('is no role that profiles are made of for all', async () => {
    const login = await made();
    await add(login);
    const { logins: all } = await makeView(memory, Date.now());
    const lesser = all[0]?.roles.filter(({ sessionPolicy }) => sessionPolicy);
    expect(lesser).toMatchObject([{ state: 'offered', onDemand: true, profile: 'role-1-readonly' }]);
  });
});

describe('on-demand profiles that go', () => {
  it('are all undone at once, with their bindings and no others', async () => {
    await made();
    const own = { issuer, ...role('Mine'), profile: 'mine' };
    await fake.local.set({ bindings: [...(await bindings()), own] });
    expect(await removeOnDemand(memory)).toEqual({ ok: true, value: undefined });
    expect(fake.asked('remove-on-demand').map(({ profiles }) => profiles)).toEqual([undefined]);
    expect(await bindings()).toEqual([own]);
  });

  it('keep their bindings if the host cannot remove them', async () => {
    const login = await made();
    hostFailures['remove-on-demand'] = failure('file-busy', { file: 'f' });
    expect(await removeOnDemand(memory)).toMatchObject({ failure: { code: 'file-busy' } });
    expect(await bindings()).toHaveLength(login.roles.length);
  });

  it('are no longer shown as saved', async () => {
    await made();
    waits = [{ wanted: ['role-1'] }];
    await serveTools(memory);
    await removeOnDemand(memory, ['role-1']);
    expect((await logins())[0]?.sessions).toMatchObject([{ step: 'ready', delivery: { step: 'none' } }]);
  });

  it('are shown as gone once the newest login does not offer their roles', async () => {
    await made();
    const shown = async () =>
      (await makeView(memory, Date.now())).bindings.filter(({ gone }) => gone).map(({ profile }) => profile);
    expect(await shown()).toEqual([]);
    const sessionName = 'dave@rehearsal.test';
    const [{ app = '' } = {}] = await bindings();
    const gone = { issuer, ...role('Gone'), profile: 'gone', onDemand: true as const, sessionName, app };
    await fake.local.set({ bindings: [...(await bindings()), gone] });
    expect(await shown()).toEqual(['gone']);
    await logIn('bob');
    expect(await shown()).toEqual(['gone']);
    await removeOnDemand(memory, ['gone']);
    expect(await shown()).toEqual([]);
    expect(fake.asked('remove-on-demand').map(({ profiles }) => profiles)).toEqual([['gone']]);
  });
});
