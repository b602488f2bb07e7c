import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerWell, type FakePort, type HostRequest } from '../../../test/fixtures/fake-browser.ts';
import { aLogin, readySession } from '../../../test/fixtures/login.ts';
import { said } from '../../../test/fixtures/said.ts';
import { startSdkRehearsal } from '../../../test/fixtures/sdk-rehearsal.ts';
import { hold, stsError } from '../../../test/rehearsal/fault.ts';
import type { Rehearsal } from '../../../test/rehearsal/server.ts';
import { accounts, iamArn } from '../../../test/rehearsal/world.ts';
import { failure } from '../../core/failure.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import { deliver } from '../delivery/deliver.ts';
import { forgetEverything } from '../delivery/forget.ts';
import { handleMessage } from '../handle-message.ts';
import { giveUpRenewals, renew, signInAnswered, signInBegun } from '../renewal/renew.ts';
import { endPause } from '../rules/pause.ts';
import type { Login } from '../state/login.ts';
import { Memory } from '../state/memory.ts';
import { obtain, saveMany } from './ask-for-role.ts';
import { resumeLogins } from './resume.ts';
import { loginLedOn, loginSeen } from './take-up.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

const issuer = 'https://idp.rehearsal.test/metadata';
const hostileIssuer = 'https://prize.rehearsal.test/metadata';

const role = (name: string, account = accounts.development) => ({
  roleArn: iamArn(account, `role/${name}`),
  providerArn: iamArn(account, 'saml-provider/Rehearsal'),
});

/** As after a stop of the worker: nothing is left but what is in the browser's storage. */
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
  wake();
});

afterEach(() => {
  rehearsal.onSts = undefined;
  rehearsal.requests.length = 0;
});

const see = (response: string, roleIndex?: string) =>
  loginSeen(memory, { response, roleIndex, signInHost: 'signin.aws.amazon.com' });

const bind = (...bindings: { name: string; profile: string; issuer?: string }[]) =>
  fake.local.set({ bindings: bindings.map(({ name, ...rest }) => ({ issuer, ...role(name), ...rest })) });

const settings = (chosen: Partial<Settings>) => fake.local.set({ settings: chosen });

const logins = async () => ((await fake.session.get('logins')).logins ?? []) as Login[];
const rolesAsked = () => rehearsal.requests.map(({ form }) => form.get('RoleArn'));
const written = () =>
  fake
    .asked('write-profiles')
    .flatMap(({ profiles = [] }) =>
      profiles.map(({ name, principalArn }) => `${name}: ${principalArn.split('/')[1]}`),
    );

