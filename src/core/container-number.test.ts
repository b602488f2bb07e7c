import { expect, it } from 'vitest';
import { containerNumber } from './container-number.ts';

it.each([
  ['firefox-container-12', '12'],
  ['firefox-default', undefined],
  ['firefox-private', undefined],
  [undefined, undefined],
])('calls %s container %s', (id, number) => {
  expect(containerNumber(id)).toBe(number);
});
