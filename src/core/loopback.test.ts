import { expect, it } from 'vitest';
import { isLoopback } from './loopback.ts';

const hostOf = (url: string) => new URL(url).hostname;

it.each([
  'http://localhost:8080',
  'http://127.0.0.1',
  'http://127.255.255.254',
  'http://[::1]',
  'http://127.1',
])('%s is this machine', (url) => {
  expect(isLoopback(hostOf(url))).toBe(true);
});

it.each([
  'http://localhost.example',
  'http://not-localhost',
  'http://128.0.0.1',
  'http://1.127.0.0.1.example',
  'http://127.0.0.1.example',
  'http://[::2]',
])('%s is another one', (url) => {
  expect(isLoopback(hostOf(url))).toBe(false);
});

it('a name that only ends like this machine is another one', () => {
  expect(isLoopback('evil127.0.0.1')).toBe(false);
});
