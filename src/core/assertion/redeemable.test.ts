import { describe, expect, it } from 'vitest';
import type { Assertion } from './assertion.ts';
import { redeemableFor, redeemableUntil } from './redeemable.ts';

const minute = 60_000;
const issuedAt = Date.UTC(2026, 0, 2, 3, 4, 5);
const minutesOn = (minutes: number) => issuedAt + minutes * minute;
const assertion = (times: Partial<Assertion>): Assertion => ({
  issuer: 'https://idp.example',
  encrypted: false,
  roles: [],
  unreadRoles: 0,
  audiences: [],
  recipients: [],
  status: 'Success',
  principalTags: {},
  transitiveTagKeys: [],
  signed: true,
  hasSubject: true,
  ...times,
});

describe('an assertion can be redeemed', () => {
  it.each<[string, Partial<Assertion>, number, number]>([
    ['for five minutes from when it was issued', { issuedAt }, minutesOn(5), 5 * minute],
    [
      'until its conditions end, where that is earlier',
      { issuedAt, notOnOrAfter: minutesOn(2) },
      minutesOn(2),
      2 * minute,
    ],
    [
      'until its bearer’s time ends, where that is earlier',
      { issuedAt, bearerNotOnOrAfter: minutesOn(3) },
      minutesOn(3),
      3 * minute,
    ],
    [
      'for no longer where they end later',
      { issuedAt, notOnOrAfter: minutesOn(60), bearerNotOnOrAfter: minutesOn(60) },
      minutesOn(5),
      5 * minute,
    ],
    ['not at all where they ended before', { issuedAt, notOnOrAfter: minutesOn(-1) }, minutesOn(-1), 0],
    [
      'until they end, where nobody says when it was issued',
      { notOnOrAfter: minutesOn(60) },
      minutesOn(60),
      5 * minute,
    ],
    ['at any time where it names none', {}, Number.POSITIVE_INFINITY, 5 * minute],
  ])('%s', (_, times, until, milliseconds) => {
    expect(redeemableUntil(assertion(times))).toBe(until);
    expect(redeemableFor(assertion(times))).toBe(milliseconds);
  });
});
