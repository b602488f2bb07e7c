import { expect, it } from 'vitest';
import { checkShellKeys } from './check-shell-keys.ts';

const AWS_ACCESS_KEY_ID = 'AKIAEXAMPLEEXAMPLE12';

it('keys in the environment, which win over every profile, are told, and not shown', () => {
  const [finding, ...more] = checkShellKeys({ AWS_ACCESS_KEY_ID, AWS_PROFILE: 'dev' });
  expect(finding).toMatchObject({ check: 'profiles', level: 'warning' });
  expect(finding?.message).toContain('AWS_ACCESS_KEY_ID');
  expect(JSON.stringify(finding)).not.toContain(AWS_ACCESS_KEY_ID);
  expect(more).toEqual([]);
});

it.each<[string, NodeJS.ProcessEnv]>([
  ['there are none', { AWS_PROFILE: 'dev' }],
  ['it is empty', { AWS_ACCESS_KEY_ID: '' }],
  ['the shell is one of Roleferry', { AWS_ACCESS_KEY_ID, ROLEFERRY_PROFILE: 'dev' }],
])('nothing is told of keys where %s', (_, env) => {
  expect(checkShellKeys(env)).toEqual([]);
});