describe('a login', () => {
  it('whose exchange ends after that of a newer one leaves the newer alone', async () => {
    const older = rehearsal.issueResponse({ user: 'alice' });
    const { hook, release } = hold();
    rehearsal.onSts = (request) => (request.form.get('SAMLAssertion') === older ? hook(request) : undefined);
    const first = see(older);
    await rehearsal.waitForRequest(({ action }) => action === 'AssumeRoleWithSAML');
    await see(rehearsal.issueResponse({ user: 'alice' }));
    release();
    await first;
    expect((await logins())[0]).toMatchObject({ sessions: [{ step: 'ready' }] });
  });

  it('that cannot be read stays shown when another one’s exchange ends', async () => {
    const { hook, release } = hold();
    rehearsal.onSts = hook;
    const first = see(rehearsal.issueResponse({ user: 'alice' }));
    await rehearsal.waitForRequest(({ action }) => action === 'AssumeRoleWithSAML');
    await see('%%%');
    release();
    await first;
    expect(await logins()).toMatchObject([{ failure: { code: 'assertion-not-base64' } }, {}]);
  });

  it('that comes again after it was forgotten, though not out of the file, is taken up anew', async () => {
    await bind({ name: 'Developer', profile: 'dev' });
    const response = rehearsal.issueResponse({ user: 'alice' });
    await see(response);
    fake.answer = ({ id, type, ...request }: HostRequest, port: FakePort) =>
      type === 'remove-profile'
        ? port.send({ version: 1, id, ok: false, failure: failure('file-busy', { file: 'f' }) })
        : answerWell({ id, type, ...request }, port);
    expect(await forgetEverything(memory)).toMatchObject({ ok: false });
    expect(await logins()).toMatchObject([{ sessions: [{ step: 'forgotten', left: { profile: 'dev' } }] }]);
    await endPause(memory);
    await see(response);
    expect(written()).toEqual(['dev: Developer', 'dev: Developer']);
    expect(await logins()).toMatchObject([{ sessions: [{ delivery: { step: 'written' } }] }]);
  });

  it('of a role that was forgotten, though not out of the file, hides that only where it is written there', async () => {
    await bind({ name: 'Developer', profile: 'dev' });
    await see(rehearsal.issueResponse({ user: 'alice' }));
    fake.answer = ({ id, type, ...request }: HostRequest, port: FakePort) =>
      type === 'remove-profile'
        ? port.send({ version: 1, id, ok: false, failure: failure('file-busy', { file: 'f' }) })
        : answerWell({ id, type, ...request }, port);
    await forgetEverything(memory);
    await settings({ behaviour: 'ask' });
    await see(rehearsal.issueResponse({ user: 'alice' }));
    const left = { sessions: [{ step: 'forgotten', left: { profile: 'dev' } }] };
    expect(await logins()).toMatchObject([{ sessions: [{ step: 'ready' }] }, left]);
    await settings({ behaviour: 'write' });
    await endPause(memory);
    await see(rehearsal.issueResponse({ user: 'alice' }));
    const kept = (await logins()).flatMap(({ sessions }) => sessions);
    expect(kept).toMatchObject([{ delivery: { step: 'written', profile: 'dev' } }]);
  });

  it('that is forgotten while STS is asked does not come back with the answer', async () => {
    const { hook, release } = hold();
    rehearsal.onSts = hook;
    await bind({ name: 'Developer', profile: 'dev' });
    const seen = see(rehearsal.issueResponse({ user: 'alice' }));
    await rehearsal.waitForRequest(({ action }) => action === 'AssumeRoleWithSAML');
    expect(await forgetEverything(memory)).toMatchObject({ ok: true });
    release();
    await seen;
    expect(await logins()).toEqual([]);
    expect(written()).toEqual([]);
  });

  it('never binds by itself: a binding that was let go during the writing stays gone', async () => {
    await bind({ name: 'Developer', profile: 'dev' });
    fake.answer = async (request, port) => {
      if (request.type === 'write-profiles') await bind();
      answerWell(request, port);
    };
    await see(rehearsal.issueResponse({ user: 'alice' }));
    expect((await fake.local.get('bindings')).bindings).toEqual([]);
  });

  it('is asked only for roles that it offers', async () => {
    await see(rehearsal.issueResponse({ user: 'bob' }));
    const [login] = await logins();
    await obtain(memory, login?.id ?? '', role('Developer'));
    expect(rehearsal.requests).toEqual([]);
  });

  it('with a bound role is written to its profile without a word', async () => {
    await bind({ name: 'Developer', profile: 'dev' });
    await see(rehearsal.issueResponse({ user: 'alice' }));
    expect(written()).toEqual(['dev: Developer']);
    expect(await logins()).toMatchObject([
      { sessions: [{ step: 'ready', delivery: { step: 'written', profile: 'dev' } }] },
    ]);
  });

  it('wakes the host while STS is still being asked', async () => {
    const { hook, release } = hold();
    rehearsal.onSts = hook;
    const seen = see(rehearsal.issueResponse({ user: 'alice' }));
    await rehearsal.waitForRequest(({ action }) => action === 'AssumeRoleWithSAML');
    expect(fake.asked('hello')).toHaveLength(1);
    expect(await logins()).toMatchObject([{ sessions: [{ step: 'exchanging' }] }]);
    release();
    await seen;
  });

  it('with a role that is bound to nothing is held, and writes nothing', async () => {
    await bind({ name: 'Admin', profile: 'dev' });
    await see(rehearsal.issueResponse({ user: 'alice' }));
    expect(written()).toEqual([]);
    expect(await logins()).toMatchObject([{ sessions: [{ step: 'ready', delivery: { step: 'none' } }] }]);
  });

  it.each([
    ['through another issuer', { issuer: hostileIssuer }],
    ['through another provider', { providerArn: iamArn(accounts.development, 'saml-provider/Other') }],
    ['of another account', { roleArn: iamArn(accounts.production, 'role/Developer') }],
    ['whose name merely begins the same', { roleArn: iamArn(accounts.development, 'role/Dev') }],
  ])('writes nothing when the binding is that of a role %s', async (_, other) => {
    await fake.local.set({ bindings: [{ issuer, ...role('Developer'), ...other, profile: 'dev' }] });
    await see(rehearsal.issueResponse({ user: 'alice' }));
    expect(await logins()).toMatchObject([{ sessions: [{ step: 'ready' }] }]);
    expect(written()).toEqual([]);
  });

  it('of a stranger, posted by a web page, writes nothing', async () => {
    await bind({ name: 'Developer', profile: 'developer' });
    await see(rehearsal.issueResponse({ user: 'mallory' }));
    expect(written()).toEqual([]);
    expect(fake.local.everything()).not.toContain(accounts.attacker);
  });

  it('that only claims to come from the known issuer is refused by AWS and writes nothing', async () => {
    await bind({ name: 'Developer', profile: 'dev' });
    const { roleArn, providerArn } = role('Developer');
    const roles = [{ role: roleArn, provider: providerArn }];
    await see(rehearsal.issueResponse({ user: 'mallory', issuer, roles }));
    expect(await logins()).toMatchObject([
      { issuer, sessions: [{ step: 'failed', failure: { code: 'sts-invalid-token' } }] },
    ]);
    expect(written()).toEqual([]);
  });

  it('is exchanged in the region of its sign-in host', async () => {
    const response = rehearsal.issueResponse({ user: 'alice' });
    await loginSeen(memory, {
      response,
      roleIndex: undefined,
      signInHost: 'eu-west-1.signin.aws.amazon.com',
    });
    expect(await logins()).toMatchObject([{ sessions: [{ region: 'eu-west-1' }] }]);
  });

  describe('that AWS leads on to a regional sign-in host', () => {
    const at = (host: string, response: string | undefined) => ({
      response,
      roleIndex: undefined,
      signInHost: `${host}signin.aws.amazon.com`,
    });
    const hosts = async () => (await logins()).map(({ signInHost }) => signInHost);

    it('has that region, and is neither asked for nor noted a second time', async () => {
      rehearsal.onSts = () => stsError(403, 'AccessDenied', 'Not authorized');
      const response = rehearsal.issueResponse({ user: 'alice' });
      await loginSeen(memory, at('', response));
      await loginLedOn(memory, at('eu-west-1.', response));
      expect(await hosts()).toEqual(['eu-west-1.signin.aws.amazon.com']);
      expect(rolesAsked()).toHaveLength(1);
      const noted = ((await fake.session.get('history')).history ?? []) as { what: string }[];
      expect(noted.filter(({ what }) => what === 'login')).toHaveLength(1);
    });

    it('has it too where both are seen at once, as by a worker that they wake', async () => {
      const response = rehearsal.issueResponse({ user: 'alice' });
      await Promise.all([
        loginLedOn(memory, at('eu-west-1.', response)),
        loginSeen(memory, at('', response)),
      ]);
      expect(await hosts()).toEqual(['eu-west-1.signin.aws.amazon.com']);
      expect(await logins()).toMatchObject([{ sessions: [{ step: 'ready' }] }]);
    });

    it('has it too where the role is chosen there, and keeps it when the global host comes again', async () => {
      const response = rehearsal.issueResponse({ user: 'bob' });
      await loginSeen(memory, at('', response));
      await loginSeen(memory, { ...at('us-west-2.', response), roleIndex: role('Admin').roleArn });
      await loginSeen(memory, at('', response));
      expect(await hosts()).toEqual(['us-west-2.signin.aws.amazon.com']);
    });

    it('is still one login if its body was withheld', async () => {
      await loginSeen(memory, at('', undefined));
      await loginLedOn(memory, at('eu-west-1.', undefined));
      expect(await logins()).toHaveLength(1);
    });
  });

  it('that cannot be read is shown, and nobody is asked about it', async () => {
    await loginSeen(memory, { response: undefined, roleIndex: undefined, signInHost: 'x' });
    await see('%%%');
    expect(await logins()).toMatchObject([
      { failure: { code: 'assertion-not-base64' } },
      { failure: { code: 'capture-no-body' } },
    ]);
    expect(rehearsal.requests).toEqual([]);
  });

  it('shows that the profile was not written when there is no host', async () => {
    await bind({ name: 'Developer', profile: 'dev' });
    fake.answer = (_, port) => fake.drop(port, 'Specified native messaging host not found.');
    await see(rehearsal.issueResponse({ user: 'alice' }));
    expect(await logins()).toMatchObject([
      { sessions: [{ delivery: { step: 'failed', failure: { code: 'host-not-installed' } } }] },
    ]);
  });

  it('that is encrypted keeps the role that was chosen at AWS, though its first POST is read after that', async () => {
    const response = rehearsal.issueResponse({ user: 'erin' });
    await see(response, role('Auditor').roleArn);
    await see(response);
    expect(await logins()).toMatchObject([{ encrypted: true, chosenRoleArn: role('Auditor').roleArn }]);
  });

  it('that is posted twice is exchanged and written once', async () => {
    await bind({ name: 'Developer', profile: 'dev' });
    const response = rehearsal.issueResponse({ user: 'alice' });
    await Promise.all([see(response), see(response)]);
    await see(response, role('Developer').roleArn);
    expect(rolesAsked()).toHaveLength(1);
    expect(written()).toHaveLength(1);
    expect(await logins()).toHaveLength(1);
  });

  it('that AWS refused is tried again when the user asks for it', async () => {
    await bind({ name: 'Developer', profile: 'dev' });
    rehearsal.onSts = () => stsError(403, 'AccessDenied', 'Not authorized');
    await see(rehearsal.issueResponse({ user: 'alice' }));
    const [login] = await logins();
    expect(login?.sessions).toMatchObject([{ step: 'failed', failure: { code: 'sts-access-denied' } }]);
    rehearsal.onSts = undefined;
    await obtain(memory, login?.id ?? '', role('Developer'));
    expect(await logins()).toMatchObject([{ sessions: [{ step: 'ready' }] }]);
    expect(written()).toEqual(['dev: Developer']);
  });

  it('makes older credentials of the same role go', async () => {
    await see(rehearsal.issueResponse({ user: 'alice' }));
    const [older] = await logins();
    await see(rehearsal.issueResponse({ user: 'alice' }));
    const now = await logins();
    expect(now[0]?.sessions).toMatchObject([{ step: 'ready' }]);
    expect(now.find(({ id }) => id === older?.id)?.sessions ?? []).toEqual([]);
  });

  it('whose role AWS refuses leaves the credentials of the one before to be copied', async () => {
    await see(rehearsal.issueResponse({ user: 'alice' }));
    const [older] = await logins();
    rehearsal.onSts = () => stsError(403, 'AccessDenied', 'Not authorized');
    await see(rehearsal.issueResponse({ user: 'alice' }));
    expect(await logins()).toMatchObject([{ sessions: [{ step: 'failed' }] }, {}]);
    const copy = { loginId: older?.id ?? '', role: role('Developer'), format: 'bash' } as const;
    expect(await handleMessage(memory, { type: 'env-vars', ...copy })).toMatchObject({ ok: true });
  });
});

