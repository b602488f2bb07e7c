import { isLoopback } from '../../core/loopback.ts';
import { connectionReason } from '../../core/sts/connection-reason.ts';

/** How long to wait for an answer; milliseconds. */
const patience = 15_000;

/** Longer than any answer of a broker or an identity provider. */
const mostBytes = 1024 * 1024;

/** A request that was not sent, or an answer that is not used. */
class Unanswered extends Error {}

/**
 * Sends a request to one address: https, or with `plainHttp` also http on this machine. Follows no redirect and stops
 * reading an answer that is too long. `whyUnanswered` explains what it throws.
 */
export async function boundedFetch(
  address: string,
  { plainHttp, ...init }: RequestInit & { plainHttp: boolean },
): Promise<Response> {
  const { protocol, hostname, origin } = new URL(address);
  if (protocol === 'https:') {
    if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
      throw new Unanswered('NODE_TLS_REJECT_UNAUTHORIZED=0 is set, so no certificate would be checked');
    }
  } else if (protocol !== 'http:' || !plainHttp || !isLoopback(hostname)) {
    throw new Unanswered(`${origin} is not asked: only https is safe on the way there`);
  }
  const signals = [AbortSignal.timeout(patience), ...(init.signal ? [init.signal] : [])];
  const answer = await fetch(address, { ...init, redirect: 'manual', signal: AbortSignal.any(signals) });
  const { status, headers } = answer;
  if (status < 200 || status > 599 || (status >= 300 && status < 400)) {
    await answer.body?.cancel();
    throw new Unanswered(
      status >= 300 && status < 400
        ? 'it sends requests on to another address'
        : `it answered with HTTP ${status}`,
    );
  }
  const body = await readWhole(answer);
  return new Response(body.length === 0 ? null : body, { status, headers });
}

async function readWhole({ body }: Response): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > mostBytes) throw new Unanswered('its answer is longer than 1 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Why there is no answer, given what `boundedFetch` threw; `undefined` for any other error. */
export function whyUnanswered(error: unknown): string | undefined {
  if (error instanceof Unanswered) return error.message;
  const { name, cause } = error as { name?: unknown; cause?: { code?: unknown; name?: unknown } };
  if (name === 'TimeoutError' || name === 'AbortError') return connectionReason({ name });
  if (name !== 'TypeError' || cause === undefined) return undefined;
  return connectionReason(cause) ?? `the connection failed (${String(cause.code ?? cause.name)})`;
}
