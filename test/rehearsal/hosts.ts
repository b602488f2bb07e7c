import type { World } from './world.ts';

export type HostKind = 'idp' | 'sign-in' | 'console' | 'sts' | 'page';

const region = String.raw`(?:[a-z]{2,4}(?:-[a-z]+)+-\d\.)?`;
const patterns: [HostKind, RegExp][] = [
  [
    'sign-in',
    new RegExp(
      String.raw`^${region}signin(?:-fips)?\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com|amazonaws-eusc\.eu|c2shome\.ic\.gov|sc2shome\.sgov\.gov|csphome\.adc-e\.uk|csphome\.hci\.ic\.gov)$`,
    ),
  ],
  [
    'console',
    new RegExp(
      String.raw`^${region}console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com|amazonaws-eusc\.eu)$`,
    ),
  ],
  [
    'sts',
    new RegExp(
      String.raw`^sts(?:-fips)?\.${region}(?:amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|api\.aws|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$`,
    ),
  ],
  ['page', /^[a-z0-9-]+\.rehearsal\.test$/],
];

/**
 * What the rehearsal plays under this host name; `undefined` for a host that it does not know.
 * A `page` is any other `*.rehearsal.test`: an ordinary web page that has nothing to do with AWS.
 */
export function kindOfHost(host: string, world: World): HostKind | undefined {
  if (world.idps.some((idp) => idp.host === host)) return 'idp';
  return patterns.find(([, pattern]) => pattern.test(host))?.[0];
}

/** The region that a host name names, as in `sts.eu-west-1.amazonaws.com`. */
export const regionOfHost = (host: string): string | undefined =>
  /(?:^|\.)([a-z]{2,4}(?:-[a-z]+)+-\d)\./.exec(host)?.[1];

/** The sign-in host of a partition, as `aws`, `aws-cn` or `aws-us-gov`. */
export function signInHostOf(partition: string): string {
  return `signin.${domains[partition] ?? domains.aws}`;
}

/** The console that belongs to a sign-in host, regional if that is. */
export function consoleHostOf(signInHost: string): string {
  return signInHost.replace(/signin(-fips)?\./, 'console.');
}

const domains: Record<string, string> = {
  aws: 'aws.amazon.com',
  'aws-cn': 'amazonaws.cn',
  'aws-us-gov': 'amazonaws-us-gov.com',
  'aws-eusc': 'amazonaws-eusc.eu',
};