describe('AWS', () => {
  it('is not asked for a role of IAM Identity Center, which it gives to nobody this way', async () => {
    const { roleArn, providerArn } = role(
      'aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef',
    );
    await see(rehearsal.issueResponse({ user: 'alice', roles: [{ role: roleArn, provider: providerArn }] }));
    expect(rehearsal.requests).toEqual([]);
    expect(await logins()).toMatchObject([{ sessions: [{ failure: { code: 'role-reserved' } }] }]);
  });

  it('is asked again where too many ask it, as long as it takes the assertion', async () => {
    // The shortest of pauses: they are left to chance.
    const chance = vi.spyOn(Math, 'random').mockReturnValue(0);
    const throttled = stsError(400, 'Throttling', 'Rate exceeded');
    // The SDK itself asks three times.
    rehearsal.onSts = () => (rehearsal.requests.length <= 3 ? throttled : undefined);
    await see(rehearsal.issueResponse({ user: 'alice' }));
    chance.mockRestore();
    expect(await logins()).toMatchObject([{ sessions: [{ step: 'ready' }] }]);
  });

  it('is asked at once for the longest that a role is known to grant', async () => {
    await settings({ sessionDuration: 43_200 });
    const known = { issuer, ...role('Admin'), maximum: 14_400, maximumLearntAt: Date.now() };
    await fake.local.set({ roles: [known] });
    await see(rehearsal.issueResponse({ user: 'bob' }), role('Admin').roleArn);
    expect(rehearsal.requests.map(({ form }) => form.get('DurationSeconds'))).toEqual(['14400']);
  });

  it('may have another time than this machine: credentials end by the clock that is here', async () => {
    const twoHoursOn = new Date(Date.now() + 2 * 3_600_000);
    rehearsal.onSts = () => ({
      status: 200,
      headers: { 'content-type': 'text/xml', date: new Date(Date.now() + 3_600_000).toUTCString() },
      body:
        '<AssumeRoleWithSAMLResponse><AssumeRoleWithSAMLResult><AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/Developer/jo</Arn>' +
        '</AssumedRoleUser><Credentials><AccessKeyId>ASIAKIDAKIDAKID1</AccessKeyId>' +
        '<SecretAccessKey>abc</SecretAccessKey><SessionToken>t</SessionToken>' +
        `<Expiration>${twoHoursOn.toISOString()}</Expiration></Credentials>` +
        '</AssumeRoleWithSAMLResult></AssumeRoleWithSAMLResponse>',
    });
    await see(rehearsal.issueResponse({ user: 'alice' }));
    const [session] = (await logins())[0]?.sessions ?? [];
    const left = session?.step === 'ready' ? session.endsAt - Date.now() : 0;
    expect(Math.round(left / 60_000)).toBe(60);
  });
});

