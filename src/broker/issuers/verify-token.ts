import { decodeJwt, errors, type JWTHeaderParameters, type JWTPayload, jwtVerify } from 'jose';
import type { IssuerConfig } from '../config/schema.ts';
import { granted, type Outcome, type RefusalCode, refuse } from '../outcome/refusal.ts';
import { type IssuerKeys, KeysUnavailable } from './issuer-keys.ts';

/** Each has a public key: with a shared secret whoever can verify could also sign. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

const skewSeconds = 30;
const longestToken = 16_384;

/** An issuer of the configuration, by its name there, with its keys. */
export interface KnownIssuer {
  name: string;
  config: IssuerConfig;
  keys: IssuerKeys;
}

/** A token that was verified. */
export interface Verified {
  issuer: KnownIssuer;
  claims: JWTPayload & { iss: string; sub: string };
}

/**
 * Verifies a token of one of `issuers`: signature, audience and times (`now` in milliseconds since the epoch). Nothing
 * in the token has anything fetched but the keys of an issuer that the configuration names.
 */
export async function verifyToken(
  token: string,
  issuers: KnownIssuer[],
  now: number,
): Promise<Outcome<Verified>> {
  if (token.length > longestToken) return refuse('InvalidToken', 'the token is too long');
  const claimed = readClaims(token);
  if (claimed === undefined) return refuse('TokenNeeded', 'what was sent is no token');
  const candidates = issuers.filter(({ config }) => config.issuer === claimed.iss);
  if (candidates.length === 0)
    return refuse('InvalidToken', `the issuer is not configured: ${quoted(claimed.iss)}`);
  const issuer = forAudience(candidates, claimed.aud);
  if (issuer === undefined) return refuse('InvalidToken', `the audience is another: ${quoted(claimed.aud)}`);
  try {
    const { payload, protectedHeader } = await jwtVerify(token, issuer.keys.find, {
      algorithms,
      issuer: issuer.config.issuer,
      audience: issuer.config.audience,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: skewSeconds,
      currentDate: new Date(now),
    });
    const wrong = wrongHeader(protectedHeader) ?? wrongClaims(payload, issuer.config, now);
    if (wrong !== undefined) return wrong;
    return granted({ issuer, claims: payload as Verified['claims'] });
  } catch (error) {
    return whyNot(error);
  }
}

function readClaims(token: string): JWTPayload | undefined {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

/** Where a token is for people and for machines, what counts is the stricter: with a proof. */
function forAudience(candidates: KnownIssuer[], aud: unknown): KnownIssuer | undefined {
  const fitting = candidates.filter(({ config }) => [aud].flat().includes(config.audience));
  return fitting.find(({ config }) => config.login !== undefined) ?? fitting[0];
}

type Wrong = ReturnType<typeof refuse> | undefined;

function wrongHeader({ typ, crit }: JWTHeaderParameters): Wrong {
  if (crit !== undefined) return refuse('InvalidToken', 'the token has critical extensions');
  if (typ !== undefined && !/^(application\/)?jwt$/i.test(typ)) {
    return refuse('InvalidToken', `the token is of another type: ${quoted(typ)}`);
  }
  return undefined;
}

function wrongClaims(
  { exp = 0, iat, sub, azp }: JWTPayload,
  { login, audience }: IssuerConfig,
  now: number,
): Wrong {
  const seconds = now / 1000;
  if (exp <= seconds) return refuse('ExpiredToken', 'the token has expired');
  if (iat !== undefined && iat > seconds + skewSeconds)
    return refuse('InvalidToken', 'the token is from the future');
  if (typeof sub !== 'string' || sub === '') return refuse('InvalidToken', 'the token has no subject');
  // OpenID Connect Core 3.1.3.7: for whom an ID token with several audiences was made.
  if (login !== undefined && azp !== undefined && azp !== audience) {
    return refuse('InvalidToken', `the token was made for another client: ${quoted(azp)}`);
  }
  return undefined;
}

function whyNot(error: unknown): { ok: false; refusal: { code: RefusalCode; reason: string } } {
  if (error instanceof KeysUnavailable) return refuse('Unavailable', error.message);
  if (error instanceof errors.JWTExpired) return refuse('ExpiredToken', 'the token has expired');
  // jose names what is wrong ('"aud" claim check failed', 'signature verification failed') and quotes nothing.
  if (error instanceof errors.JOSEError) return refuse('InvalidToken', error.message);
  // A key that the issuer published is of no use, or not of the sort that the token says.
  if (error instanceof TypeError || error instanceof DOMException)
    return refuse('InvalidToken', 'the key does not fit the token');
  throw error;
}

/** A value out of a token that nobody vouches for yet. */
const quoted = (value: unknown): string => (JSON.stringify(value) ?? 'none').slice(0, 200);
