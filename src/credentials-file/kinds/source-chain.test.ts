import { describe, expect, it } from 'vitest';
import { sourceChain } from './source-chain.ts';

const profiles = (settings: Record<string, Record<string, string>>) =>
  new Map(
    Object.entries(settings).map(([name, keys]) => [
      name,
      Object.entries(keys).map(([key, value]) => ({ key, value })),
    ]),
  );
const role = (source?: string) => ({
  role_arn: 'arn:aws:iam::123456789012:role/A',
  ...(source !== undefined && { source_profile: source }),
});
const keys = { aws_access_key_id: 'AKIAX', aws_secret_access_key: 'x' };

describe('the chain of profiles behind a profile', () => {
  it.each([
    ['is itself where it assumes no role', { a: { credential_process: 'x' } }, ['a']],
    ['begins with its source', { a: role('b'), b: { sso_account_id: '1' } }, ['b', 'a']],
    ['goes through roles of roles', { a: role('b'), b: role('c'), c: keys }, ['c', 'b', 'a']],
    [
      'ends at a source that has keys, whatever role it has',
      { a: role('b'), b: { ...keys, ...role('c') } },
      ['b', 'a'],
    ],
    [
      'has a profile twice that assumes a role with its own keys',
      { a: { ...keys, ...role('a') } },
      ['a', 'a'],
    ],
    [
      'has a profile twice whose machine is the source',
      { a: role('b'), b: { ...role(), credential_source: 'x' } },
      ['b', 'b', 'a'],
    ],
    ['does not follow a source without a role', { a: { source_profile: 'b', ...keys } }, ['a']],
  ])('%s', (_, settings, expected) => {
    expect(sourceChain(profiles(settings), 'a')).toEqual({ ok: true, value: expected });
  });

  it.each([
    [
      'leads nowhere',
      { a: role('b'), b: role('gone') },
      'source-profile-missing',
      { profile: 'b', source: 'gone' },
    ],
    ['names itself without keys', { a: role('a') }, 'source-profile-loop', { profile: 'a', source: 'a' }],
    [
      'comes back to the start',
      { a: role('b'), b: role('a') },
      'source-profile-loop',
      { profile: 'b', source: 'a' },
    ],
    [
      'turns in a circle behind it',
      { a: role('b'), b: role('c'), c: role('b') },
      'source-profile-loop',
      { profile: 'c', source: 'b' },
    ],
  ])('fails if it %s', (_, settings, code, params) => {
    expect(sourceChain(profiles(settings), 'a')).toMatchObject({ ok: false, failure: { code, params } });
  });
});
