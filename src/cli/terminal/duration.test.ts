import { expect, it } from 'vitest';
import { durationSeconds } from './duration.ts';

it.each([
  ['12h', 43_200],
  ['90m', 5400],
  ['1h30m', 5400],
  ['1H30M', 5400],
  ['1h0m5s', 3605],
  ['1h5s', 3605],
  ['45s', 45],
  ['3600', 3600],
  ['0', 0],
])('%s is %i seconds', (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds);
});

it.each([
  '',
  ' ',
  'h',
  '1d',
  '1h 30m',
  '30m1h',
  '1h1h',
  '1.5h',
  '-1h',
  '+1h',
  '1h30',
  '٣h',
  '1e3',
  '0x10',
  '1h\n',
])('%j is no duration', (text) => {
  expect(durationSeconds(text)).toBeUndefined();
});
