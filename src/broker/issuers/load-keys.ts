import { readFile } from 'node:fs/promises';
import type { JWK } from 'jose';
import * as v from 'valibot';
import { isLoopback } from '../../core/loopback.ts';
import type { IssuerConfig } from '../config/schema.ts';
import { fetchJson, parseJson } from './fetch-json.ts';

type Source = Pick<IssuerConfig, 'issuer' | 'jwksUri' | 'jwksFile'>;

const discovery = v.object({ issuer: v.string(), jwks_uri: v.string() });

const keySet = v.object({
  keys: v.pipe(v.array(v.looseObject({ kty: v.string() })), v.maxLength(100)),
});

/**
 * Loads the public keys of an issuer: from the file or address that the configuration names, else where the issuer's
 * own discovery document says. Throws with a reason in plain words.
 */
export async function loadKeys({ issuer, jwksUri, jwksFile }: Source): Promise<JWK[]> {
  const found =
    jwksFile === undefined
      ? await fetchJson(jwksUri ?? (await discover(issuer)))
      : parseJson(await readFile(jwksFile, 'utf8'));
  const set = v.safeParse(keySet, found);
  if (!set.success) throw new Error('what it has is no key set');
  const keys = (set.output.keys as JWK[]).filter(isForSignatures);
  if (keys.length === 0) throw new Error('its key set has no public key for signatures');
  return keys;
}

async function discover(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const found = v.safeParse(discovery, await fetchJson(url));
  if (!found.success) throw new Error('its discovery document names no keys');
  if (found.output.issuer !== issuer) throw new Error('its discovery document is of another issuer');
  const { protocol, hostname } = new URL(found.output.jwks_uri);
  if (
    protocol !== 'https:' &&
    !(protocol === 'http:' && isLoopback(hostname) && isLoopback(new URL(issuer).hostname))
  ) {
    throw new Error('its keys are not at an https address');
  }
  return found.output.jwks_uri;
}

/** A secret shared with the issuer (`oct`), or a private key that it shows by mistake, proves nothing. */
const isForSignatures = ({ kty, use, d }: JWK): boolean =>
  ['RSA', 'EC', 'OKP'].includes(kty ?? '') && (use === undefined || use === 'sig') && d === undefined;
