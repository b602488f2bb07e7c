import { printable } from '../core/words/printable.ts';

/** By issuer; keys as they can be shown. */
export type IssuerNames = Readonly<Record<string, string>>;

/**
 * A name for each issuer, no two alike: the one that the user gave, else the host of its entity id, with the path where
 * another has that host, else the entity id itself. Any page can post a login of any issuer, so known issuers come first
 * in `issuers`: a new one never takes the name of a known one.
 */
export function issuerNames(issuers: readonly string[], given: IssuerNames): IssuerNames {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const name = (issuer: string, wishes: readonly string[]) => {
    const free = wishes.find((wish) => wish !== '' && !taken.has(wish));
    if (names.has(issuer) || free === undefined) return;
    names.set(issuer, free);
    taken.add(free);
  };
  const all = issuers.filter((issuer) => issuer !== '').map(printable);
  for (const issuer of all) if (Object.hasOwn(given, issuer)) name(issuer, [printable(given[issuer] ?? '')]);
  for (const issuer of all) name(issuer, [...fromEntityId(issuer), issuer, `${issuer} (2)`]);
  return Object.fromEntries(names);
}

/** The readable part of an entity id, and a longer one. Most are web addresses, some are URNs of a host. */
function fromEntityId(issuer: string): string[] {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (url === undefined || url.host === '') return [issuer.replace(/^urn:/, '')];
  return [url.host, `${url.host}${url.pathname.replace(/\/$/, '')}`];
}

/** The name of an issuer. */
export const issuerName = (names: IssuerNames, issuer: string): string =>
  (Object.hasOwn(names, issuer) ? names[issuer] : undefined) ?? issuer;