describe('a login that the browser has in its memory', () => {
  async function everStored(see: () => Promise<void>): Promise<Login[][]> {
    const stored: Login[][] = [];
    const { set } = fake.session;
    const spy = vi.spyOn(fake.session, 'set').mockImplementation(async (values) => {
      if ('logins' in values) stored.push(structuredClone(values.logins) as Login[]);
      await set(values);
    });
    await see();
    spy.mockRestore();
    return stored;
  }

  it('is never there without its exchange, in case the worker is stopped between the two', async () => {
    const stored = await everStored(() => see(rehearsal.issueResponse({ user: 'alice' })));
    expect(stored.length).toBeGreaterThan(1);
    for (const [login] of stored) expect(login?.sessions).toHaveLength(1);
  });

  it('never has the credentials of a bound role and nothing under way for them', async () => {
    await bind({ name: 'Developer', profile: 'dev' });
    const stored = await everStored(() => see(rehearsal.issueResponse({ user: 'alice' })));
    const deliveries = stored.flatMap(([login]) =>
      (login?.sessions ?? []).flatMap((session) => (session.step === 'ready' ? [session.delivery.step] : [])),
    );
    expect(deliveries).toContain('writing');
    expect(deliveries).not.toContain('none');
  });

  it('is never there with its role chosen and nothing done about it', async () => {
    const response = rehearsal.issueResponse({ user: 'bob' });
    await see(response);
    const stored = await everStored(() => see(response, role('Admin').roleArn));
    for (const [login] of stored) expect(login?.sessions).toHaveLength(1);
  });
});

describe('a login with several roles', () => {
  it('asks AWS for none of them until one is chosen', async () => {
    await see(rehearsal.issueResponse({ user: 'bob' }));
    expect(rehearsal.requests).toEqual([]);
    expect(await logins()).toMatchObject([{ roles: [role('Admin'), role('AdminReadOnly')], sessions: [] }]);
  });

  it.each(['Admin', 'AdminReadOnly'])('takes exactly the role that was chosen: %s', async (name) => {
    await bind({ name: 'Admin', profile: 'dev' }, { name: 'AdminReadOnly', profile: 'look' });
    await settings({ refreshTogether: false });
    const response = rehearsal.issueResponse({ user: 'bob' });
    await see(response);
    await see(response, role(name).roleArn);
    expect(rolesAsked()).toEqual([role(name).roleArn]);
    expect(written()).toEqual([name === 'Admin' ? 'dev: Admin' : 'look: AdminReadOnly']);
    expect(await logins()).toHaveLength(1);
  });

  it.each(['Adm', 'admin', 'Admin/', 'AdminReadOnl'])('takes none for the role index %s', async (name) => {
    await see(rehearsal.issueResponse({ user: 'bob' }), role(name).roleArn);
    expect(rehearsal.requests).toEqual([]);
    expect(await logins()).toMatchObject([{ failure: { code: 'role-not-in-assertion' } }]);
  });

  it('goes on when after a wrong choice a right one is made', async () => {
    const response = rehearsal.issueResponse({ user: 'bob' });
    await see(response, 'nonsense'.repeat(1000));
    expect(said((await logins())[0]?.failure).length).toBeLessThan(400);
    await see(response, role('Admin').roleArn);
    expect(await logins()).toMatchObject([{ failure: undefined, sessions: [{ step: 'ready' }] }]);
  });

  it('can give each of its roles, at the same time too, to a profile of its own', async () => {
    await bind({ name: 'Admin', profile: 'dev' }, { name: 'AdminReadOnly', profile: 'look' });
    const response = rehearsal.issueResponse({ user: 'bob' });
    await Promise.all([see(response, role('Admin').roleArn), see(response, role('AdminReadOnly').roleArn)]);
    expect(written().toSorted()).toEqual(['dev: Admin', 'look: AdminReadOnly']);
    expect(await logins()).toMatchObject([
      { sessions: [{ delivery: { step: 'written' } }, { delivery: { step: 'written' } }] },
    ]);
  });

  it('keeps what one role gave when AWS refuses another', async () => {
    const response = rehearsal.issueResponse({ user: 'bob' });
    await see(response, role('Admin').roleArn);
    rehearsal.onSts = () => stsError(403, 'AccessDenied', 'Not authorized');
    await see(response, role('AdminReadOnly').roleArn);
    expect(await logins()).toMatchObject([
      {
        sessions: [
          { role: role('Admin'), step: 'ready' },
          { role: role('AdminReadOnly'), step: 'failed' },
        ],
      },
    ]);
  });
});

