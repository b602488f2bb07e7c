import { describe, expect, it } from 'vitest';
import { adminRole } from '../../../test/fixtures/login.ts';
import { parseRoleArn } from '../../core/aws/role.ts';
import { presetPolicy } from '../../core/aws/session-policy.ts';
import type { Naming } from '../../core/profile/suggest-names.ts';
import { suggestedName } from './suggested-name.ts';

const { accountId = '' } = parseRoleArn(adminRole.roleArn) ?? {};
const naming: Naming = { template: '{accountName}-{role}', taken: new Set(), accounts: {} };

const nameBy = (change: Partial<Naming>) => suggestedName(adminRole, { ...naming, ...change }, undefined);

describe('the suggested name of a role', () => {
  it('follows the template, the name of the account and the names that are taken', () => {
    for (const _ of ['first', 'again']) {
      expect(nameBy({})).toBe(`${accountId}-admin`);
      expect(nameBy({ accounts: { [accountId]: { name: 'Shop' } } })).toBe('shop-admin');
      expect(nameBy({ template: 'my-{role}' })).toBe('my-admin');
      const taken = new Set([`${accountId}-admin`]);
      expect(nameBy({ taken })).toBe(`${accountId}-admin-okta`);
      // Free again, it is the name as before.
      expect(nameBy({})).toBe(`${accountId}-admin`);
    }
  });

  it('is another for fewer rights, after the profile with all of them', () => {
    const lesser = { ...adminRole, sessionPolicy: presetPolicy('read-only', adminRole.roleArn) };
    expect(suggestedName(lesser, naming, 'mine')).toBe('mine-readonly');
    expect(suggestedName(lesser, naming, undefined)).toBe(`${accountId}-admin-readonly`);
  });
});
