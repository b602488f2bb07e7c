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
 * Why STS must not be asked, if anything: unchecked certificates, a setting that the SDK refuses, or an endpoint that is
 * invalid or plain http. Otherwise names an endpoint other than AWS's on stderr: always if it is on another machine, and
 * unless `quiet` if it is on this one.
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

/** The STS endpoint in environment or config file, as the SDK finds it; `undefined` if none is set. */
export async function configuredEndpoint(): Promise<string | undefined> {
  const { serviceConfiguredEndpoint }: EndpointResolvedConfig = resolveEndpointConfig({
    serviceId: 'STS',
  } as never);
  return (await serviceConfiguredEndpoint?.()) || undefined;
}

/** Leaves out the value, which may hold a password. */
function endpointFailure(endpoint: string): Failure | undefined {
  const invalid = failure('sts-endpoint-invalid');
  // URL ignores blanks and reads a backslash as a slash. Other programs, and people, see another host.
  if (!URL.canParse(endpoint) || /[\s\\]/.test(endpoint)) return invalid;
  const { protocol, hostname, host, username, password } = new URL(endpoint);
  if (protocol !== 'http:' && protocol !== 'https:') return invalid;
  if (username !== '' || password !== '') return failure('sts-endpoint-password');
  if (protocol === 'https:') return undefined;
  // As written: 127.1 and 2130706433 mean this machine too, but a reader cannot see that.
  const [, authority = host, name] = /^http:\/\/((\[[^\]]*\]|[^:/?#]*)[^/?#]*)/i.exec(endpoint) ?? [];
  return name?.toLowerCase() === hostname && isLoopback(hostname)
    ? undefined
    : failure('sts-plain-http', { host: authority });
}

function nameEndpoint({ protocol, host, hostname }: URL, quiet: boolean): void {
  const isAws = protocol === 'https:' && (stsHosts().includes(host) || host === 'sts.amazonaws.com');
  if (isAws || (quiet && isLoopback(hostname))) return;
  const from = endpointVariable(process.env) ?? 'endpoint_url in the AWS config file';
  tell(`Asking ${printable(host)} instead of AWS STS (${from}).\n`);
}
