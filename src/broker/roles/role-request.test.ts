import { describe, expect, it } from 'vitest';
import type { RoleConfig } from '../config/schema.ts';
import { roleRequest } from './role-request.ts';

const role: RoleConfig = {
  arn: 'arn:aws:iam::111122223333:role/Dev',
  allow: [],
  maxDuration: 3600,
  sessionName: '{sub}',
  sourceIdentity: undefined,
  tags: {},
  externalId: undefined,
  policy: null,
};
const claims = { iss: 'https://idp.example', sub: 'u-1', email: 'a@example.com', level: 7, groups: ['a'] };

describe('what AWS is asked', () => {
  it('is the role, the name and the duration, and nothing that was not configured', () => {
    expect(roleRequest(role, claims)).toEqual({
      ok: true,
      value: { roleArn: role.arn, sessionName: 'u-1', sessionDuration: 3600, tags: {} },
    });
  });

  it('has exact values in tags', () => {
    const request = roleRequest({ ...role, tags: { who: '{email}', level: 'L{level}' } }, claims);
    expect(request).toMatchObject({ value: { tags: { who: 'a@example.com', level: 'L7' } } });
  });

  it.each<[string, Partial<RoleConfig>, object, string]>([
    ['a claim is not there', { sessionName: '{name}' }, {}, 'the token lacks name'],
    ['a claim is a list', { tags: { g: '{groups}' } }, {}, 'the token lacks groups'],
    [
      'a claim is inherited by every object',
      { sourceIdentity: '{constructor}' },
      {},
      'the token lacks constructor',
    ],
    [
      'AWS takes no such tag',
      { tags: { who: '{email}' } },
      { email: 'a*b' },
      'AWS takes no tag of this value: who',
    ],
    [
      'a tag is too long',
      { tags: { who: '{email}' } },
      { email: 'a'.repeat(257) },
      'AWS takes no tag of this value: who',
    ],
  ])('is nothing where %s', (_, changes, more, reason) => {
    expect(roleRequest({ ...role, ...changes }, { ...claims, ...more })).toEqual({
      ok: false,
      refusal: { code: 'AccessDenied', reason },
    });
  });
});
