import { describe, expect, it, vi } from 'vitest';
import { makeI18n } from '../../../test/fixtures/i18n.ts';
import { type Failure, failure } from '../../core/failure.ts';
import type { ChainView, LoginView, RoleView } from '../../webext/login-view.ts';
import type { PolicyView, RenewalView, View } from '../../webext/view.ts';
import { Memory } from '../state/memory.ts';

const setBadgeText = vi.fn(async (_: { text: string }) => {});
const action = { setBadgeText, setBadgeBackgroundColor: async () => {}, setTitle: async () => {} };
vi.mock('../../webext/browser.ts', () => ({ browser: { i18n: makeI18n(), action } }));

const memory = new Memory();

const { badgeOf, showBadge, showTrouble } = await import('./badge.ts');

const role = (state: RoleView['state'], change: Partial<RoleView> = {}): RoleView => ({
  roleArn: 'arn:aws:iam::111122223333:role/Admin',
  providerArn: 'arn:aws:iam::111122223333:saml-provider/Okta',
  accountId: '111122223333',
  fixed: false,
  bound: true,
  chained: [],
  suggestion: 'admin',
  roleName: 'Admin',
  profile: 'admin',
  state,
  ...change,
});

const login = (roles: RoleView[], change: Partial<LoginView> = {}): LoginView => ({
  id: '1',
  seenAt: 0,
  issuer: 'https://idp.example/metadata',
  open: true,
  encrypted: false,
  roles,
  ...change,
});

const minute = 60_000;
const now = 1_000_000_000;
const saved = (minutesLeft: number) => role('saved', { endsAt: now + minutesLeft * minute });

const chain = (state: ChainView['state'], change: Partial<ChainView> = {}): ChainView => ({
  source: 'dev',
  roleArn: 'arn:aws:iam::444455556666:role/Deploy',
  profile: 'deploy',
  accountId: '444455556666',
  roleName: 'Deploy',
  state,
  ...change,
});

const firstRun = { hostInstalled: true, permissionGiven: true, loginSeen: true };

const policy: PolicyView = { notes: [], mayCopy: true, mayWrite: true, mayImport: true, signInLinks: [] };

const badge = (logins: LoginView[], chains: ChainView[] = [], renewals: RenewalView[] = []) =>
  badgeOf({ logins, chains, renewals, firstRun, policy }, now);

const expired = failure('sts-expired');

it('says that a login waits for the administrator’s policy, while that has not come', () => {
  const view = { logins: [login([role('exchanging')])], chains: [], renewals: [], firstRun };
  expect(badgeOf({ ...view, policy: { ...policy, awaited: true } }, now)).toMatchObject({
    text: '…',
    title: 'Roleferry: waiting for your administrator’s policy',
  });
});

it('says before anything else that the browser does not let Roleferry see logins', () => {
  const missing = { ...firstRun, permissionGiven: false };
  const view = { logins: [login([saved(60)])], chains: [], renewals: [], firstRun: missing, policy };
  expect(badgeOf(view, now)).toMatchObject({
    text: '!',
    title: 'Roleferry: needs your permission to see logins',
  });
});

