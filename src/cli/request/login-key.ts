import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { ok } from '../../core/result.ts';
import type { Caller } from './ask-broker.ts';

/** A key for one login. It never leaves this process, so a stolen token alone is useless. */
export interface LoginKey {
  /** Goes out as the nonce of the login, so that the ID token names the key (RFC 7638, SHA-256). */
  thumbprint: string;
  /** Who asks with this ID token. Each request is signed for its own address (as RFC 9449 does it). */
  caller(idToken: string): Caller;
}

export async function newLoginKey(): Promise<LoginKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const { kty, crv, x, y } = await exportJWK(publicKey);
  const jwk = { kty, crv, x, y } as { kty: string; crv: string; x: string; y: string };
  return {
    thumbprint: await calculateJwkThumbprint(jwk),
    caller: (idToken) => async (url) => {
      const { createHash, randomUUID } = process.getBuiltinModule('node:crypto');
      const ath = createHash('sha256').update(idToken).digest('base64url');
      const claims = { htm: 'GET', htu: `${url.origin}${url.pathname}`, jti: randomUUID(), ath };
      const proof = await new SignJWT(claims)
        .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk })
        .setIssuedAt()
        .sign(privateKey);
      return ok({ authorization: `DPoP ${idToken}`, dpop: proof });
    },
  };
}
