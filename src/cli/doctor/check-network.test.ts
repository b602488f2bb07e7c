import { expect, it } from 'vitest';
import { hostOfRegion } from './check-network.ts';

it.each([
  ['eu-central-1', 'sts.eu-central-1.amazonaws.com'],
  ['cn-north-1', 'sts.cn-north-1.amazonaws.com.cn'],
  [undefined, 'sts.us-east-1.amazonaws.com'],
  ['', 'sts.us-east-1.amazonaws.com'],
  ['a b', 'sts.us-east-1.amazonaws.com'],
  ['evil.example/', 'sts.us-east-1.amazonaws.com'],
])('with the region %j doctor asks %s', (region, host) => {
  expect(hostOfRegion(region)).toBe(host);
});
