import { expect, it } from 'vitest';
import { listenAddress } from './listen-address.ts';

it.each(['127.0.0.1', '::1', '172.17.0.1', '169.254.170.2', 'fd00:ec2::23'])('takes %s', (address) => {
  expect(listenAddress(address)).toBe(address);
});

it.each([
  ...[
    '0.0.0.0',
    '::',
    '0:0:0:0:0:0:0:0',
    '::0',
    '::ffff:0.0.0.0',
    '::ffff:0:0',
    '::0.0.0.0',
    '0',
    '0x0',
    '*',
    '',
  ],
  ...['localhost', '127.1', '127.0.0.1:80', '[::1]', '172.17.0.0/16', 'fe80::1%eth0', '127.0.0.1 '],
])('refuses %j', (address) => {
  expect(() => listenAddress(address)).toThrow(/^It /);
});
