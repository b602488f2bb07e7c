import { once } from 'node:events';
import type { ClientRequest, OutgoingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { AgentConnectOpts } from 'agent-base';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { type Failure, failure } from '../../core/failure.ts';
import { connectionProblem } from '../../core/sts/connection-problem.ts';
import { failedRequest } from './failed-request.ts';
import type { ProxyServer } from './proxy.ts';

/** How long a proxy and the host behind it may take for a connection; milliseconds. */
const patience = 10_000;

/** What a proxy says to CONNECT. */
interface Answer {
  statusCode: number;
  headers: OutgoingHttpHeaders;
}

/**
 * Connects through a proxy to a host, with TLS to the host, before anything of `request` is sent. Throws a
 * `FailedRequest` where the proxy is to blame, and Node's error where the host is.
 */
export async function throughProxy(
  proxy: ProxyServer,
  request: ClientRequest,
  options: AgentConnectOpts & { secureContext?: unknown },
): Promise<Socket> {
  const { variable, place, authorization } = proxy;
  const name = options.host ?? '';
  const host = `${name.includes(':') ? `[${name}]` : name}:${options.port}`;
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), patience);
  request.once('close', () => end.abort());
  let answer: Answer | undefined;
  request.once('proxyConnect', (given: Answer) => {
    answer = given;
  });
  try {
    // Not in the address, which the library logs with DEBUG=*.
    const headers = authorization === undefined ? {} : { 'Proxy-Authorization': authorization };
    const { secureContext } = options;
    const tunnel = new HttpsProxyAgent(proxy.address, {
      headers,
      secureContext,
      signal: end.signal,
    } as object);
    const socket = await tunnel.connect(request, options).catch(async (error: unknown) => {
      throw await failedRequest(whyNotReached(error, proxy, host));
    });
    const refusal = answer && refusalOf(answer, proxy, host);
    if (refusal !== undefined) {
      socket.destroy();
      throw await failedRequest(refusal);
    }
    await once(socket, 'secureConnect').catch(async (error: unknown) => {
      if (end.signal.aborted) throw Object.assign(new Error('no answer in time'), { name: 'TimeoutError' });
      if (!isNoTls(error)) throw error;
      throw await failedRequest(failure('proxy-strange', { proxy: place, variable, host }));
    });
    return socket;
  } finally {
    clearTimeout(timer);
  }
}

function whyNotReached(error: unknown, { variable, place: proxy }: ProxyServer, host: string): Failure {
  const { name, code } = error as { name?: unknown; code?: unknown };
  const reason = connectionProblem({ name, code });
  if (reason !== undefined) return failure('proxy-unreachable', { proxy, variable, reason });
  // The library's own errors are about an answer that is none of HTTP.
  return code === undefined
    ? failure('proxy-strange', { proxy, variable, host })
    : failure('proxy-unreachable', { proxy, variable, reason: 'unclear', system: String(code) });
}

/** Why there is no connection behind the proxy's answer; `undefined` if there is one. */
function refusalOf(
  { statusCode: status, headers }: Answer,
  { variable, place: proxy, authorization }: ProxyServer,
  host: string,
): Failure | undefined {
  const isPage = String(headers['content-type'] ?? '').includes('html');
  if (status === 200 && !isPage) return undefined;
  if (status === 407) {
    return failure('proxy-login-needed', { proxy, variable, sent: authorization !== undefined });
  }
  return status >= 400 && status < 600 && status !== 511
    ? failure('proxy-refused', { proxy, variable, host, status })
    : failure('proxy-strange', { proxy, variable, host, ...(status > 0 && { status }) });
}

/** Whether what answered behind the proxy does not speak TLS. */
const isNoTls = (error: unknown) =>
  /^(EPROTO|ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST))$/.test(
    String((error as { code?: unknown }).code),
  );