describe('the bound roles of one assertion', () => {
  beforeEach(() => bind({ name: 'Admin', profile: 'dev' }, { name: 'AdminReadOnly', profile: 'look' }));

  it('are refreshed together without a click, with one write', async () => {
    const response = rehearsal.issueResponse({ user: 'bob' });
    await see(response);
    expect(written().toSorted()).toEqual(['dev: Admin', 'look: AdminReadOnly']);
    expect(fake.asked('write-profiles')).toHaveLength(1);
    await see(response, role('Admin').roleArn);
    expect(rolesAsked()).toHaveLength(2);
  });

  it('do not take along those that are not bound', async () => {
    await bind({ name: 'Admin', profile: 'dev' });
    await see(rehearsal.issueResponse({ user: 'bob' }));
    expect(rolesAsked()).toEqual([role('Admin').roleArn]);
  });

  it('do not take along those of another issuer', async () => {
    await bind({ name: 'Admin', profile: 'dev', issuer: hostileIssuer });
    await see(rehearsal.issueResponse({ user: 'bob' }));
    expect(rehearsal.requests).toEqual([]);
  });

  it.each(['ask', 'never'] as const)('are left alone where Roleferry is set to %s', async (behaviour) => {
    await settings({ behaviour });
    await see(rehearsal.issueResponse({ user: 'bob' }));
    expect(rehearsal.requests).toEqual([]);
  });

  it('wait for the user where that was switched off while STS was asked for the others', async () => {
    const { hook, release } = hold();
    rehearsal.onSts = (request) =>
      request.form.get('RoleArn') === role('AdminReadOnly').roleArn ? hook(request) : undefined;
    const seen = see(rehearsal.issueResponse({ user: 'bob' }));
    await vi.waitFor(() => expect(fake.session.everything()).toContain('"byBinding"'), 10_000);
    await settings({ behaviour: 'ask' });
    release();
    await seen;
    expect(written()).toEqual([]);
    expect((await logins())[0]?.sessions).toMatchObject([
      { delivery: { step: 'none' } },
      { delivery: { step: 'none' } },
    ]);
  });

  it('keep what went well when one is refused', async () => {
    rehearsal.onSts = ({ form }) =>
      form.get('RoleArn')?.endsWith('/Admin') ? stsError(403, 'AccessDenied', 'Not authorized') : undefined;
    await see(rehearsal.issueResponse({ user: 'bob' }));
    expect(written()).toEqual(['look: AdminReadOnly']);
    expect((await logins())[0]?.sessions.map(({ step }) => step).toSorted()).toEqual(['failed', 'ready']);
  });
});

describe('what Roleferry is set to do with a bound login', () => {
  beforeEach(() => bind({ name: 'Developer', profile: 'dev' }));

  it('is to ask: nothing is written before the click, and then it is', async () => {
    await settings({ behaviour: 'ask' });
    await see(rehearsal.issueResponse({ user: 'alice' }));
    const [login] = await logins();
    expect(login?.sessions).toMatchObject([{ step: 'ready', delivery: { step: 'none' } }]);
    expect(fake.asked('write-profiles')).toEqual([]);
    await saveMany(memory, login?.id ?? '', [{ role: role('Developer'), profile: 'dev' }]);
    expect(written()).toEqual(['dev: Developer']);
  });

  it('is never to write, not even after a click', async () => {
    await settings({ behaviour: 'never' });
    await see(rehearsal.issueResponse({ user: 'alice' }));
    const [login] = await logins();
    await saveMany(memory, login?.id ?? '', [{ role: role('Developer'), profile: 'dev' }]);
    expect(fake.asked('write-profiles')).toEqual([]);
    expect((await logins())[0]?.sessions).toMatchObject([
      { delivery: { step: 'failed', failure: { code: 'writing-off' } } },
    ]);
  });
});