describe('the badge', () => {
  it.each<[string, string, LoginView[]]>([
    ['is blank before any login', '', []],
    ['is blank when no role was chosen in time', '', [login([role('offered')], { open: false })]],
    ['asks for a role', '?', [login([role('offered'), role('offered')])]],
    ['is blank when tools ask for every role', '', [login([role('offered', { onDemand: true })])]],
    ['asks for a profile', 'new', [login([role('ready')])]],
    ['waits for AWS', '…', [login([role('exchanging'), role('offered')])]],
    ['waits for the host', '…', [login([role('saving')])]],
    ['counts what is fresh', '1', [login([saved(60), role('offered')], { open: false })]],
    ['counts what is fresh over all logins', '3', [login([saved(60), saved(30)]), login([saved(20)])]],
    ['says how soon the first one ends', '9m', [login([saved(60)]), login([saved(9)])]],
    ['never says that nothing is left of what still serves', '1m', [login([saved(0.1)])]],
    ['says that the credentials are over', '–', [login([role('expired')], { open: false })]],
    ['counts what an older login still has', '1', [login([role('expired')]), login([saved(60)])]],
    ['warns of a login that is of no use', '!', [login([], { open: false, failure: expired })]],
    ['warns when AWS refused', '!', [login([role('failed', { failure: expired })])]],
    ['warns when the profile was not written', '!', [login([role('ready', { failure: expired })])]],
    [
      'does not hide one failure behind others that went well',
      '!',
      [login([saved(60), role('failed', { failure: expired })])],
    ],
    ['asks for a profile before it waits', 'new', [login([role('exchanging'), role('ready')])]],
    ['waits before it says that all is done', '…', [login([saved(60), role('saving')])]],
    ['asks for nothing on behalf of older logins', '1', [login([saved(60)]), login([role('ready')])]],
  ])('%s', (_, text, logins) => {
    expect(badge(logins)).toMatchObject({ text, title: expect.stringMatching(/^Roleferry/) });
  });

  it('says in its title what went wrong', () => {
    const { title } = badge([login([role('failed', { failure: expired })])]);
    expect(title).toContain('Roleferry: AWS says that the login has expired');
  });

  it('counts second roles, and warns of one that could not be assumed', () => {
    const fresh = login([saved(60)]);
    expect(badge([fresh], [chain('saved', { endsAt: now + 60 * minute })]).text).toBe('2');
    expect(badge([fresh], [chain('waiting'), chain('exchanging')]).text).toBe('1');
    expect(badge([fresh], [chain('failed', { failure: expired })]).text).toBe('!');
  });

  it('warns of what is saved and yet read by nobody who uses the AWS CLI, but not of a missing region', () => {
    const unread = failure('file-not-for-aws-cli', {
      file: 'F',
      reason: { is: 'not-utf-8', line: 1 },
    });
    const settings = { profile: 'dev', settings: 'region = x' };
    const withoutRegion = failure('profile-settings-not-written', settings);
    const said = (warnings: Failure[]) => badge([login([{ ...saved(60), warnings }])]);
    expect(said([withoutRegion, unread])).toMatchObject({
      text: '!',
      title: expect.stringContaining('The AWS CLI cannot read F'),
    });
    expect(said([withoutRegion]).text).toBe('1');
  });

  it('calls the user when the identity provider waits, and not while a tab is merely loading', () => {
    const issuer = 'https://idp.example/metadata';
    expect(badge([login([saved(60)])], [], [{ issuer, state: 'needs-you' }]).text).toBe('?');
    expect(badge([login([saved(60)])], [], [{ issuer, state: 'opening' }]).text).toBe('1');
  });

  it('fits on the button however much there is', () => {
    const many = Array.from({ length: 500 }, () => saved(60));
    expect(badge([login(many)]).text).toBe('500');
  });
});

it('goes on saying that Roleferry itself failed when the change that failed is shown', async () => {
  const texts = () => setBadgeText.mock.calls.map(([{ text }]) => text);
  const view = {
    logins: [login([role('saved')])],
    chains: [],
    renewals: [],
    firstRun,
    policy,
  } as unknown as View;
  await showTrouble(memory);
  await showBadge(memory, view, Date.now());
  expect(texts()).toEqual(['!']);
  await showBadge(memory, view, Date.now() + minute);
  expect(texts()).toEqual(['!', '1']);
});

it('asks about a login under another name than its profile is for, with both names', () => {
  const names = { profile: 'dev', expectedName: 'me@example.com', sessionName: 'sam@example.com' };
  const problem = failure('session-name-changed', { profile: 'dev', known: 'me', given: 'sam' });
  const other = role('ready', { ...names, bound: false, failure: problem });
  const { text, title } = badge([login([other]), login([saved(60)])]);
  expect(text).toBe('?');
  expect(title).toContain('me@example.com');
  expect(title).toContain('sam@example.com');
  expect(badge([login([saved(60)]), login([other])]).text).toBe('1');
});
