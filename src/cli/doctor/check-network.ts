import { text } from 'node:stream/consumers';
import { failure } from '../../core/failure.ts';
import type { ParamsOf } from '../../core/failure-codes.ts';
import { isLoopback } from '../../core/loopback.ts';
import { connectionProblem } from '../../core/sts/connection-problem.ts';
import { FailedRequest } from '../../core/sts/failed-request.ts';
import { stsHost, stsHosts } from '../../core/sts/sts-region.ts';
import { filesFailure } from '../files/files-failure.ts';
import { exemptingVariable, namesProxy, proxyFor } from '../network/proxy.ts';
import { send } from '../network/send.ts';
import { withNetworkSettings } from '../network/with-network-settings.ts';
import { configuredEndpoint, whyNotAskSts } from '../sts/before-asking-sts.ts';
import type { AskingOptions } from '../sts/insecure-tls.ts';
import { endpointVariable, strangeEndpoint } from '../sts/sts-endpoint.ts';
import { checkAuthorities } from './check-authorities.ts';
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
  const authorities = await checkAuthorities(env);
  const isBroken = authorities.some(({ level }) => level === 'broken');
  return isBroken ? authorities : [...authorities, ...(await ask(url, env))];
}

async function ask(url: URL, env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const { host } = url;
  try {
    const answer = await send(url.href, {
      method: 'POST',
      body: new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' }),
      signal: AbortSignal.timeout(patienceMilliseconds),
    });
    const isSts = (await text(answer)).includes('<ErrorResponse');
    if (!isSts) return [ofFailure('network', failure('sts-not-aws', { host }))];
    const time = Date.parse(answer.headers.date ?? '');
    const reached = fine('network', `${host} answers${wayTo(url, env)}`);
    return Number.isNaN(time) ? [reached] : [reached, checkClockAgainst(time, Date.now())];
  } catch (error) {
    if (error instanceof FailedRequest) return [ofFailure('network', error.failure)];
    const unreachable = failure('sts-unreachable', { host, ...problemOf(error) });
    return [ofFailure('network', withNetworkSettings(unreachable, env))];
  }
}

/** Through which proxy, or why not through the one that is set. */
function wayTo({ protocol, hostname, port }: URL, env: NodeJS.ProcessEnv): string {
  if (protocol === 'http:' || !namesProxy(env)) return '';
  const proxy = proxyFor(hostname, Number(port || 443), env);
  if (proxy.ok && proxy.value) return `, through the proxy ${proxy.value.place} (${proxy.value.variable})`;
  return `, without a proxy, ${isLoopback(hostname) ? 'as it is this machine' : `as ${exemptingVariable(env)} says`}`;
}

/** The host of STS in `region`, or in the default region if AWS doesn't have it. */
export function hostOfRegion(region = ''): string {
  const host = stsHost(region);
  return stsHosts().includes(host) ? host : stsHost('us-east-1');
}

function problemOf(error: unknown): Pick<ParamsOf<'sts-unreachable'>, 'reason' | 'system'> {
  const { name, code = '' } = error as { name?: unknown; code?: string };
  const reason = connectionProblem({ name, code });
  if (reason !== undefined) return { reason };
  return { reason: 'unclear', ...(code !== '' && { system: code }) };
}
