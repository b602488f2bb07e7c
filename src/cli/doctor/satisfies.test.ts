import { expect, it } from 'vitest';
import { satisfies } from './satisfies.ts';

it.each([
  ['20.19.0', true],
  ['20.18.3', false],
  ['21.7.0', false],
  ['22.11.0', false],
  ['22.12.0', true],
  ['24.0.0', true],
  ['18.20.8', false],
])('Node %s is one of those that Roleferry runs on: %s', (version, expected) => {
  expect(satisfies(version, '^20.19 || >=22.12')).toBe(expected);
});
