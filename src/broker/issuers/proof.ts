import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, EmbeddedJWK, errors, type JWTPayload, jwtVerify } from 'jose';
import { granted, type Outcome, refuse } from '../outcome/refusal.ts';
import type { UsedProofs } from './used-proofs.ts';

const oldestSeconds = 60;
const skewSeconds = 30;

/** How long a proof could be used, in milliseconds. */
export const proofLifetime = (oldestSeconds + skewSeconds) * 1000;

/** What a proof must be for. */
interface ProofFor {
  /** The token that it came with. */
  token: string;
  /** Its claim `nonce`: the thumbprint of the key with which the login was made. */
  nonce: unknown;
  method: string;
  /** The address that was asked, without query. */
  url: string;
  /** Milliseconds since the epoch. */
  now: number;
}

/**
 * Verifies that whoever sends an ID token is the program that logged in: a JWS as in RFC 9449 (DPoP), whose key is the
 * one that the login's `nonce` names. A proof is good for one request.
 */
export async function verifyProof(proof: string, wanted: ProofFor, used: UsedProofs): Promise<Outcome<void>> {
  const wrong = (reason: string) => refuse('InvalidProof', reason);
  if (proof.length > 4096) return wrong('the proof is too long');
  let payload: JWTPayload;
  let thumbprint: string;
  try {
    const verified = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ['ES256'],
      currentDate: new Date(wanted.now),
    });
    payload = verified.payload;
    thumbprint = await calculateJwkThumbprint(verified.protectedHeader.jwk ?? {});
  } catch (error) {
    // Whatever else is thrown is about the key, which whoever sent the proof chose.
    return wrong(`the proof: ${error instanceof errors.JOSEError ? error.message : 'its key is none'}`);
  }
  const { htm, htu, iat, jti, ath } = payload;
  const seconds = wanted.now / 1000;
  if (thumbprint !== wanted.nonce) return wrong('the proof is of another login');
  if (htm !== wanted.method) return wrong('the proof is for another method');
  if (!isSameAddress(htu, wanted.url)) return wrong('the proof is for another address');
  if (ath !== createHash('sha256').update(wanted.token).digest('base64url'))
    return wrong('the proof is for another token');
  if (typeof iat !== 'number' || iat < seconds - oldestSeconds) return wrong('the proof is too old');
  if (iat > seconds + skewSeconds) return wrong('the proof is from the future');
  if (typeof jti !== 'string' || jti.length < 16 || jti.length > 128)
    return wrong('the proof has no fitting jti');
  if (!used.add(`${thumbprint} ${jti}`)) return wrong('the proof was used before');
  return granted(undefined);
}

/** RFC 9449, section 4.3: compared as normalised addresses, without query and fragment. */
function isSameAddress(htu: unknown, url: string): boolean {
  if (typeof htu !== 'string' || !URL.canParse(htu)) return false;
  const named = new URL(htu);
  named.search = '';
  named.hash = '';
  return named.href === new URL(url).href;
}
