import { expect, it, vi } from 'vitest';
import { aBinding, aView, okta } from '../../../test/screenshots/a-view.ts';
import type { LoginView, RoleView } from '../../webext/login-view.ts';
import { newestCredentials } from './newest-credentials.ts';

vi.mock('../../webext/browser.ts', () => ({ browser: {} }));

const own = '111122223333';
const strange = '999988887777';

const aRole = (
  roleName: string,
  state: RoleView['state'],
  change: Partial<RoleView> = {},
  account = own,
): RoleView => ({
  ...aBinding(account, roleName, roleName.toLowerCase()),
  state,
  suggestion: '',
  bound: state === 'saved',
  chained: [],
  ...change,
});

const aLogin = (id: string, ...roles: RoleView[]): LoginView => ({
  id,
  seenAt: 0,
  issuer: okta,
  encrypted: false,
  open: true,
  roles,
});

const copied = (logins: LoginView[], change: Parameters<typeof aView>[0] = {}) => {
  const newest = newestCredentials(aView({ logins, ...change }));
  return typeof newest === 'string' ? newest : newest.role.roleName;
};

const neverWrites = { settings: { ...aView({}).settings, behaviour: 'never' as const } };

it('of two logins the newest one is copied', () => {
  expect(copied([aLogin('2', aRole('New', 'saved')), aLogin('1', aRole('Old', 'saved'))])).toBe('New');
});

it('of a role whose profile could not be written the credentials are copied', () => {
  expect(copied([aLogin('1', aRole('Bound', 'ready', { bound: true }))])).toBe('Bound');
});

it('a login that a page has posted after the own one is not copied', () => {
  const posted = aLogin('2', aRole('Developer', 'ready', {}, strange));
  expect(copied([posted, aLogin('1', aRole('Mine', 'saved'))])).toBe('Mine');
  expect(copied([posted])).toBe('unclear');
});

it('of roles that are fetched together the one is copied that was chosen for the console', () => {
  const look = aRole('Look', 'saved');
  const login = aLogin('1', aRole('Admin', 'saved', { startedAt: 2 }), look);
  expect(copied([{ ...login, consoleRoleArn: look.roleArn }])).toBe('Look');
});

it('of a role with two profiles the one with all rights is copied, whichever came last', () => {
  const sessionPolicy = { policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] };
  const whole = aRole('Dev', 'saved', { startedAt: 1 });
  const lesser = aRole('Dev', 'saved', { startedAt: 2, profile: 'dev-readonly', sessionPolicy });
  for (const console of [{}, { consoleRoleArn: whole.roleArn }]) {
    const newest = newestCredentials(aView({ logins: [{ ...aLogin('1', lesser, whole), ...console }] }));
    expect(newest).toMatchObject({ role: { profile: 'dev' } });
  }
});

it('of one login without the console the role is copied that was fetched last', () => {
  const login = aLogin('1', aRole('A', 'saved', { startedAt: 1 }), aRole('B', 'saved', { startedAt: 2 }));
  expect(copied([login])).toBe('B');
});

it('where nothing is ever written, what is held is copied while all of it is of one provider', () => {
  const held = aLogin('1', aRole('Developer', 'ready'));
  expect(copied([held], neverWrites)).toBe('Developer');
  expect(copied([aLogin('2', aRole('Developer', 'ready', {}, strange)), held], neverWrites)).toBe('unclear');
});

it('without a login there is nothing to copy', () => {
  expect(copied([])).toBe('nothing');
  expect(copied([aLogin('1', aRole('Gone', 'expired'))])).toBe('nothing');
});

it('a login under another name than the profile’s is not copied in the place of mine', () => {
  const names = { sessionName: 'sam', expectedName: 'me' };
  const posted = aLogin('2', aRole('Theirs', 'ready', names));
  const mine = aLogin('1', aRole('Mine', 'saved', { sessionName: 'me' }));
  expect(copied([posted, mine])).toBe('Mine');
  expect(copied([aLogin('2', aRole('Theirs', 'saving', names)), mine])).toBe('Mine');
});

it('where nothing is ever written, logins under two names are unclear unless names change', () => {
  const held = ['sam', 'me'].map((sessionName) =>
    aLogin(sessionName, aRole('Developer', 'ready', { sessionName })),
  );
  expect(copied(held, neverWrites)).toBe('unclear');
  expect(copied(held, { ...neverWrites, changingNames: [okta] })).toBe('Developer');
});
