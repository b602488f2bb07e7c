import type { STSClient } from '@aws-sdk/client-sts';
import { printable } from './printable.ts';
import { invalidUrl } from './sts-failure.ts';
import { stsHost } from './sts-region.ts';

/** What is read of the SDK's request. */
interface HttpRequest {
  /** With the colon. */
  protocol: string;
  hostname: string;
  port?: number;
}

/** What is seen of STS while it is asked. */
interface Seen {
  /** The host that is asked: that of the region's STS, unless the SDK's configuration leads elsewhere. */
  host: string;
  /** How much AWS's clock is ahead of this machine's, in milliseconds; 0 when they agree well enough. */
  clockOffset: number;
}

/** AWS allows for five minutes: less than this explains nothing. */
const noticeableMilliseconds = 2 * 60_000;

/** Follows whom `client` asks, and what time it is there by the Date header of the answers. */
export function watchSts(client: STSClient, region: string): Seen {
  const seen = { host: stsHost(region), clockOffset: 0 };
  client.middlewareStack.add(
    (next) => async (args) => {
      const { protocol, hostname, port } = args.request as HttpRequest;
      // Of `localhost:4566` Node makes a request to port 80 of this machine, with the assertion in it.
      if (!/^https?:$/.test(protocol)) throw Object.assign(new Error(), { code: invalidUrl });
      seen.host = printable(port === undefined ? hostname : `${hostname}:${port}`);
      const result = await next(args);
      const { headers } = result.response as { headers?: Record<string, string> };
      const date = Date.parse(headers?.date ?? '');
      const offset = date - Date.now();
      if (Math.abs(offset) >= noticeableMilliseconds) seen.clockOffset = offset;
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'watchSts' },
  );
  return seen;
}
