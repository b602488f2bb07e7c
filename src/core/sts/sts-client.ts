import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts';

/** How many connections browsers open to a host, and as many again for requests without cookies. */
const connections = 6;

/** How many of the first ones are in use. */
let busy = 0;

/** Makes what the https requests of one client go through in Node: its agent, which the client destroys. */
export type NewHttpsAgent = () => object;

/** An SDK client for STS in a region. It makes three attempts, each independent, before it gives up. */
export const stsClient = ({
  newHttpsAgent,
  ...config
}: Pick<STSClientConfig, 'region' | 'credentials' | 'useFipsEndpoint'> & {
  newHttpsAgent?: NewHttpsAgent | undefined;
}): STSClient =>
  new STSClient({
    ...config,
    maxAttempts: 3,
    // As a `requestHandler` these would override AWS_DEFAULTS_MODE. Node's handler ignores the first, browsers' the
    // second, and the SDK's types omit the first's name.
    // Stryker disable next-line all: test/build/sts-answers.test.ts asks as browsers do
    extensions: [
      {
        configure(to) {
          to.updateHttpClientConfig('customFetch' as never, fetchSts as never);
          if (newHttpsAgent) to.updateHttpClientConfig('httpsAgent' as never, newHttpsAgent() as never);
        },
      },
    ],
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
