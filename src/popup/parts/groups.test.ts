import { describe, expect, it, vi } from 'vitest';
import { aChain, account, aLogin, aRole } from '../../../test/fixtures/popup-roles.ts';
import { aBinding, aView } from '../../../test/screenshots/a-view.ts';
import type { View } from '../../webext/view.ts';
import { entriesOf, subjectOf } from './entries.ts';
import { firstOf, type Group, groupsOf } from './groups.ts';

vi.mock('../../webext/browser.ts', () => ({ browser: {} }));

const other = '444455556666';
const ofDeploy = '222233334444';

/** Each group as its account, or what else it is of, and the profiles in it. */
const words = (groups: Group[]) =>
  groups.map((group) => [
    group.accountId ?? group.of,
    ...group.entries.map((entry) => subjectOf(entry).profile),
  ]);

function grouped(change: Partial<View>, favourites: string[] = [], risen = new Set<string>()) {
  const view = aView(change);
  view.settings.favourites = favourites;
  return groupsOf(entriesOf(view, risen), view, risen);
}

describe('the groups of the list', () => {
  it('are accounts, that of the newest login first', () => {
    const logins = [
      aLogin('2', [{ ...aBinding(other, 'New', 'new'), ...aRole('New', 'saved'), accountId: other }]),
      aLogin('1', [aRole('Done', 'saved'), aRole('Also', 'saved')]),
    ];
    const bindings = [aBinding(other, 'Rests', 'rests')];
    expect(words(grouped({ logins, bindings }))).toEqual([
      [other, 'new', 'rests'],
      [account, 'done', 'also'],
    ]);
  });

  it('begin with what needs the user, then favourites, whatever account they are of', () => {
    const logins = [aLogin('1', [aRole('Done', 'saved'), aRole('Waits', 'ready')])];
    const bindings = [aBinding(other, 'Loved', 'loved'), aBinding(other, 'Rests', 'rests')];
    const [first] = entriesOf(aView({ logins }), new Set());
    const loved = [aBinding(other, 'Loved', '').roleArn];
    expect(words(grouped({ logins, bindings }, loved, new Set([first?.key ?? ''])))).toEqual([
      ['person', 'waits'],
      ['favourites', 'loved'],
      [account, 'done'],
      [other, 'rests'],
    ]);
  });

  it('have a second role behind the role that it is assumed from, else by its own account', () => {
    const logins = [aLogin('1', [aRole('Done', 'saved', { chained: [aChain('done')] })])];
    const chains = [aChain('done'), aChain('gone')];
    expect(words(grouped({ logins, chains }))).toEqual([
      [account, 'done', 'done-deploy'],
      [ofDeploy, 'gone-deploy'],
    ]);
  });

  it('have a second role that is a favourite with the favourites, and leave the others where they were', () => {
    const loved = { ...aChain('done'), roleArn: `arn:aws:iam::${ofDeploy}:role/Loved`, profile: 'loved' };
    const chained = [loved, aChain('done')];
    const logins = [aLogin('1', [aRole('Done', 'saved', { chained })])];
    expect(words(grouped({ logins, chains: chained }, [loved.roleArn]))).toEqual([
      ['favourites', 'loved'],
      [account, 'done', 'done-deploy'],
    ]);
  });

  it('are cut off after the first few entries as they are shown', () => {
    const names = ['A', 'B', 'C'];
    const bindings = [account, other].flatMap((of) =>
      names.map((name) => aBinding(of, name, `${of}${name}`)),
    );
    const groups = grouped({ bindings });
    expect(words(firstOf(groups, 4)).map((group) => group.length - 1)).toEqual([3, 1]);
    expect(words(firstOf(groups, 3)).map((group) => group.length - 1)).toEqual([3]);
  });
});
