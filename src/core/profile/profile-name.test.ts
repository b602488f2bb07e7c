import { describe, expect, it } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { profileNameFailure } from './profile-name.ts';

describe('a profile name', () => {
  it.each(['default', 'dev', 'a-b_c.d/e%f@g:h+i', '0', 'constructor', 'A'.repeat(128)])(
    'may be %j',
    (name) => {
      expect(profileNameFailure(name)).toBeUndefined();
    },
  );

  it.each([
    ['', 'empty'],
    ['a b', 'a space'],
    [' a', 'a space'],
    ['a\nb', 'a line break'],
    ['a\r', 'a line break'],
    ['a]', ']'],
    ['[a', '['],
    ['a#b', '#'],
    ['a=b', '='],
    ['"a"', '"'],
    ['é', 'é'],
    ['a\u0000b', 'an invisible character'],
    ['a\u202eb', 'an invisible character'],
    ['a\u00a0b', 'a space'],
    ['A'.repeat(129), '128 characters'],
    ['__proto__', 'SDK for JavaScript'],
  ])('cannot be %j, and the reason names %s', (name, reason) => {
    expect(profileNameFailure(name)).toEqual(saying('profile-name-invalid', reason));
  });
});
