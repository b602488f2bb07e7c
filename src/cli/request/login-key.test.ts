import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose';
import { expect, it } from 'vitest';
import { newLoginKey } from './login-key.ts';

const url = new URL('https://broker.example/v1/roles/dev?duration=900');

async function proofFrom(key: Awaited<ReturnType<typeof newLoginKey>>) {
  const headers = await key.caller('id.to.ken')(url);
  if (!headers.ok) throw new Error(headers.failure.code);
  expect(headers.value.authorization).toBe('DPoP id.to.ken');
  return jwtVerify(headers.value.dpop ?? '', EmbeddedJWK, { typ: 'dpop+jwt', algorithms: ['ES256'] });
}

it('signs each request for its own address and token, with the key that the thumbprint names', async () => {
  const key = await newLoginKey();
  const { payload, protectedHeader } = await proofFrom(key);
  expect(payload).toMatchObject({
    htm: 'GET',
    htu: 'https://broker.example/v1/roles/dev',
    ath: createHash('sha256').update('id.to.ken').digest('base64url'),
    iat: expect.any(Number),
  });
  expect(key.thumbprint).toMatch(/^[\w-]{43}$/);
  expect(await calculateJwkThumbprint(protectedHeader.jwk ?? {})).toBe(key.thumbprint);
  expect(Object.keys(protectedHeader.jwk ?? {}).toSorted()).toEqual(['crv', 'kty', 'x', 'y']);
});

it('signs no two requests alike, and makes a key of its own for each login', async () => {
  const [key, other] = [await newLoginKey(), await newLoginKey()];
  const [first, second] = [await proofFrom(key), await proofFrom(key)];
  expect(first.payload.jti).not.toBe(second.payload.jti);
  expect(key.thumbprint).not.toBe(other.thumbprint);
});