describe('several roles saved at once', () => {
  const projects = Array.from(
    { length: 12 },
    (_, index) => `team/Project-${String(index + 1).padStart(2, '0')}`,
  );
  const wanted = projects.map((name, index) => ({ role: role(name), profile: `project-${index + 1}` }));

  async function daveLogsIn(): Promise<string> {
    await see(rehearsal.issueResponse({ user: 'dave' }));
    return (await logins())[0]?.id ?? '';
  }

  it('are exchanged and written with one message to the host, and bound from then on', async () => {
    const id = await daveLogsIn();
    expect(await saveMany(memory, id, wanted)).toEqual({ ok: true, value: undefined });
    expect(fake.asked('write-profiles').map(({ profiles }) => profiles?.length)).toEqual([12]);
    expect((await fake.local.get('bindings')).bindings).toHaveLength(12);
    expect((await logins())[0]?.sessions.every((one) => one.step === 'ready')).toBe(true);
  });

  it('each have a result of their own', async () => {
    const id = await daveLogsIn();
    rehearsal.onSts = ({ form }) =>
      form.get('RoleArn')?.endsWith('-02') ? stsError(403, 'AccessDenied', 'Not authorized') : undefined;
    const [first, second, third, fourth] = wanted;
    if (!first || !second || !third || !fourth) throw new Error('four are wanted');
    const orders = [first, second, { ...third, profile: 'a b' }, { ...fourth, profile: first.profile }];
    await saveMany(memory, id, orders);
    const sessions = (await logins())[0]?.sessions ?? [];
    const of = ({ role: { roleArn } }: { role: { roleArn: string } }) =>
      sessions.find((session) => session.role.roleArn === roleArn);
    expect(of(first)).toMatchObject({ delivery: { step: 'written', profile: 'project-1' } });
    expect(of(second)).toMatchObject({
      step: 'failed',
      failure: { code: 'sts-access-denied' },
      profile: 'project-2',
    });
    expect(of(third)).toMatchObject({ delivery: { failure: { code: 'profile-name-invalid' } } });
    expect(of(fourth)).toMatchObject({ delivery: { failure: { code: 'profile-bound-elsewhere' } } });
    expect((await fake.local.get('bindings')).bindings).toHaveLength(1);
  });

  it('go on after a stop of the worker in the middle, each to the profile that it was given', async () => {
    const id = await daveLogsIn();
    const { hook, release } = hold();
    rehearsal.onSts = hook;
    const interrupted = saveMany(memory, id, wanted.slice(0, 3));
    await rehearsal.waitForRequest(({ action }) => action === 'AssumeRoleWithSAML');
    const atThatMoment = await logins();
    rehearsal.onSts = undefined;
    release();
    await interrupted;
    fake.ports.length = 0;
    await fake.local.set({ bindings: [] });
    await fake.session.set({ logins: atThatMoment });
    wake();
    await resumeLogins(memory);
    expect(fake.asked('write-profiles').map(({ profiles }) => profiles?.length)).toEqual([3]);
    expect((await fake.local.get('bindings')).bindings).toHaveLength(3);
  });

  it('are none where the login has no such roles', async () => {
    const id = await daveLogsIn();
    const foreign = [{ role: role('Developer'), profile: 'dev' }];
    expect(await saveMany(memory, id, foreign)).toMatchObject({ ok: false });
    expect(rehearsal.requests).toEqual([]);
  });
});

describe('after a stop of the worker', () => {
  /** A login of alice's in the middle of something. */
  const interrupted = (change: Partial<Login>): Login =>
    aLogin({
      issuer,
      roles: [role('Developer')],
      response: rehearsal.issueResponse({ user: 'alice' }),
      ...change,
    });

  async function resume(login: Login) {
    await fake.session.set({ logins: [login] });
    wake();
    await resumeLogins(memory);
  }

  it('in the exchange, STS is asked again, and a bound role is written', async () => {
    await bind({ name: 'Developer', profile: 'dev' });
    await resume(interrupted({ sessions: [{ role: role('Developer'), step: 'exchanging' }] }));
    expect(rolesAsked()).toHaveLength(1);
    expect(written()).toEqual(['dev: Developer']);
    expect(await logins()).toMatchObject([{ sessions: [{ delivery: { step: 'written' } }] }]);
  });

  it('in the exchange, an assertion that AWS takes no longer is not sent, and that is shown', async () => {
    const sessions = [{ role: role('Developer'), step: 'exchanging' as const }];
    await resume(interrupted({ sessions, redeemBefore: Date.now() - 1 }));
    expect(rehearsal.requests).toEqual([]);
    expect(await logins()).toMatchObject([
      { sessions: [{ step: 'failed', failure: { code: 'assertion-expired' } }] },
    ]);
  });

  it('in the writing, it is written again with all that the user said', async () => {
    await bind({ name: 'Admin', profile: 'dev' });
    const delivery = { step: 'writing' as const, profile: 'dev', takeOver: true, replace: true };
    await resume(interrupted({ sessions: [readySession({ role: role('Developer'), delivery })] }));
    expect(fake.asked('write-profiles')).toMatchObject([{ profiles: [{ name: 'dev', replace: true }] }]);
    expect(await logins()).toMatchObject([{ sessions: [{ delivery: { step: 'written', profile: 'dev' } }] }]);
    expect(rehearsal.requests).toEqual([]);
  });

  it('in the writing by a binding that was removed since, it waits for the user', async () => {
    const delivery = { step: 'writing' as const, profile: 'dev', byBinding: true };
    await resume(interrupted({ sessions: [readySession({ role: role('Developer'), delivery })] }));
    expect(written()).toEqual([]);
    expect(await logins()).toMatchObject([{ sessions: [{ step: 'ready', delivery: { step: 'none' } }] }]);
  });

  it('between the two, a bound role is written, and an unbound one is held', async () => {
    const login = interrupted({ sessions: [readySession({ role: role('Developer') })] });
    await resume(login);
    expect(written()).toEqual([]);
    await bind({ name: 'Developer', profile: 'dev' });
    await resume(login);
    expect(fake.asked('write-profiles')).toHaveLength(1);
  });

  it('what was done stays done', async () => {
    const delivery = { step: 'written' as const, profile: 'dev' };
    const login = interrupted({ sessions: [readySession({ role: role('Developer'), delivery })] });
    await resume(login);
    expect(fake.ports).toEqual([]);
    expect(rehearsal.requests).toEqual([]);
    expect(await logins()).toEqual([login]);
  });

  it('the same login, posted at that moment, is still exchanged once', async () => {
    const login = interrupted({});
    await see(login.response ?? '');
    rehearsal.requests.length = 0;
    const [known] = await logins();
    const sessions = [{ role: role('Developer'), step: 'exchanging' as const }];
    await fake.session.set({ logins: [{ ...known, sessions }] });
    wake();
    await Promise.all([resumeLogins(memory), see(login.response ?? '')]);
    expect(rolesAsked()).toHaveLength(1);
    expect(await logins()).toMatchObject([{ sessions: [{ step: 'ready' }] }]);
  });
});

