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
  /** 0 for a redirect, which browsers do not let anyone look at. */
  statusCode: number;
  headers?: Record<string, string>;
  /** In Node a stream. */
  body?: { destroy?: () => void };
}

/** What is seen of STS while it is asked. */
export interface Seen {
  /** The host that is asked: that of the region's STS, unless the SDK's configuration leads elsewhere. */
  host: string;
  /** How much AWS's clock is ahead of this machine's, in milliseconds; 0 when they agree well enough. */
  clockOffset: number;
}

/** AWS allows for five minutes: less than this explains nothing. */
const noticeableMilliseconds = 2 * 60_000;

/**
 * Follows whom `client` asks, at first `host`, and what time it is there by the Date header of the answers. What would
 * leave this machine over plain http is not sent, and a redirect is an error: what is sent may go to nobody else.
 */
export function watchSts(client: STSClient, host: string): Seen {
  const seen = { host, clockOffset: 0 };
  client.middlewareStack.add(
    (next) => async (args) => {
      const { protocol, hostname, port } = args.request as HttpRequest;
      // Of `localhost:4566` Node makes a request to port 80 of this machine, with the assertion in it.
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
      const date = Date.parse(headers?.date ?? '');
      const offset = date - Date.now();
      if (Math.abs(offset) >= noticeableMilliseconds) seen.clockOffset = offset;
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'watchSts' },
  );
  return seen;
}
