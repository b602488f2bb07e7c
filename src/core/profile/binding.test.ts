import { describe, expect, it } from 'vitest';
import { adminRole, issuer } from '../../../test/fixtures/login.ts';
import { isBoundBy } from './binding.ts';

const admin = { issuer, ...adminRole };

describe('a binding', () => {
  it.each([
    ['issuer', { issuer: `${issuer}/` }],
    ['issuer in other letters', { issuer: issuer.toUpperCase() }],
    ['provider', { providerArn: `${admin.providerArn}2` }],
    ['role that begins the same', { roleArn: `${admin.roleArn}ReadOnly` }],
    ['account', { roleArn: admin.roleArn.replace('111122223333', '999988887777') }],
  ])('does not stand for another %s', (_, change) => {
    expect(isBoundBy(admin, admin)).toBe(true);
    expect(isBoundBy(admin, { ...admin, ...change })).toBe(false);
  });

  it('stands for its own container of Firefox alone, and for all where it names none', () => {
    const inOne = { ...admin, container: 'firefox-container-1' };
    const inTwo = { ...admin, container: 'firefox-container-2' };
    expect(isBoundBy(inOne, inOne)).toBe(true);
    expect(isBoundBy(inOne, inTwo)).toBe(false);
    expect(isBoundBy(admin, inTwo)).toBe(true);
    expect(isBoundBy(inTwo, admin)).toBe(true);
  });
});
