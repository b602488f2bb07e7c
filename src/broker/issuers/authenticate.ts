import { granted, type Outcome, refuse } from '../outcome/refusal.ts';
import { verifyProof } from './proof.ts';
import type { UsedProofs } from './used-proofs.ts';
import { type KnownIssuer, type Verified, verifyToken } from './verify-token.ts';

/** What a request brings to show whose it is. */
export interface Shown {
  authorization: string | undefined;
  /** The header `DPoP`. */
  proof: string | undefined;
  method: string;
  /** The address that was asked, without query. */
  url: string;
}

/**
 * Whose a request is. AWS SDKs send the token alone, other programs after `Bearer`. The token of a person counts only
 * with a proof of the login that it was made for: its audience is the login's, so others may have come by it.
 */
export async function authenticate(
  { authorization, proof, method, url }: Shown,
  issuers: KnownIssuer[],
  used: UsedProofs,
  now: number,
): Promise<Outcome<Verified>> {
  if (authorization === undefined) return refuse('TokenNeeded', 'no token was sent');
  const token = authorization.trim().replace(/^(?:Bearer|DPoP) +/i, '');
  const verified = await verifyToken(token, issuers, now);
  if (!verified.ok || verified.value.issuer.config.login === undefined) return verified;
  if (proof === undefined) return refuse('ProofNeeded', 'no proof was sent');
  const { nonce } = verified.value.claims;
  const proven = await verifyProof(proof, { token, nonce, method, url, now }, used);
  return proven.ok ? granted(verified.value) : proven;
}
