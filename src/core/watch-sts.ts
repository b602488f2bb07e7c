import type { STSClient } from '@aws-sdk/client-sts';
import { printable } from './printable.ts';
import { stsHost } from './sts-region.ts';

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
      const { hostname, port } = args.request as { hostname: string; port?: number };
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
