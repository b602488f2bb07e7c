import { describe, expect, it } from 'vitest';
import type { LoginView, RoleView } from '../../webext/login-view.ts';
import type { View } from '../../webext/view.ts';
import { isRegionAsked, suggestedRegion } from './suggested-region.ts';

const roleArn = 'arn:aws:iam::111122223333:role/Dev';
const role = { roleArn } as RoleView;

const view = (change: object = {}) =>
  ({ regions: {}, settings: {}, bindings: [], policy: {}, ...change }) as unknown as View;
const login = (region?: string) => ({ region }) as LoginView;

describe('the region that is suggested', () => {
  it.each([
    [
      'the sign-in host, where it is regional',
      view({ regions: { default: 'us-west-2' } }),
      'eu-central-1',
      'eu-central-1',
    ],
    ['the config file’s default else', view({ regions: { default: 'us-west-2' } }), undefined, 'us-west-2'],
    [
      'what most profiles of the config file have, where it has no default',
      view({ regions: { a: 'us-west-2', b: 'eu-west-1', c: 'eu-west-1' } }),
      undefined,
      'eu-west-1',
    ],
    [
      'the default rather than from most profiles',
      view({ regions: { a: 'eu-west-1', b: 'eu-west-1', default: 'us-west-2' } }),
      undefined,
      'us-west-2',
    ],
    [
      'most profiles of the role’s partition',
      view({ regions: { a: 'cn-north-1', b: 'cn-north-1', c: 'eu-west-1' } }),
      undefined,
      'eu-west-1',
    ],
    [
      'what that very profile has',
      view({ regions: { dev: 'us-east-2', default: 'us-west-2' } }),
      'eu-central-1',
      'us-east-2',
    ],
    [
      'the region of the options',
      view({ settings: { region: 'eu-west-1' }, regions: { default: 'us-west-2' } }),
      undefined,
      'eu-west-1',
    ],
    [
      'the administrator’s, whatever the sign-in host is',
      view({ settings: { region: 'eu-west-1' }, policy: { fixed: ['region'] } }),
      'eu-central-1',
      'eu-west-1',
    ],
    [
      'that of the newest profile',
      view({
        bindings: [
          { profile: 'a', region: 'eu-west-2' },
          { profile: 'b', region: 'eu-west-3' },
        ],
      }),
      undefined,
      'eu-west-3',
    ],
    ['nothing where nothing is known', view(), undefined, ''],
    ['nothing of a profile called like what every object has', view({ regions: {} }), undefined, ''],
  ])('comes from %s', (_, shown, signIn, expected) => {
    expect(suggestedRegion(shown, login(signIn), role, expected === '' ? 'constructor' : 'dev')).toBe(
      expected,
    );
  });

  it('stays that of the profile which gets another name, whatever else suggests one', () => {
    const shown = view({ regions: { old: 'us-east-2' }, settings: { region: 'eu-west-1' } });
    const saved = { ...role, bound: true, profile: 'old' } as RoleView;
    expect(suggestedRegion(shown, login('eu-central-1'), saved, 'new')).toBe('us-east-2');
    expect(suggestedRegion(shown, login('eu-central-1'), { ...saved, bound: false }, 'new')).toBe(
      'eu-central-1',
    );
  });

  it('is none of another partition, and may be one that Roleferry does not know yet', () => {
    const china = { roleArn: 'arn:aws-cn:iam::111122223333:role/Dev' } as RoleView;
    const of = (region: string) => suggestedRegion(view({ regions: { default: region } }), login(), china);
    expect([of('eu-central-1'), of('cn-north-1'), of('cn-new-9')]).toEqual(['', 'cn-north-1', 'cn-new-9']);
  });
});

describe('the question for the region', () => {
  it('is asked until there is an answer', () => {
    expect(isRegionAsked(view())).toBe(true);
    expect(isRegionAsked(view({ bindings: [{ profile: 'old' }] }))).toBe(true);
    expect(isRegionAsked(view({ bindings: [{ profile: 'a', region: 'eu-west-1' }] }))).toBe(false);
    expect(isRegionAsked(view({ settings: { region: 'eu-west-1' } }))).toBe(false);
  });
});
