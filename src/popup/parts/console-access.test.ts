import { describe, expect, it, vi } from 'vitest';
import { aChain, account, aLogin, aRole } from '../../../test/fixtures/popup-roles.ts';
import { aBinding, aView } from '../../../test/screenshots/a-view.ts';
import type { LoginView } from '../../webext/login-view.ts';
import type { View } from '../../webext/view.ts';
import { consoleAccess } from './console-access.ts';
import { type Entry, entriesOf, subjectOf } from './entries.ts';

vi.mock('../../webext/browser.ts', () => ({ browser: {} }));

const hour = 3_600_000;
const arnOf = (roleName: string) => aBinding(account, roleName, '').roleArn;

/** A login with which the browser went into the console as this role. */
const into = (roleName: string, change: Partial<LoginView> = {}): LoginView =>
  aLogin(roleName, [aRole(roleName, 'saved')], { consoleRoleArn: arnOf(roleName), ...change });

/** What is known of the console of the entry with this profile, a minute after all logins. */
function accessTo(profile: string, change: Partial<View>, now = 60_000, manyConsoles = false) {
  const view = aView(change);
  view.settings.manyConsoles = manyConsoles;
  const entry = entriesOf(view, new Set()).find((one) => subjectOf(one).profile === profile);
  return consoleAccess(entry as Entry, view, now);
}

const logins = [into('New'), into('Old')];

describe('the console', () => {
  it('opens with the role that the browser went into it with last', () => {
    expect(accessTo('new', { logins })).toEqual({ state: 'open', laterToo: false });
  });

  it('says who is in it instead, where another role came later', () => {
    expect(accessTo('old', { logins })).toEqual({
      ...{ state: 'closed', why: 'other-role' },
      ...{ roleName: 'New', accountId: account },
    });
  });

  it('opens with each of the last five roles where it keeps several sessions', () => {
    const six = ['F', 'E', 'D', 'C', 'B', 'A'].map((name) => into(name));
    const open = { state: 'open', laterToo: true };
    expect(accessTo('b', { logins: six }, 60_000, true)).toEqual(open);
    expect(accessTo('a', { logins: six }, 60_000, true)).toMatchObject({ why: 'other-role' });
    // The same role once more is the same session.
    expect(
      accessTo('a', { logins: [into('F', { id: 'again' }), ...six.slice(1)] }, 60_000, true),
    ).toMatchObject({
      why: 'other-role',
    });
    expect(accessTo('b', { logins: [into('F', { id: 'again' }), ...six] }, 60_000, true)).toEqual(open);
  });

  it('is closed once the login has ended, after an hour or when the assertion says', () => {
    expect(accessTo('new', { logins }, hour - 1)).toMatchObject({ state: 'open' });
    expect(accessTo('new', { logins }, hour)).toEqual({ state: 'closed', why: 'ended' });
    const long = [into('New', { sessionDuration: 7200 })];
    expect(accessTo('new', { logins: long }, hour)).toMatchObject({ state: 'open' });
    expect(accessTo('new', { logins: long }, 2 * hour)).toEqual({ state: 'closed', why: 'ended' });
  });

  it('is closed with a role that was only fetched, or that waits for a login', () => {
    const bindings = [aBinding(account, 'Rests', 'rests')];
    const fetched = [aLogin('1', [aRole('Done', 'saved')])];
    expect(accessTo('done', { logins: fetched })).toEqual({ state: 'closed', why: 'no-login' });
    expect(accessTo('rests', { bindings })).toEqual({ state: 'closed', why: 'no-login' });
    expect(accessTo('rests', { bindings, logins })).toMatchObject({ why: 'other-role', roleName: 'New' });
    // Whoever was in it is out again.
    expect(accessTo('rests', { bindings, logins }, hour)).toEqual({ state: 'closed', why: 'no-login' });
  });

  it('of one partition has nothing to do with that of another', () => {
    const china = into('China', { consoleRoleArn: arnOf('China').replace('arn:aws:', 'arn:aws-cn:') });
    expect(accessTo('new', { logins: [china, ...logins] })).toMatchObject({ state: 'open' });
  });

  it('of a container of Firefox cannot be opened from here, and does not end the others', () => {
    const contained = into('Work', { container: 'firefox-container-1' });
    const usual = into('New', { container: 'firefox-default' });
    expect(accessTo('work', { logins: [contained] })).toEqual({ state: 'closed', why: 'other-container' });
    expect(accessTo('new', { logins: [contained, usual] })).toMatchObject({ state: 'open' });
  });

  it('switches to a second role where it is open with the one that this is assumed from', () => {
    const chains = [aChain('new'), aChain('old'), aChain('rests'), aChain('gone')];
    const bindings = [aBinding(account, 'Rests', 'rests')];
    const view = { logins, chains, bindings };
    expect(accessTo('new-deploy', view)).toEqual({ state: 'switch' });
    expect(accessTo('old-deploy', view)).toMatchObject({ why: 'other-role', first: 'old' });
    expect(accessTo('rests-deploy', view)).toMatchObject({ why: 'other-role', first: 'rests' });
    expect(accessTo('gone-deploy', view)).toEqual({ state: 'closed', why: 'no-login', first: 'gone' });
  });
});
