import { beforeEach, describe, expect, it, vi } from 'vitest';
import { adminRole, aLogin, issuer, readySession } from '../../../test/fixtures/login.ts';
import { provider, readOnly } from '../../../test/fixtures/response-xml.ts';
import type { Role } from '../../core/aws/role.ts';
import { handleMessage } from '../handle-message.ts';
import type { Binding } from '../rules/bindings.ts';
import { makeView } from '../shown/view.ts';
import type { Login } from '../state/login.ts';
import { Memory } from '../state/memory.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

beforeEach(() => {
  fake.reset();
  memory = new Memory();
});

const roleNamed = (name: string): Role => ({ roleArn: `${adminRole.roleArn}${name}`, providerArn: provider });
const look: Role = { roleArn: readOnly, providerArn: provider };
const unasked = roleNamed('Unasked');
const me = 'me@example.com';
const jo = 'jo@example.com';

const session = (role: Role, name = jo) =>
  readySession({
    role,
    principalArn: `arn:aws:sts::111122223333:assumed-role/${role.roleArn.split('/').at(-1)}/${name}`,
  });
const bound = (role: Role, profile: string, change: Partial<Binding> = {}): Binding => ({
  issuer,
  ...role,
  profile,
  sessionName: me,
  ...change,
});
/** A login of jo with three roles, two of which AWS was asked for. */
const login = (change: Partial<Login> = {}) =>
  aLogin({
    roles: [adminRole, look, unasked],
    sessions: [session(adminRole), session(look)],
    ...change,
  });
const mine = [bound(adminRole, 'dev'), bound(look, 'look'), bound(unasked, 'later')];

const start = async (bindings: Binding[] = mine, logins = [login()]) => {
  await fake.session.set({ logins });
  await fake.local.set({ bindings });
};
const questions = async () => (await makeView(memory, Date.now())).nameQuestions;
const accept = (known = me, given = jo, loginId = 'login-1') =>
  handleMessage(memory, { type: 'accept-name', loginId, known, given });
const written = () =>
  fake.asked('write-profiles').flatMap(({ profiles = [] }) => profiles.map(({ name }) => name));
const names = async () =>
  Object.fromEntries(
    ((await fake.local.get('bindings')).bindings as Binding[]).map((one) => [one.profile, one.sessionName]),
  );

describe('a login under another name than several profiles are for', () => {
  it('is asked about once, with both names and every profile that the answer is for', async () => {
    await start();
    expect(await questions()).toEqual([
      { loginId: 'login-1', issuer, known: me, given: jo, profiles: ['dev', 'look', 'later'] },
    ]);
  });

  it('is written to all of them after one yes, and the ones to come are for the new name too', async () => {
    await start();
    expect(await accept()).toEqual({ ok: true, value: undefined });
    expect(fake.asked('write-profiles')).toHaveLength(1);
    expect(written()).toEqual(['dev', 'look']);
    expect(await names()).toEqual({ dev: jo, look: jo, later: jo });
    expect(await questions()).toEqual([]);
  });

  it('keeps that a profile is on demand, and its region', async () => {
    await start([bound(adminRole, 'dev', { onDemand: true, region: 'eu-west-1' }), bound(look, 'look')]);
    await accept();
    expect((await fake.local.get('bindings')).bindings).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ profile: 'dev', onDemand: true, region: 'eu-west-1', sessionName: jo }),
      ]),
    );
  });

  it('is asked about apart for profiles of two people, and a yes for one is none for the other', async () => {
    const sam = 'sam@example.com';
    await start(
      [
        ...mine,
        bound(roleNamed('A'), 'a', { sessionName: sam }),
        bound(roleNamed('B'), 'b', { sessionName: sam }),
      ],
      [
        login({
          roles: [adminRole, look, unasked, roleNamed('A'), roleNamed('B')],
          sessions: [adminRole, look, roleNamed('A'), roleNamed('B')].map((role) => session(role)),
        }),
      ],
    );
    expect((await questions()).map(({ known, profiles }) => [known, profiles.length])).toEqual([
      [me, 3],
      [sam, 2],
    ]);
    await accept();
    expect(written()).toEqual(['dev', 'look']);
    expect(await names()).toMatchObject({ a: sam, b: sam });
  });

  it.each<[string, Binding[], Login[]]>([
    ['a single profile, which its entry asks about', [bound(adminRole, 'dev')], [login()]],
    ['profiles that are for this very name', mine.map((one) => ({ ...one, sessionName: jo })), [login()]],
    ['profiles that nobody has a name for yet', mine.map(({ sessionName: _, ...one }) => one), [login()]],
    [
      'profiles of another identity provider',
      mine.map((one) => ({ ...one, issuer: `${issuer}/other` })),
      [login()],
    ],
    ['a login that STS has not confirmed', mine, [login({ sessions: [] })]],
    [
      'a login whose roles AWS knows by two names',
      mine,
      [login({ sessions: [session(adminRole), session(look, 'x')] })],
    ],
    [
      'profiles of another container of Firefox',
      mine.map((one) => ({ ...one, container: 'firefox-container-1' })),
      [login({ container: 'firefox-container-2' })],
    ],
  ])(
    'is not asked about together for %s, and a yes that nobody asked for writes nothing',
    async (_, bindings, logins) => {
      await start(bindings, logins);
      expect(await questions()).toEqual([]);
      if (bindings.length > 1)
        expect(await accept()).toMatchObject({ failure: { code: 'credentials-expired' } });
      expect(written()).toEqual([]);
    },
  );

  it.each([
    ['of another login', me, jo, 'login-2'],
    ['for another name of the profiles', 'sam@example.com', jo, 'login-1'],
    ['for another name of the login', me, 'sam@example.com', 'login-1'],
  ])('takes no yes %s', async (_, known, given, loginId) => {
    await start();
    expect(await accept(known, given, loginId)).toMatchObject({ ok: false });
    expect(written()).toEqual([]);
    expect(await names()).toEqual({ dev: me, look: me, later: me });
  });

  it('takes no yes for profiles that got another name since the question was shown', async () => {
    await start();
    await questions();
    await fake.local.set({ bindings: mine.map((one) => ({ ...one, sessionName: 'sam@example.com' })) });
    memory = new Memory();
    expect(await accept()).toMatchObject({ ok: false });
    expect(written()).toEqual([]);
  });

  it('leaves out profiles whose name the administrator has set, and says yes for the others only', async () => {
    fake.managed = { profiles: [{ issuer, ...adminRole, profile: 'dev', sessionName: me }] };
    await start();
    expect(await questions()).toMatchObject([{ profiles: ['look', 'later'] }]);
    await accept();
    expect(written()).toEqual(['look']);
  });

  it('asks nothing where names are not compared', async () => {
    await start();
    await fake.local.set({ changingNames: [issuer] });
    expect(await questions()).toEqual([]);
  });
});
