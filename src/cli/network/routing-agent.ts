import { once } from 'node:events';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionOptions, SecureContext } from 'node:tls';
import { Agent, type AgentConnectOpts } from 'agent-base';
import type { Failure } from '../../core/failure.ts';
import { connectionProblem } from '../../core/sts/connection-problem.ts';
import { FailedRequest } from '../../core/sts/failed-request.ts';
import { systemAuthorities, trusting } from './authorities.ts';
import { failedRequest } from './failed-request.ts';
import { proxyFor } from './proxy.ts';

/**
 * The agent of https requests: finds for each whether it goes through a proxy, and trusts `authorities` (PEM) besides
 * what Node trusts. Only where that is not enough does it take the system's, which take a while to read.
 */
export class RoutingAgent extends Agent {
  readonly #env: NodeJS.ProcessEnv;
  readonly #authorities: readonly string[];
  /** Of the last request for which a setting or a proxy was to blame. */
  failure?: Failure;

  constructor(env: NodeJS.ProcessEnv, authorities: readonly string[]) {
    super();
    this.#env = env;
    this.#authorities = authorities;
  }

  /** Otherwise the library looks at the stack, who calls. */
  override isSecureEndpoint(): boolean {
    return true;
  }

  override async connect(request: ClientRequest, options: AgentConnectOpts): Promise<Socket> {
    try {
      return await this.#connectAnyway(request, options);
    } catch (error) {
      if (error instanceof FailedRequest) this.failure = error.failure;
      throw error;
    }
  }

  async #connectAnyway(request: ClientRequest, options: AgentConnectOpts): Promise<Socket> {
    const own = this.#authorities;
    try {
      return await this.#connectTrusting(own.length > 0 ? trusting(own) : undefined, request, options);
    } catch (error) {
      // Nothing has been sent yet.
      const more = isUntrusted(error) ? systemAuthorities() : [];
      if (more.length === 0) throw error;
      return await this.#connectTrusting(trusting([...own, ...more]), request, options);
    }
  }

  async #connectTrusting(
    secureContext: SecureContext | undefined,
    request: ClientRequest,
    { host = '', port, ...options }: AgentConnectOpts,
  ): Promise<Socket> {
    const proxy = proxyFor(host, Number(port), this.#env);
    if (!proxy.ok) throw await failedRequest(proxy.failure);
    const to = { ...options, host, port, secureContext } as AgentConnectOpts;
    if (proxy.value !== undefined) {
      const { throughProxy } = await import('./tunnel.ts');
      return throughProxy(proxy.value, request, to);
    }
    const socket = process.getBuiltinModule('node:tls').connect(to as ConnectionOptions);
    await once(socket, 'secureConnect');
    return socket;
  }
}

const isUntrusted = (error: unknown): boolean =>
  error instanceof FailedRequest
    ? error.failure.params?.reason === 'certificate'
    : connectionProblem(error as { code?: unknown }) === 'certificate';
