import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts';

/** How many connections browsers open to one host, and as many again for requests without cookies. */
const connections = 6;

/** How many of the first ones are in use. */
let busy = 0;

/** A client of the SDK for STS in a region. It asks three times, each time anew, before it gives up. */
export const stsClient = (
  config: Pick<STSClientConfig, 'region' | 'credentials' | 'useFipsEndpoint'>,
): STSClient =>
  new STSClient({
    ...config,
    maxAttempts: 3,
    // Node's handler passes over this, whose name the SDK's types leave out here. As a `requestHandler` it would take
    // the place of what AWS_DEFAULTS_MODE says.
    extensions: [{ configure: (to) => to.updateHttpClientConfig('customFetch' as never, fetchSts as never) }],
  });

/**
 * How browsers ask. A login may want twelve roles at once: those for which there is no connection left go without
 * cookies, of which STS has none. What is sent is for AWS alone, so a redirect is not followed.
 */
async function fetchSts(request: Request | URL | string, init: RequestInit = {}): Promise<Response> {
  const isFirst = busy < connections;
  if (isFirst) busy += 1;
  try {
    const credentials = isFirst ? 'same-origin' : 'omit';
    return await fetch(request, { ...init, credentials, redirect: 'manual' });
  } finally {
    if (isFirst) busy -= 1;
  }
}
