import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sessionName } from './session-name.ts';

describe('the name of a session', () => {
  it.each(['alice@example.com', 'jo', 'system=a,b.c+d-e_f', 'a'.repeat(64)])('is %s as it stands', (name) => {
    expect(sessionName(name)).toBe(name);
  });

  it.each([
    ['repo:example/shop', /^repo-example-shop-[0-9a-f]{8}$/],
    ['Jürgen Müller', /^J-rgen-M-ller-[0-9a-f]{8}$/],
    ['a'.repeat(65), /^a{55}-[0-9a-f]{8}$/],
    ['x', /^x-[0-9a-f]{8}$/],
    ['', /^-[0-9a-f]{8}$/],
  ])('%j is changed to what AWS takes, with a hash', (wanted, name) => {
    expect(sessionName(wanted)).toMatch(name);
  });

  it('of one person cannot be had by another who is called like the changed name', () => {
    const victim = sessionName('repo:example/shop');
    expect(sessionName(victim)).not.toBe(victim);
  });

  it('is always one that AWS takes, and of two people never the same', () => {
    const name = fc.string({ unit: 'binary', maxLength: 100 });
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(sessionName(one)).toMatch(/^[\w+=,.@-]{2,64}$/);
        if (one !== other) expect(sessionName(one)).not.toBe(sessionName(other));
      }),
    );
  });
});
