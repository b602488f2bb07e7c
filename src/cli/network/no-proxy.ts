const net = () => process.getBuiltinModule('node:net');

/**
 * Whether `list`, the value of NO_PROXY, names `host` (without brackets) at `port`. Entries are parted by commas or
 * blanks. A name covers itself and all names below it, with or without a dot before it; an address is one address or
 * a CIDR range; a port behind either counts for that port only. A lone `*` covers all. Names are not resolved.
 *
 * Read as curl does, which knows no ports there, and as urllib and botocore, which know no ranges.
 */
export function isExempt(host: string, port: number, list: string): boolean {
  if (isForAll(list)) return true;
  const name = withoutDot(host.toLowerCase());
  const entries = entriesOf(list.toLowerCase());
  const isAddress = net().isIP(name) !== 0;
  return entries.some((entry) => {
    const { covered, ofPort } = partsOf(entry);
    if (covered === '' || (ofPort !== undefined && ofPort !== port)) return false;
    return isAddress ? coversAddress(covered, name) : coversName(covered, name);
  });
}

/** The entries of `list` that cover nothing, since a `*` counts only alone: to curl and botocore too. */
export const idleEntries = (list: string): string[] =>
  isForAll(list) ? [] : entriesOf(list).filter((entry) => entry.includes('*'));

const isForAll = (list: string) => list.trim() === '*';

const entriesOf = (list: string) => list.split(/[\s,]+/);

/** An IPv6 address has colons of its own, so a port stands behind its brackets. */
function partsOf(entry: string): { covered: string; ofPort?: number } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d+))?$/.exec(entry) ?? [];
  return { covered: bracketed ?? plain ?? entry, ...(port !== undefined && { ofPort: Number(port) }) };
}

function coversName(entry: string, name: string): boolean {
  const suffix = withoutDot(entry.replace(/^\./, ''));
  return suffix !== '' && (name === suffix || name.endsWith(`.${suffix}`));
}

function coversAddress(entry: string, address: string): boolean {
  const { BlockList, isIP } = net();
  const [network = '', bits] = entry.split('/', 2);
  if (isIP(network) !== isIP(address)) return false;
  const longest = isIP(network) === 4 ? 32 : 128;
  const length = bits === undefined ? longest : /^\d+$/.test(bits) ? Number(bits) : Number.NaN;
  if (!(length <= longest)) return false;
  const family = isIP(network) === 4 ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(network, length, family);
  return range.check(address, family);
}

const withoutDot = (name: string) => name.replace(/\.$/, '');
