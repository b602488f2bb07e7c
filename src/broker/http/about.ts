import type { Config } from '../config/schema.ts';

/** What a program must know to have a person log in: nothing of it is secret. */
export function about({ url, issuers }: Config) {
  const people = Object.values(issuers).find(({ login }) => login !== undefined);
  if (people?.login === undefined) return { version: 1, url };
  const { issuer, audience: clientId, login } = people;
  return { version: 1, url, login: { issuer, clientId, ...login } };
}
