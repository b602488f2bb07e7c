import { failure } from '../../core/failure.ts';
import type { Reason } from '../../core/failure-reasons.ts';
import { isLoopback } from '../../core/loopback.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { isExempt } from './no-proxy.ts';

/** A proxy for https requests. */
export interface ProxyServer {
  /** The variable that names it. */
  variable: string;
  /** Host and port, fit to be shown. */
  place: string;
  /** Without user and password. */
  address: URL;
  /** The value of the header Proxy-Authorization, if there are a user and a password. */
  authorization?: string;
}

/** In curl's order. Empty ones count as not set. */
const variables = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
const exempting = ['no_proxy', 'NO_PROXY'];

/** Whether any variable names a proxy for https requests. */
export const namesProxy = (env: NodeJS.ProcessEnv): boolean => firstSet(env, variables) !== undefined;

/** The variable that names a proxy for http requests alone, which https requests to `host` do not go through. */
export const idleProxyVariable = (host: string, env: NodeJS.ProcessEnv): string | undefined =>
  namesProxy(env) || isThisMachine(host) ? undefined : firstSet(env, ['http_proxy', 'HTTP_PROXY']);

/** The variable that names hosts to ask without a proxy. */
export const exemptingVariable = (env: NodeJS.ProcessEnv): string | undefined => firstSet(env, exempting);

/**
 * The proxy that https requests to `host` at `port` go through; `undefined` if they go directly: no variable names one,
 * NO_PROXY exempts the host, or it is this machine, which no proxy leads to.
 *
 * Failure: `proxy-invalid`.
 */
export function proxyFor(
  host: string,
  port: number,
  env: NodeJS.ProcessEnv,
): Result<ProxyServer | undefined> {
  const variable = firstSet(env, variables);
  if (variable === undefined || isThisMachine(host)) return ok(undefined);
  const list = exemptingVariable(env);
  if (list !== undefined && isExempt(bare(host), port, env[list] ?? '')) return ok(undefined);
  return readProxy(variable, (env[variable] ?? '').trim());
}

const firstSet = (env: NodeJS.ProcessEnv, names: readonly string[]) =>
  names.find((name) => env[name]?.trim());

const bare = (host: string) => host.replace(/^\[|\]$/g, '');

const isThisMachine = (host: string) => isLoopback(host) || host === '::1';

function readProxy(variable: string, value: string): Result<ProxyServer> {
  const invalid = (reason: Reason<'proxy'>) => failed(failure('proxy-invalid', { variable, reason }));
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  if (!URL.canParse(text) || /[\s\\]/.test(text)) return invalid('no-address');
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') {
    return invalid({ is: 'scheme', scheme: protocol.slice(0, -1) });
  }
  // A password with an unescaped / or # ends up here, and its beginning in the host.
  if (pathname !== '/' || search !== '' || hash !== '') return invalid('more-than-host');
  const place = `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
  const address = new URL(`${protocol}//${place}`);
  if (username === '' && password === '') return ok({ variable, place, address });
  try {
    const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
    return ok({ variable, place, address, authorization: `Basic ${login.toString('base64')}` });
  } catch {
    return invalid('percent-sign');
  }
}
