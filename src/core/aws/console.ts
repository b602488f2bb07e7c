import { servicePath } from './console-service.ts';
import { type Partition, partitionOf, partitions } from './partition.ts';
import { parseRoleArn } from './role.ts';

/** A page of AWS's console. */
export interface ConsolePage {
  /** Without the part of the host that names somebody's session. */
  url: string;
  partition: string;
  /** The account that the address names, if it names exactly one. */
  accountId?: string;
}

const signInHostOf = ({ signInHosts: [host = ''] }: Partition): string => host;

const hostOf = (partition: Partition): string => signInHostOf(partition).replace(/^signin/, 'console');

/**
 * Services of the partition aws whose console is not below the console's own host: `health.aws.amazon.com`, some in each
 * region, as `REGION.quicksight.aws.amazon.com`. Other hosts of that domain are no consoles, and the sign-in hosts lead on.
 */
const elsewhere = ['health', 'phd', 'lightsail', 'quicksight'];

/** Whether a page at `host` is of the console of the partition. */
function isOf(partition: Partition, host: string): boolean {
  if (`.${host}`.endsWith(`.${hostOf(partition)}`)) return true;
  const [first = '', ...rest] = host.split('.');
  const global = partition.regions.includes(first) ? rest.join('.') : host;
  return partition.id === 'aws' && elsewhere.some((service) => global === `${service}.aws.amazon.com`);
}

/** A session among several at once: `ACCOUNT-HASH.REGION.console.aws.amazon.com`. */
const sessionInHost = /^(\d{12})-[a-z0-9]+\./;

/**
 * Reads the address of a page of AWS's console, in any partition; `undefined` for everything else. Nothing about the
 * address is trusted but its host.
 */
export function parseConsolePage(text: string): ConsolePage | undefined {
  const typed = text.trim();
  const url = /^https:\/\//i.test(typed) && URL.canParse(typed) ? new URL(typed) : undefined;
  if (url === undefined || url.port !== '' || url.username !== '' || url.password !== '') return undefined;
  const partition = partitions.find((one) => isOf(one, url.hostname));
  if (partition === undefined) return undefined;
  const [, inHost] = sessionInHost.exec(url.hostname) ?? [];
  const accountId = inHost ?? onlyAccountIn(url);
  url.hostname = url.hostname.replace(sessionInHost, '');
  return { url: url.href, partition: partition.id, ...(accountId === undefined ? {} : { accountId }) };
}

/** Numbers of twelve digits that stand alone are accounts: in ARNs, parameters and the paths of queues and registries. */
function onlyAccountIn({ pathname, search, hash }: URL): string | undefined {
  const decoded = decodeTwice(pathname + search + hash);
  const found = new Set([...decoded.matchAll(/(?<![\w-])\d{12}(?![\w-])/g)].map(([number]) => number));
  return found.size === 1 ? [...found][0] : undefined;
}

/** Consoles put addresses into addresses. */
function decodeTwice(text: string): string {
  try {
    return decodeURIComponent(decodeURIComponent(text));
  } catch {
    return text;
  }
}

/** The console's page of a service in a region. Without a service it is the first one; without a region the last used. */
export function consolePage(
  partition: Partition,
  { service = 'console', region }: { service?: string | undefined; region?: string | undefined },
): string {
  const query = region === undefined ? '' : `?${new URLSearchParams({ region })}`;
  return `https://${hostOf(partition)}${servicePath(service)}${query}`;
}

/** The console's first page in a role's partition; `undefined` if the partition is unknown. */
export function consoleOf(roleArn: string): string | undefined {
  const partition = partitionOf(parseRoleArn(roleArn)?.partition ?? '');
  return partition && `https://${hostOf(partition)}/`;
}

/**
 * AWS's link from the console of one role to that of another. It holds no secret: AWS asks whether to switch, and
 * whether the role that is logged in may. `label` is what the console calls it, `page` where to go then.
 */
export function switchRoleLink(
  roleArn: string,
  { label, page }: { label: string; page?: string | undefined },
): string | undefined {
  const role = parseRoleArn(roleArn);
  const partition = partitionOf(role?.partition ?? '');
  if (role === undefined || partition === undefined) return undefined;
  const url = new URL(`https://${signInHostOf(partition)}/switchrole`);
  url.searchParams.set('account', role.accountId);
  url.searchParams.set('roleName', role.pathAndName);
  url.searchParams.set('displayName', label.slice(0, 64));
  if (page !== undefined) url.searchParams.set('redirect_uri', page);
  return url.href;
}
