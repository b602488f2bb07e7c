import { failure } from '../../core/failure.ts';
import type { ParamsOf } from '../../core/failure-codes.ts';
import { connectionProblem } from '../../core/sts/connection-reason.ts';
import { stsHost, stsHosts } from '../../core/sts/sts-region.ts';
import { filesFailure } from '../files/files-failure.ts';
import { configuredEndpoint, whyNotAskSts } from '../sts/before-asking-sts.ts';
import type { AskingOptions } from '../sts/insecure-tls.ts';
import { endpointVariable, strangeEndpoint } from '../sts/sts-endpoint.ts';
import { withNetworkSettings } from '../terminal/network-settings.ts';
import { checkClockAgainst } from './check-clock.ts';
import { broken, type Finding, fine, ofFailure } from './finding.ts';

const patienceMilliseconds = 10_000;

/**
 * Sends STS an unsigned request, which it refuses: this sends nothing of the user's and shows that STS answers. Like the
 * SDK, takes the address from environment or config file.
 */
export async function checkNetwork(env: NodeJS.ProcessEnv, options: AskingOptions): Promise<Finding[]> {
  const variable = endpointVariable(env);
  const strange = variable && strangeEndpoint(variable, env[variable]);
  if (strange) return [broken('network', strange, 'correct or unset it')];
  const danger = (await filesFailure(false)) ?? (await whyNotAskSts(options));
  if (danger !== undefined) return [ofFailure('network', danger)];
  const url = new URL((await configuredEndpoint()) ?? `https://${hostOfRegion(env.AWS_REGION)}`);
  const { host } = url;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' }),
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMilliseconds),
    });
    const isSts = (await answer.text()).includes('<ErrorResponse');
    if (!isSts) return [ofFailure('network', failure('sts-not-aws', { host }))];
    const time = Date.parse(answer.headers.get('date') ?? '');
    const reached = fine('network', `${host} answers`);
    return Number.isNaN(time) ? [reached] : [reached, checkClockAgainst(time, Date.now())];
  } catch (error) {
    const unreachable = failure('sts-unreachable', { host, ...problemOf(error) });
    return [ofFailure('network', withNetworkSettings(unreachable, env))];
  }
}

/** The host of STS in `region`, or in the default region if AWS doesn't have it. */
export function hostOfRegion(region = ''): string {
  const host = stsHost(region);
  return stsHosts().includes(host) ? host : stsHost('us-east-1');
}

/** Node's fetch keeps the reason in the error's cause. */
function problemOf(error: unknown): Pick<ParamsOf<'sts-unreachable'>, 'reason' | 'system'> {
  const { name, cause } = error as { name?: unknown; cause?: { code?: unknown } };
  const code = String(cause?.code ?? '');
  const reason = connectionProblem({ name, code });
  if (reason !== undefined) return { reason };
  return { reason: 'unclear', ...(code !== '' && { system: code }) };
}
