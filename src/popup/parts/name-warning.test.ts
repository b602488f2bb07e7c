import { describe, expect, it, vi } from 'vitest';
import { makeI18n } from '../../../test/fixtures/i18n.ts';
import { aBinding } from '../../../test/screenshots/a-view.ts';
import type { ChainView } from '../../webext/login-view.ts';
import { nameWarning } from './name-warning.ts';

vi.mock('../../webext/browser.ts', () => ({ browser: { i18n: makeI18n() } }));

const ours = aBinding('111122223333', 'Developer', 'dev');
const theirs = aBinding('444455556666', 'Admin', 'live');
const chain = { profile: 'deploy', roleName: 'Deploy', accountId: '444455556666' } as ChainView;

const view = {
  bindings: [ours, theirs],
  chains: [chain],
  profiles: [
    { name: 'ci', kind: 'long-lived' as const },
    { name: 'sso', kind: 'sso' as const },
    { name: 'bare', kind: 'temporary' as const },
    {
      name: 'shadowed',
      kind: 'temporary' as const,
      principalArn: 'arn:aws:sts::111122223333:assumed-role/Developer/jo',
    },
    {
      name: 'same',
      kind: 'temporary' as const,
      principalArn: 'arn:aws:sts::111122223333:assumed-role/Developer/jo',
    },
    {
      name: 'other',
      kind: 'temporary' as const,
      principalArn: 'arn:aws:sts::444455556666:assumed-role/Admin/jo',
    },
  ],
  configProfiles: [
    { name: 'same', kind: 'other' as const },
    { name: 'bare', kind: 'other' as const },
    { name: 'portal', kind: 'sso' as const },
    { name: 'shadowed', kind: 'role' as const },
  ],
};

describe('the warning about a profile’s name', () => {
  it.each([
    ['new', undefined],
    ['dev', undefined],
    ['bare', undefined],
    ['same', undefined],
    ['live', 'live belongs to Admin in account 4444-5555-6666.'],
    ['deploy', 'deploy belongs to Deploy in account 4444-5555-6666.'],
    ['ci', 'ci holds long-lived keys.'],
    ['sso', 'sso is set up for something else.'],
    ['portal', 'portal is set up for something else.'],
    ['shadowed', 'shadowed is set up for something else.'],
    ['other', 'other holds credentials of account 4444-5555-6666.'],
  ])('for %s is: %s', (profile, warning) => {
    expect(nameWarning(profile, ours, view)).toBe(warning);
  });

  it('comes for the same login in another container of Firefox, where somebody else may be logged in', () => {
    const bindings = view.bindings.map((one) => ({ ...one, container: 'firefox-container-1' }));
    const inContainer = (container: string | undefined) =>
      nameWarning('dev', { ...ours, container }, { ...view, bindings });
    expect(inContainer('firefox-container-2')).toContain('belongs to Developer');
    expect(inContainer('firefox-container-1')).toBeUndefined();
    expect(inContainer(undefined)).toBeUndefined();
    expect(nameWarning('dev', { ...ours, container: 'firefox-container-2' }, view)).toBeUndefined();
  });

  it('comes for the same role through another provider, which is another login', () => {
    const provider = 'arn:aws:iam::111122223333:saml-provider/Other';
    expect(nameWarning('dev', { ...ours, providerArn: provider }, view)).toContain('belongs to Developer');
  });
});
