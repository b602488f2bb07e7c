import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Arrived } from './exchange.ts';
import { regionOfHost } from './hosts.ts';
import { refusals } from './refusal.ts';

/** A key that the rehearsal knows, and whose it is. */
export interface KnownKey {
  secretAccessKey: string;
  /** Temporary keys only. */
  sessionToken?: string;
  /** Milliseconds since the epoch; temporary keys only. */
  expiresAt?: number;
}

const skew = 5 * 60 * 1000;
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();

/**
 * Verifies the Signature Version 4 of a request's Authorization header and returns the key it was made
 * with. Everything is recomputed from the request; what AWS refuses is thrown as its refusal.
 *
 * Source: AWS Signature Version 4 for API requests, "Create a signed AWS API request".
 */
export function verifySignature<Key extends KnownKey>(
  request: Arrived,
  findKey: (accessKeyId: string) => Key | undefined,
  now: number,
  expectedService = 'sts',
): Key {
  const { authorization } = request.headers;
  if (authorization === undefined) throw refusals.notSigned();
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(
      authorization,
    );
  const [, accessKeyId = '', day = '', region = '', service = '', signedHeaders = '', signature = ''] =
    parts ?? [];
  if (parts === null) throw refusals.incomplete('Authorization header is not complete.');
  const date = String(request.headers['x-amz-date'] ?? '');
  const signedAt = parseDate(date);
  const names = signedHeaders.split(';');
  if (signedAt === undefined || !names.includes('host') || !names.includes('x-amz-date')) {
    throw refusals.incomplete("Authorization header requires existence of 'Host' and 'X-Amz-Date'.");
  }

  const key = findKey(accessKeyId);
  if (key === undefined || key.sessionToken !== request.headers['x-amz-security-token']) {
    throw refusals.unknownKey();
  }
  if (service !== expectedService)
    throw refusals.wrongScope(`Credential should be scoped to correct service: '${expectedService}'. `);
  if (!isRegionOf(request.host, region)) {
    throw refusals.wrongScope('Credential should be scoped to a valid region. ');
  }
  const nowText = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  if (signedAt < now - skew) throw refusals.signedTooEarly(date, nowText);
  if (signedAt > now + skew) throw refusals.signedTooLate(date, nowText);
  if (!date.startsWith(day)) throw refusals.wrongScope('Date in Credential scope does not match YYYYMMDD.');

  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', date, scope, sha256(canonicalRequest(request, names))].join('\n');
  const signingKey = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${key.secretAccessKey}`,
  );
  if (!timingSafeEqual(hmac(signingKey, toSign), Buffer.from(signature, 'hex'))) {
    throw refusals.wrongSignature();
  }
  // Only now: callers without a valid key learn nothing about it.
  if (key.expiresAt !== undefined && now >= key.expiresAt) throw refusals.credentialsExpired();
  return key;
}

function canonicalRequest(request: Arrived, signedHeaders: string[]): string {
  const headers = signedHeaders.map((name) => {
    const value = request.headers[name];
    return `${name}:${String(value ?? '')
      .trim()
      .replace(/ +/g, ' ')}\n`;
  });
  const query = [...request.query]
    .map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`)
    .sort()
    .join('&');
  return [
    request.method,
    request.path,
    query,
    headers.join(''),
    signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n');
}

const uriEncode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function isRegionOf(host: string, region: string): boolean {
  if (host === 'sts.amazonaws.com') return region === 'us-east-1';
  const expected = regionOfHost(host);
  return expected === undefined || expected === region;
}

function parseDate(text: string): number | undefined {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}
