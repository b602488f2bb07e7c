import { describe, expect, it, vi } from 'vitest';
import { failure } from '../core/failure.ts';
import { badgeOf } from './badge.ts';
import type { LoginView, RoleView } from './messages.ts';

vi.mock('./browser.ts', () => ({ browser: {} }));

const role = (state: RoleView['state'], change: Partial<RoleView> = {}): RoleView => ({
  roleArn: 'arn:aws:iam::111122223333:role/Admin',
  providerArn: 'arn:aws:iam::111122223333:saml-provider/Okta',
  accountId: '111122223333',
  fixed: false,
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

const expired = failure('sts-expired');

describe('the badge', () => {
  it.each<[string, string, LoginView[]]>([
    ['is blank before any login', '', []],
    ['is blank when no role was chosen in time', '', [login([role('offered')], { open: false })]],
    ['asks for a role', '?', [login([role('offered'), role('offered')])]],
    ['asks for a profile', 'new', [login([role('ready')])]],
    ['waits for AWS', '…', [login([role('exchanging'), role('offered')])]],
    ['waits for the host', '…', [login([role('saving')])]],
    ['says that the profile is written', '✓', [login([role('saved'), role('offered')], { open: false })]],
    ['says that the credentials are over', '–', [login([role('expired')], { open: false })]],
    ['warns of a login that is of no use', '!', [login([], { open: false, failure: expired })]],
    ['warns when AWS refused', '!', [login([role('failed', { failure: expired })])]],
    ['warns when the profile was not written', '!', [login([role('ready', { failure: expired })])]],
    ['asks for a profile before it waits', 'new', [login([role('exchanging'), role('ready')])]],
    ['waits before it says that all is done', '…', [login([role('saved'), role('saving')])]],
    ['is that of the newest login', '✓', [login([role('saved')]), login([role('ready')])]],
  ])('%s', (_, text, logins) => {
    expect(badgeOf({ logins })).toMatchObject({ text, title: expect.stringMatching(/^Roleferry/) });
  });

  it('says in its title what went wrong', () => {
    const { title } = badgeOf({ logins: [login([role('failed', { failure: expired })])] });
    expect(title).toBe(`Roleferry: ${expired.message}`);
  });
});