describe('the length of a session', () => {
  const hour = 3600;
  const wish = async (seconds: number | null) => {
    const loginId = (await logins())[0]?.id ?? '';
    await handleMessage(memory, { type: 'wish-duration', loginId, role: role('Developer'), seconds });
  };
  const lengthsAsked = async () => {
    rehearsal.requests.length = 0;
    await see(rehearsal.issueResponse({ user: 'alice' }));
    return rehearsal.requests.map(({ form }) => form.get('DurationSeconds'));
  };
  /** As AWS does with a role that grants only so many hours. */
  const grant = (hours: number) => {
    rehearsal.onSts = ({ form }) =>
      Number(form.get('DurationSeconds')) > hours * hour
        ? stsError(
            400,
            'ValidationError',
            'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
          )
        : undefined;
  };

  beforeEach(() => bind({ name: 'Developer', profile: 'dev' }));
  afterEach(() => vi.useRealTimers());

  it('is what the user wants for this role: as the settings say, so long, or what AWS gives', async () => {
    await settings({ sessionDuration: 2 * hour });
    expect(await lengthsAsked()).toEqual(['7200']);
    await wish(hour);
    expect(await lengthsAsked()).toEqual(['3600']);
    await wish(0);
    expect(await lengthsAsked()).toEqual([null]);
    await wish(null);
    expect(await lengthsAsked()).toEqual(['7200']);
  });

  it('is as long as the role grants since it was raised, after a week at most, for who logs in daily', async () => {
    await settings({ sessionDuration: 2 * hour });
    vi.useFakeTimers({ toFake: ['Date'] });
    grant(1);
    expect(await lengthsAsked()).toEqual(['7200', '3600']);
    grant(2);
    const asked: (string | null)[][] = [];
    for (let day = 1; day <= 8; day++) {
      vi.setSystemTime(Date.now() + 24 * hour * 1000);
      asked.push(await lengthsAsked());
    }
    expect(asked).toEqual([...Array(6).fill(['3600']), ['7200'], ['7200']]);
  });
});

describe('a colleague’s login with the same role', () => {
  const named = (roleSessionName: string, user = 'alice') =>
    rehearsal.issueResponse({ user, roleSessionName, roles: [pair] });
  const pair = { role: role('Developer').roleArn, provider: role('Developer').providerArn };
  const names = () =>
    fake
      .asked('write-profiles')
      .flatMap(({ profiles = [] }) =>
        profiles.map(({ name, principalArn }) => `${name}: ${principalArn.split('/').at(-1)}`),
      );

  it('is not written to my profile, and my own credentials stay saved in memory', async () => {
    await bind({ name: 'Developer', profile: 'dev' });
    await see(named('me'));
    await see(named('colleague'));
    expect(names()).toEqual(['dev: me']);
    expect(await logins()).toMatchObject([
      { sessions: [{ delivery: { step: 'failed', failure: { code: 'session-name-changed' } } }] },
      { sessions: [{ delivery: { step: 'written', profile: 'dev' } }] },
    ]);
    await see(named('me'));
    expect(names()).toEqual(['dev: me', 'dev: me']);
  });

  it('does not put an end to mine while STS is asked for it', async () => {
    await bind({ name: 'Developer', profile: 'dev' });
    const mine = named('me');
    const { hook, release } = hold();
    rehearsal.onSts = (request) => (request.form.get('SAMLAssertion') === mine ? hook(request) : undefined);
    const seen = see(mine);
    await rehearsal.waitForRequest(({ action }) => action === 'AssumeRoleWithSAML');
    await settings({ behaviour: 'ask' });
    await see(named('colleague'));
    await settings({ behaviour: 'write' });
    release();
    await seen;
    expect(names()).toEqual(['dev: me']);
  });

  it('that was on its way to my profile when the worker was stopped is not written after it', async () => {
    await bind({ name: 'Developer', profile: 'dev' });
    await see(named('me'));
    await see(named('colleague'));
    const held = await logins();
    const [session] = held[0]?.sessions ?? [];
    Object.assign(session ?? {}, { delivery: { step: 'writing', profile: 'dev', byBinding: true } });
    await fake.session.set({ logins: held });
    wake();
    await resumeLogins(memory);
    expect(names()).toEqual(['dev: me']);
  });

  it('is refused for each of many roles that are refreshed together', async () => {
    await bind({ name: 'Admin', profile: 'admin' }, { name: 'AdminReadOnly', profile: 'look' });
    const roles = ['Admin', 'AdminReadOnly'].map((name) => ({ ...pair, role: role(name).roleArn }));
    const chosen = role('Admin').roleArn;
    await see(rehearsal.issueResponse({ user: 'bob', roleSessionName: 'me', roles }), chosen);
    const before = names();
    await see(rehearsal.issueResponse({ user: 'bob', roleSessionName: 'colleague', roles }), chosen);
    expect(before.toSorted()).toEqual(['admin: me', 'look: me']);
    expect(names()).toEqual(before);
  });

  it('makes mine useless where names change at each login', async () => {
    await bind({ name: 'Developer', profile: 'dev' });
    await fake.local.set({ changingNames: [issuer] });
    await see(named('one'));
    await see(named('two'));
    expect(names()).toEqual(['dev: one', 'dev: two']);
    expect((await logins()).flatMap(({ sessions }) => sessions)).toHaveLength(1);
  });
});

