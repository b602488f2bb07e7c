import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts';

/** How many connections browsers open to a host, and as many again for requests without cookies. */
const connections = 6;

/** How many of the first ones are in use. */
let busy = 0;

/** An SDK client for STS in a region. It makes three attempts, each independent, before it gives up. */
export const stsClient = (
  config: Pick<STSClientConfig, 'region' | 'credentials' | 'useFipsEndpoint'>,
): STSClient =>
  new STSClient({
    ...config,
    maxAttempts: 3,
    // Node's handler ignores this, and the SDK's types omit its name here. As a `requestHandler` it would override
    // AWS_DEFAULTS_MODE.
    // Stryker disable next-line all: test/build/sts-answers.test.ts asks as browsers do
    extensions: [{ configure: (to) => to.updateHttpClientConfig('customFetch' as never, fetchSts as never) }],
  });

/**
 * How browsers ask. A login may want twelve roles at once: those beyond the connection limit go without cookies,
 * which STS doesn't use. What is sent is for AWS only, so redirects are not followed.
 */
// Stryker disable all: test/build/sts-answers.test.ts asks as browsers do
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
