import type { Failure } from '../../core/failure.ts';
import type { ParamsOf } from '../../core/failure-codes.ts';
import { idleProxyVariable, proxyFor } from './proxy.ts';

/**
 * Adds to a `failure` to reach AWS the network settings in `env` that have to do with it: the proxy that was asked,
 * AWS_CA_BUNDLE, or a proxy that is named for http alone.
 */
export function withNetworkSettings(failure: Failure, env: NodeJS.ProcessEnv): Failure {
  if (failure.code !== 'sts-unreachable') return failure;
  const { host } = failure.params as ParamsOf<'sts-unreachable'>;
  if (!URL.canParse(`https://${host}`)) return failure;
  const { hostname, port } = new URL(`https://${host}`);
  const proxy = proxyFor(hostname, Number(port || 443), env);
  const used = proxy.ok ? proxy.value : undefined;
  const idle = idleProxyVariable(hostname, env);
  return {
    ...failure,
    params: {
      ...failure.params,
      ...(env.AWS_CA_BUNDLE && { bundle: env.AWS_CA_BUNDLE }),
      ...(used && { proxy: `${used.place} (${used.variable})` }),
      ...(idle && { idleProxy: idle }),
    },
  };
}