describe('a login in the tab of a renewal', () => {
  const link = 'https://idp.rehearsal.test/sso';
  const renewals = async () => (await fake.session.get('renewals')).renewals;
  const renewed = async () =>
    (((await fake.local.get('history')).history ?? []) as { what: string; outcome: string }[])
      .filter(({ what }) => what === 'renew')
      .map(({ outcome }) => outcome);

  /** Has the link opened, and gives the tab's id. */
  async function renewing(chosen: Partial<Settings> = {}): Promise<number> {
    await settings({ signInLinks: { [issuer]: link }, ...chosen });
    await renew(memory, issuer);
    const [tabId = 0] = fake.tabs.keys();
    return tabId;
  }
  const seeIn = (tabId: number, response: string, roleIndex?: string) =>
    loginSeen(memory, { response, roleIndex, signInHost: 'signin.aws.amazon.com' }, tabId);
  /** AWS's page has answered in the tab. */
  const answered = (tabId: number) => signInAnswered(memory, tabId);
  const forged = (name = 'Developer') => {
    const { roleArn, providerArn } = role(name);
    return rehearsal.issueResponse({
      user: 'mallory',
      issuer,
      roles: [{ role: roleArn, provider: providerArn }],
    });
  };

  beforeEach(() => bind({ name: 'Developer', profile: 'dev' }));

  it('ends the renewal when STS has vouched for it: the tab goes, and that is noted', async () => {
    const tabId = await renewing();
    const { hook, release } = hold();
    rehearsal.onSts = hook;
    const seen = seeIn(tabId, rehearsal.issueResponse({ user: 'alice' }));
    await rehearsal.waitForRequest(({ action }) => action === 'AssumeRoleWithSAML');
    await answered(tabId);
    expect(await renewals()).toMatchObject([{ state: 'opening' }]);
    expect(fake.tabs.size).toBe(1);
    release();
    await seen;
    expect(fake.tabs.size).toBe(0);
    expect(await renewals()).toEqual([]);
    expect(await renewed()).toEqual(['done']);
    expect(written()).toEqual(['dev: Developer']);
  });

  it('that is forged closes no tab and ends nothing; the user is told after the minute', async () => {
    const tabId = await renewing();
    await seeIn(tabId, forged());
    await answered(tabId);
    expect(await logins()).toMatchObject([{ sessions: [{ step: 'failed' }] }]);
    expect(fake.tabs.size).toBe(1);
    expect(await renewals()).toMatchObject([{ state: 'opening' }]);
    expect(await renewed()).toEqual([]);
    await giveUpRenewals(memory, Date.now() + 60_000);
    expect(await renewals()).toMatchObject([{ state: 'needs-you' }]);
    expect(await renewed()).toEqual(['waiting']);
    expect([...fake.notifications.keys()]).toEqual([`needs-you ${issuer}`]);
  });

  it('that is real ends the renewal though a forged one came before it', async () => {
    const tabId = await renewing();
    await seeIn(tabId, forged());
    await answered(tabId);
    signInBegun(memory, tabId);
    await seeIn(tabId, rehearsal.issueResponse({ user: 'alice' }));
    expect(fake.tabs.size).toBe(1);
    await answered(tabId);
    expect(fake.tabs.size).toBe(0);
    expect(await renewed()).toEqual(['done']);
  });

  it('ends nothing where STS vouches for a role that is bound to nothing here, as an attacker’s own', async () => {
    const tabId = await renewing();
    await bind({ name: 'Developer', profile: 'dev', issuer: hostileIssuer });
    await seeIn(tabId, rehearsal.issueResponse({ user: 'alice' }));
    await answered(tabId);
    expect(await logins()).toMatchObject([{ sessions: [{ step: 'ready' }] }]);
    expect(fake.tabs.size).toBe(1);
    expect(await renewals()).toMatchObject([{ state: 'opening' }]);
  });

  it('ends the renewal once the user has saved a role of it that was bound to nothing', async () => {
    const tabId = await renewing();
    await fake.local.set({ bindings: [] });
    await seeIn(tabId, rehearsal.issueResponse({ user: 'alice' }));
    await answered(tabId);
    const [login] = await logins();
    await deliver(memory, login?.id ?? '', role('Developer'), { profile: 'dev' });
    expect(fake.tabs.size).toBe(0);
    expect(await renewals()).toEqual([]);
  });

  it('is vouched for and ends the renewal too where nothing is written by itself', async () => {
    const tabId = await renewing({ behaviour: 'ask' });
    await bind({ name: 'Admin', profile: 'dev' }, { name: 'AdminReadOnly', profile: 'look' });
    await seeIn(tabId, rehearsal.issueResponse({ user: 'bob' }));
    await answered(tabId);
    expect(fake.tabs.size).toBe(0);
    expect(await renewed()).toEqual(['done']);
    expect(written()).toEqual([]);
  });

  it('takes all bound roles together at once, before STS has answered for any', async () => {
    const tabId = await renewing({ refreshTogether: false });
    await bind({ name: 'Admin', profile: 'dev' }, { name: 'AdminReadOnly', profile: 'look' });
    await seeIn(tabId, rehearsal.issueResponse({ user: 'bob' }));
    expect(written().toSorted()).toEqual(['dev: Admin', 'look: AdminReadOnly']);
    expect(await renewed()).toEqual(['done']);
  });
});
