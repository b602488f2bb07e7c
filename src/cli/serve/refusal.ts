import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../../core/loopback.ts';
import { type Answer, errorAnswer } from '../../core/profile/container-credentials.ts';

/** Where the credentials are. */
export const path = '/credentials';

/**
 * Why a request gets no credentials, if so. `token` is what the `Authorization` header must be; `host` is the address that
 * this program listens at, as `URL` writes it.
 */
export function refusal(message: IncomingMessage, token: string, host: string): Answer | undefined {
  const { method, url, headers } = message;
  const named = hostNamed(message);
  // A web page whose name leads here is told by the name.
  if (named === undefined || !(named === host || isLoopback(named))) {
    return errorAnswer('HostNotAllowed', 'The Host header must name this machine.', 403);
  }
  if (!isSame(headers.authorization ?? '', token)) {
    return errorAnswer(
      'InvalidToken',
      'The Authorization header must be the token that roleferry serve gave out when it started.',
      401,
    );
  }
  if (url !== path) return errorAnswer('NotFound', `Only ${path} is answered here.`, 404);
  if (method !== 'GET')
    return errorAnswer('MethodNotAllowed', 'Only GET is answered here.', 405, { allow: 'GET' });
  if (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0) {
    return errorAnswer('InvalidRequest', 'A request has no body here.', 400, { connection: 'close' });
  }
  return undefined;
}

/** The host in the one `Host` header, as `URL` writes it. */
function hostNamed({ headersDistinct: { host = [] } }: IncomingMessage): string | undefined {
  const [only = '', ...others] = host;
  const url = `http://${only}`;
  const isPlain = others.length === 0 && /^[\w.:[\]-]+$/.test(only) && URL.canParse(url);
  return isPlain ? new URL(url).hostname : undefined;
}

/** Compares hashes, since the time that a comparison takes must not tell how much of a guess is right. */
function isSame(given: string, token: string): boolean {
  const { createHash, timingSafeEqual } = process.getBuiltinModule('node:crypto');
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(token));
}
