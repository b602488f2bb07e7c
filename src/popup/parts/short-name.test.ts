import { expect, it } from 'vitest';
import { shortName } from './short-name.ts';

it.each([
  ['dev', 'dev'],
  ['team-blue-developer-', 'team-blue-developer-'],
  ['acme-billing-dev-developer', 'acme-bill…-developer'],
  ['developer-acme-billing-dev', 'developer…illing-dev'],
])('of the profile %s a line shows %s', (name, short) => {
  expect(shortName(name)).toBe(short);
});
