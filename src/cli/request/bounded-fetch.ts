import type { Failure } from '../../core/failure.ts';
import { isLoopback } from '../../core/loopback.ts';
import { connectionReason } from '../../core/sts/connection-reason.ts';
import { FailedRequest } from '../../core/sts/failed-request.ts';
import { deadline } from '../network/deadline.ts';
import { send } from '../network/send.ts';

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
  const signal = deadline(patience, ...(init.signal ? [init.signal] : []));
  try {
    return await answerTo(address, { ...init, signal });
  } catch (error) {
    if (error instanceof Unanswered || error instanceof FailedRequest) throw error;
    const { name, code } = error as { name?: unknown; code?: unknown };
    throw new Unanswered(connectionReason({ name, code }) ?? `the connection failed (${code ?? name})`);
  }
}

async function answerTo(address: string, init: RequestInit): Promise<Response> {
  const answer = await send(address, init);
  const { statusCode: status = 0, headers } = answer;
  if (status < 200 || status > 599 || (status >= 300 && status < 400)) {
    answer.destroy();
    throw new Unanswered(
      status >= 300 && status < 400
        ? 'it sends requests on to another address'
        : `it answered with HTTP ${status}`,
    );
  }
  const body = await readWhole(answer);
  const pairs = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  return new Response(body.length === 0 ? null : body, { status, headers: pairs });
}

async function readWhole(answer: AsyncIterable<Buffer>): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += chunk.length;
    if (size > mostBytes) throw new Unanswered('its answer is longer than 1 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Why there is no answer, given what `boundedFetch` threw: a failure of the network's settings or of a proxy, or what
 * `make` makes of the reason. `undefined` for any other error.
 */
export function whyUnanswered(error: unknown, make: (reason: string) => Failure): Failure | undefined {
  if (error instanceof FailedRequest) return error.failure;
  return error instanceof Unanswered ? make(error.message) : undefined;
}
