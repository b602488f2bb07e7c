import type { Agent } from 'node:https';
import type { Failure } from '../../core/failure.ts';
import { ok, type Result } from '../../core/result.ts';
import { canReadSystem, configuredBundle, readBundle } from './authorities.ts';
import { namesProxy } from './proxy.ts';

/** The `failure` is of the last request for which a setting or a proxy was to blame: some libraries only quote it. */
export type NetworkAgent = Agent & { readonly failure?: Failure };

/** The SDK's credential providers make clients of their own; with this, those go the same way. */
export const throughAgent = (httpsAgent: Agent | undefined) =>
  httpsAgent && { clientConfig: { requestHandler: { httpsAgent } } };

/**
 * What makes the agent of https requests, the SDK's too; `undefined` where Node's own does: no proxy is named, no
 * certificates are, and Node cannot read the system's. Whoever has an agent may destroy it, so each gets its own.
 *
 * Failure: `authorities-unreadable`. A request through a proxy that is named wrongly fails with `proxy-invalid`.
 */
export async function httpsAgentMaker(
  env: NodeJS.ProcessEnv,
): Promise<Result<(() => NetworkAgent) | undefined>> {
  const bundle = await configuredBundle(env);
  if (bundle === undefined && !namesProxy(env) && !canReadSystem()) return ok(undefined);
  const authorities = bundle === undefined ? ok([]) : readBundle(bundle);
  if (!authorities.ok) return authorities;
  const { RoutingAgent } = await import('./routing-agent.ts');
  // Node wants of an agent only what is in http.Agent, the types want more.
  return ok(() => new RoutingAgent(env, authorities.value) as unknown as NetworkAgent);
}
