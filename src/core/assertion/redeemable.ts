import type { Assertion } from './assertion.ts';

/** IAM user guide, "Troubleshoot SAML federation": an assertion must be redeemed within five minutes of issuance. */
const redeemMilliseconds = 5 * 60_000;

/** Until when AWS accepts an assertion, in milliseconds since the epoch; Infinity if it names no time. */
export const redeemableUntil = ({ issuedAt, notOnOrAfter, bearerNotOnOrAfter }: Assertion): number =>
  Math.min(
    notOnOrAfter ?? Number.POSITIVE_INFINITY,
    bearerNotOnOrAfter ?? Number.POSITIVE_INFINITY,
    (issuedAt ?? Number.POSITIVE_INFINITY) + redeemMilliseconds,
  );

/**
 * How long after its issue an assertion can be redeemed, in milliseconds. Both times come from the identity
 * provider's clock, so this machine's may be wrong.
 */
export function redeemableFor(assertion: Assertion): number {
  if (assertion.issuedAt === undefined) return redeemMilliseconds;
  return Math.max(0, redeemableUntil(assertion) - assertion.issuedAt);
}
