import { type EndpointResolvedConfig, resolveEndpointConfig } from '@smithy/core/endpoints';
import { type Failure, failure } from '../../core/failure.ts';
import { isLoopback } from '../../core/loopback.ts';
import { stsHosts } from '../../core/sts/sts-region.ts';
import { printable } from '../../core/words/printable.ts';
import { tell } from '../terminal/tell.ts';
import { refusedSetting } from './aws-settings.ts';
import type { AskingOptions } from './insecure-tls.ts';
import { endpointVariable } from './sts-endpoint.ts';

/**
 * Why STS may not be asked, if anything: certificates that are not checked, a setting that the SDK does not take, or an endpoint that is none, or that would
 * be asked over plain http. If it may be asked, an endpoint in place of AWS's is named on stderr: one of another
 * machine always, one of this machine unless `quiet`.
 *
 * Failures: `tls-unverified`, `aws-setting-refused`, `sts-endpoint-invalid`, `sts-plain-http`.
 */
export async function whyNotAskSts({ insecureTls, quiet }: AskingOptions): Promise<Failure | undefined> {
  const isUnchecked = process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0';
  if (isUnchecked && !insecureTls) return failure('tls-unverified');
  const refused = await refusedSetting();
  if (refused !== undefined) return refused;
  const endpoint = await configuredEndpoint();
  const wrong = endpoint && endpointFailure(endpoint);
  if (wrong) return wrong;
  if (isUnchecked) {
    tell('Warning: certificates are not checked (--insecure-tls), so anyone in between can answer as AWS.\n');
  }
  if (endpoint) nameEndpoint(new URL(endpoint), quiet === true);
  return undefined;
}

/** What environment or config file have as the endpoint of STS, as the SDK finds it; `undefined` where none is set. */
export async function configuredEndpoint(): Promise<string | undefined> {
  const { serviceConfiguredEndpoint }: EndpointResolvedConfig = resolveEndpointConfig({
    serviceId: 'STS',
  } as never);
  return (await serviceConfiguredEndpoint?.()) || undefined;
}

/** The value itself is not told: it may hold a password. */
function endpointFailure(endpoint: string): Failure | undefined {
  const invalid = failure('sts-endpoint-invalid');
  // URL passes over blanks and takes a backslash for a slash; other programs, and people, see another host.
  if (!URL.canParse(endpoint) || /[\s\\]/.test(endpoint)) return invalid;
  const { protocol, hostname, host, username, password } = new URL(endpoint);
  if (protocol !== 'http:' && protocol !== 'https:') return invalid;
  if (username !== '' || password !== '') return failure('sts-endpoint-password');
  if (protocol === 'https:') return undefined;
  // As it was written: 127.1 and 2130706433 lead to this machine too, but nobody who reads them sees it.
  const [, authority = host, name] = /^http:\/\/((\[[^\]]*\]|[^:/?#]*)[^/?#]*)/i.exec(endpoint) ?? [];
  return name?.toLowerCase() === hostname && isLoopback(hostname)
    ? undefined
    : failure('sts-plain-http', { host: authority });
}

function nameEndpoint({ protocol, host, hostname }: URL, quiet: boolean): void {
  const isAws = protocol === 'https:' && (stsHosts().includes(host) || host === 'sts.amazonaws.com');
  if (isAws || (quiet && isLoopback(hostname))) return;
  const from = endpointVariable(process.env) ?? 'endpoint_url in the AWS config file';
  tell(`Asking ${printable(host)} in place of AWS STS (${from}).\n`);
}
