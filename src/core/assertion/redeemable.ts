import type { Assertion } from './read-assertion.ts';

/** IAM user guide, "Troubleshoot SAML federation": an assertion is redeemed within five minutes of issuance. */
const redeemMilliseconds = 5 * 60_000;

/** Until when AWS takes an assertion, in milliseconds since the epoch; Infinity when it names no time at all. */
export const redeemableUntil = ({ issuedAt, notOnOrAfter, bearerNotOnOrAfter }: Assertion): number =>
  Math.min(
    notOnOrAfter ?? Number.POSITIVE_INFINITY,
    bearerNotOnOrAfter ?? Number.POSITIVE_INFINITY,
    (issuedAt ?? Number.POSITIVE_INFINITY) + redeemMilliseconds,
  );

/**
 * How long an assertion can be redeemed from when it was issued, in milliseconds. Both times come from the clock of
 * the identity provider, so this machine's may be wrong.
 */
export function redeemableFor(assertion: Assertion): number {
  if (assertion.issuedAt === undefined) return redeemMilliseconds;
  return Math.max(0, redeemableUntil(assertion) - assertion.issuedAt);
}
