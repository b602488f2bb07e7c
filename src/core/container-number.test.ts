import { expect, it } from 'vitest';
import { containerNumber } from './container-number.ts';

it.each([
  ['firefox-container-12', '12'],
  ['firefox-default', undefined],
  ['firefox-private', undefined],
  ['firefox-container-', undefined],
  ['firefox-container-1x', undefined],
  ['x-firefox-container-1', undefined],
  [undefined, undefined],
])('calls %s container %s', (id, number) => {
  expect(containerNumber(id)).toBe(number);
});
