import type { STSClient } from '@aws-sdk/client-sts';
import { isLoopback } from '../loopback.ts';
import { printable } from '../words/printable.ts';
import { invalidUrl, plainHttp, redirected } from './sts-failure.ts';

/** What is read of the SDK's request. */
interface HttpRequest {
  /** With the colon. */
  protocol: string;
  hostname: string;
  port?: number;
}

/** What is read of the answer. */
interface HttpResponse {
  /** 0 for a redirect, which browsers hide. */
  statusCode: number;
  headers?: Record<string, string>;
  /** In Node a stream. */
  body?: { destroy?: () => void };
}

/** What is learnt from STS while it is asked. */
export interface Seen {
  /** The host being asked: the region's STS, unless the SDK's configuration says otherwise. */
  host: string;
  /** How far AWS's clock is ahead of this machine's, in milliseconds; 0 if they agree well enough. */
  clockOffset: number;
}

/** AWS allows for five minutes: less than this explains nothing. */
const noticeableMilliseconds = 2 * 60_000;

/**
 * Tracks which host `client` asks, at first `host`, and AWS's time by the answers' Date header. Requests to another
 * machine over plain http are not sent, and redirects are errors: what is sent is for nobody else.
 */
export function watchSts(client: STSClient, host: string): Seen {
  const seen = { host, clockOffset: 0 };
  client.middlewareStack.add(
    (next) => async (args) => {
      const { protocol, hostname, port } = args.request as HttpRequest;
      // For `localhost:4566` Node sends a request to port 80 of this machine, with the assertion in it.
      if (!/^https?:$/.test(protocol)) throw Object.assign(new Error(), { code: invalidUrl });
      seen.host = printable(port === undefined ? hostname : `${hostname}:${port}`);
      if (protocol === 'http:' && !isLoopback(hostname)) {
        throw Object.assign(new Error(), { code: plainHttp });
      }
      const result = await next(args);
      const { statusCode, headers, body } = result.response as HttpResponse;
      if (statusCode === 0 || (statusCode >= 300 && statusCode < 400)) {
        body?.destroy?.();
        throw Object.assign(new Error(), { code: redirected });
      }
      // Stryker disable next-line StringLiteral: neither is a time
      const date = Date.parse(headers?.date ?? '');
      const offset = date - Date.now();
      // Stryker disable next-line EqualityOperator: no clock meets the millisecond
      if (Math.abs(offset) >= noticeableMilliseconds) seen.clockOffset = offset;
      return result;
    },
    // Stryker disable next-line ObjectLiteral,StringLiteral: the SDK's own, with which exchange.test.ts asks
    { step: 'deserialize', priority: 'low', name: 'watchSts' },
  );
  return seen;
}
