import { describe, expect, it, vi } from 'vitest';
import { aChain, account, aLogin, aRole } from '../../../test/fixtures/popup-roles.ts';
import { aBinding, aView, okta } from '../../../test/screenshots/a-view.ts';
import { matching } from '../../page/matching.ts';
import type { ChainView, RoleView } from '../../webext/login-view.ts';
import type { View } from '../../webext/view.ts';
import { canTryAgain, entriesOf, mayWrite, offeredRoles, subjectOf } from './entries.ts';
import { wordsOf } from './search-words.ts';

vi.mock('../../webext/browser.ts', () => ({ browser: {} }));

const shown = (view: Partial<View>, risen = new Set<string>()) =>
  entriesOf(aView(view), risen).map((entry) => `${entry.kind} ${subjectOf(entry).profile}`);

describe('the list of the popup', () => {
  it('has the newest login first, and older ones that need the user before those that do not', () => {
    const logins = [
      aLogin('3', [aRole('New', 'saved')]),
      aLogin('2', [aRole('Done', 'saved')]),
      aLogin('1', [aRole('Waits', 'ready')]),
    ];
    expect(shown({ logins })).toEqual(['role waits', 'role new', 'role done']);
  });

  it('has a binding of another container of Firefox as one that nobody is logged in for', () => {
    const bindings = [aBinding(account, 'Done', 'done'), aBinding(account, 'Done', 'other')].map(
      (binding, index) => ({ ...binding, container: `firefox-container-${index + 1}` }),
    );
    const logins = [aLogin('1', [aRole('Done', 'saved')], { container: 'firefox-container-1' })];
    expect(shown({ logins, bindings })).toEqual(['role done', 'resting other']);
  });

  it('has my profile still where a login under another name holds the same role', () => {
    const roles = [aRole('Done', 'ready', { sessionName: 'sam', expectedName: 'me' })];
    const bindings = [aBinding(account, 'Done', 'done')];
    expect(shown({ logins: [aLogin('1', roles)], bindings })).toEqual(['role done', 'resting done']);
  });

  it('leaves an entry in its place that was dealt with while the popup was open', () => {
    const logins = [aLogin('2', [aRole('Done', 'saved')]), aLogin('1', [aRole('Waits', 'saved')])];
    const [, waits] = entriesOf(aView({ logins }), new Set());
    expect(shown({ logins }, new Set([waits?.key ?? '']))).toEqual(['role waits', 'role done']);
  });

  it('has no roles that nobody asked for, and of older logins none that is of no use any more', () => {
    const logins = [
      aLogin('2', [aRole('Offered', 'offered'), aRole('Ended', 'expired')]),
      aLogin('1', [aRole('Long', 'expired'), aRole('Refused', 'failed')], { open: false }),
    ];
    expect(shown({ logins })).toEqual(['role ended']);
  });

  it('has on-demand profiles as they rest, and offers only the other roles', () => {
    const roles = [aRole('Tool', 'offered', { bound: true, onDemand: true }), aRole('Other', 'offered')];
    const bindings = [{ ...aBinding(account, 'Tool', 'tool'), onDemand: true as const }];
    const view = aView({ logins: [aLogin('1', roles)], bindings });
    expect(shown(view)).toEqual(['resting tool']);
    expect(offeredRoles(view).map(({ roleName }) => roleName)).toEqual(['Other']);
  });

  it('has on top, whatever its login, what was forgotten and is in the file still', () => {
    const failure = { code: 'file-busy', message: 'f is busy', hint: 'Try again.' } as const;
    const logins = [
      aLogin('2', [aRole('New', 'saved')]),
      aLogin('1', [aRole('Going', 'forgotten'), aRole('Left', 'forgotten', { failure })], { open: false }),
    ];
    expect(shown({ logins })).toEqual(['role left', 'role new', 'role going']);
  });

  it('has bindings that wait for a login at its end, by name as people count, and not twice', () => {
    const bindings = [
      aBinding(account, 'Zoo', 'zoo'),
      aBinding(account, 'Ape10', 'ape10'),
      aBinding(account, 'Ape9', 'ape9'),
      aBinding(account, 'Live', 'live'),
    ];
    const logins = [aLogin('1', [aRole('Live', 'saved')])];
    expect(shown({ logins, bindings })).toEqual([
      'role live',
      'resting ape9',
      'resting ape10',
      'resting zoo',
    ]);
  });

  it('has favourites before what is newer, but behind what needs the user', () => {
    const logins = [aLogin('1', [aRole('New', 'saved'), aRole('Waits', 'ready')])];
    const bindings = [aBinding(account, 'Ape', 'ape'), aBinding(account, 'Zoo', 'zoo')];
    const view = aView({ logins, bindings });
    view.settings.favourites = [aBinding(account, 'Zoo', 'zoo').roleArn, 'arn:aws:iam::1:role/Gone'];
    expect(shown(view)).toEqual(['role waits', 'resting zoo', 'role new', 'resting ape']);
  });

  it('takes the same role from another issuer for another one', () => {
    const bindings = [aBinding(account, 'Live', 'live')];
    const logins = [aLogin('1', [aRole('Live', 'ready')], { issuer: 'https://stranger.example' })];
    expect(shown({ logins, bindings })).toEqual(['role live', 'resting live']);
  });

  it('has each chain behind its source with what became of it, and those without one at the end', () => {
    const live = aChain('live', { state: 'saved', endsAt: 1 });
    const logins = [aLogin('1', [aRole('Live', 'saved', { chained: [live] }), aRole('Other', 'saved')])];
    const chains = [aChain('gone'), aChain('live')];
    expect(shown({ logins, chains })).toEqual([
      'role live',
      'chain live-deploy',
      'role other',
      'chain gone-deploy',
    ]);
    expect(entriesOf(aView({ logins, chains }), new Set())[1]).toMatchObject({ chain: live });
  });

  it('has a chain behind its source still when that was given another name while it was logged in', () => {
    const deploy = { ...aChain('work'), profile: 'work-deploy' };
    const renamed = aRole('Live', 'saved', { chained: [deploy], bound: false });
    const logins = [aLogin('1', [renamed, aRole('Other', 'saved')])];
    expect(shown({ logins, chains: [deploy] })).toEqual(['role live', 'chain work-deploy', 'role other']);
  });

  it.each<[string, RoleView['state'], ChainView['state'], boolean]>([
    ['failed while its source lasts', 'saved', 'failed', true],
    ['failed, and its source has ended', 'expired', 'failed', false],
    ['is there', 'saved', 'saved', false],
    ['is being asked for', 'saved', 'exchanging', false],
  ])('offers to try a second role again or not that %s', (_, source, state, offered) => {
    const chain = aChain('live', { state });
    const logins = [aLogin('1', [aRole('Live', source, { chained: [chain] })])];
    const view = aView({ logins, chains: [chain] });
    expect(canTryAgain(view, chain)).toBe(offered);
    view.settings.behaviour = 'never';
    expect(canTryAgain(view, chain)).toBe(false);
  });

  it('needs nobody for credentials that may not be written', () => {
    const view = aView({ logins: [aLogin('1', [aRole('Live', 'ready')])] });
    expect(entriesOf(view, new Set())[0]).toMatchObject({ needsPerson: true });
    view.settings.behaviour = 'never';
    expect(mayWrite(view)).toBe(false);
    expect(entriesOf(view, new Set())[0]).toMatchObject({ needsPerson: false });
  });
});

