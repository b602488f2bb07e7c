import type { Failure } from '../core/failure.ts';
import { printable } from '../core/printable.ts';
import { stsHost } from '../core/sts-region.ts';

/** `reason`, with the host that the environment gives in place of STS's own where it speaks of that of `region`. */
export function namingEndpoint(reason: Failure, region: string): Failure {
  const { AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS } = process.env;
  const url = AWS_ENDPOINT_URL_STS || AWS_ENDPOINT_URL || '';
  if (AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true' || !URL.canParse(url)) return reason;
  if (reason.code !== 'sts-unreachable' && reason.code !== 'sts-not-aws') return reason;
  const asked = printable(new URL(url).host);
  return { ...reason, message: reason.message.replace(stsHost(region), () => asked) };
}
