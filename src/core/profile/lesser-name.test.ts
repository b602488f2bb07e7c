import { expect, it } from 'vitest';
import { lesserName } from './lesser-name.ts';

const ofAws = (name: string) => ({ policyArns: [`arn:aws-cn:iam::aws:policy/${name}`] });

it.each([
  ['dev-readonly', ofAws('ReadOnlyAccess')],
  ['dev-viewonly', ofAws('job-function/ViewOnlyAccess')],
  ['dev-audit', ofAws('SecurityAudit')],
  ['dev-lesser', ofAws('PowerUserAccess')],
  ['dev-lesser', { policy: '{}' }],
])('suggests %s for %j', (name, sessionPolicy) => {
  expect(lesserName('dev', sessionPolicy, new Set(['dev']))).toBe(name);
});

it('counts where names are taken', () => {
  const taken = new Set(['dev-readonly', 'dev-readonly-2']);
  expect(lesserName('dev', ofAws('ReadOnlyAccess'), taken)).toBe('dev-readonly-3');
});