describe('the search', () => {
  const billing = '123400000007';
  const in7 = (roleName: string, state: RoleView['state']) => ({
    ...aRole(roleName, state),
    ...aBinding(billing, roleName, roleName.toLowerCase()),
  });
  const view = aView({
    logins: [
      aLogin('2', [in7('Billing', 'offered'), aRole('Saved', 'saved')], { open: false }),
      aLogin('1', [in7('Billing', 'expired'), aRole('Ended', 'expired'), aRole('Saved', 'expired')]),
    ],
    bindings: [aBinding(account, 'Rests', 'rests')],
    chains: [aChain('saved')],
  });
  view.settings.accounts = { [account]: { name: 'Shop live', colour: 'red' } };
  view.settings.issuerNames = { [okta]: 'Company login' };
  const finds = (search: string) =>
    matching(entriesOf(view, new Set(), true), search, (entry) => wordsOf(entry, view)).map(
      (entry) => subjectOf(entry).profile,
    );

  it.each([
    ['billing 0007', ['billing']],
    ['0007 BILL', ['billing']],
    ['1234-0000-0007', ['billing']],
    ['123400000007', ['billing']],
    ['ended', ['ended']],
    ['live shop rests', ['rests']],
    ['saved', ['saved', 'saved-deploy']],
    ['okta billing', ['billing']],
    ['company bill', ['billing']],
    // Words like “test” or “prod” in an entity id would find all its roles.
    ['login.example.com end', []],
    ['nothing of that', []],
  ])('finds by “%s” what is saved, expired or offered, once', (search, found) => {
    expect(finds(search)).toEqual(found);
  });

  it('adds nothing to a list that nobody searches', () => {
    expect(entriesOf(view, new Set()).map((entry) => subjectOf(entry).profile)).toEqual([
      'saved',
      'saved-deploy',
      'rests',
    ]);
  });

  it('offers no role of a login that is of no use, or of one before the last', () => {
    const failure = { code: 'assertion-expired', params: {} } as never;
    const unusable = aView({ logins: [aLogin('1', [in7('Billing', 'offered')], { open: false, failure })] });
    expect(entriesOf(unusable, new Set(), true)).toEqual([]);
    const older = aView({
      logins: [aLogin('2', []), aLogin('1', [in7('Billing', 'offered')], { open: false })],
    });
    expect(entriesOf(older, new Set(), true)).toEqual([]);
  });
});
