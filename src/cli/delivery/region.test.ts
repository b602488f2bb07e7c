import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { oldTool } from '../old-tool/manner.ts';
import { roleferry } from './manner.ts';
import { regionsFor } from './region.ts';

const role = 'arn:aws:iam::111122223333:role/Dev';
const chinese = 'arn:aws-cn:iam::222233334444:role/Dev';

beforeEach(() => {
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_DEFAULT_REGION', 'eu-west-2');
});
afterEach(() => vi.unstubAllEnvs());

it('asks STS in the region that is named, and writes that one', () => {
  expect(regionsFor(role, { region: 'eu-north-1' }, roleferry)).toEqual({
    region: 'eu-north-1',
    stsRegion: 'eu-north-1',
  });
});

it('takes the region of the environment, which the old tool did not look at', () => {
  expect(regionsFor(role, {}, roleferry).stsRegion).toBe('eu-west-1');
  expect(regionsFor(role, {}, oldTool).stsRegion).toBe('us-east-1');
  vi.stubEnv('AWS_REGION', '');
  expect(regionsFor(role, {}, roleferry).stsRegion).toBe('eu-west-2');
});

it('asks STS in the partition of the role, whatever is wished', () => {
  expect(regionsFor(chinese, {}, roleferry)).toEqual({
    region: 'cn-northwest-1',
    stsRegion: 'cn-northwest-1',
  });
  expect(regionsFor(chinese, { region: 'cn-north-1' }, oldTool).stsRegion).toBe('cn-north-1');
});

it('writes a region that it does not know as it is told, and asks another', () => {
  expect(regionsFor(role, { region: 'un-south-1' }, roleferry)).toEqual({
    region: 'un-south-1',
    stsRegion: 'us-east-1',
  });
});

it('takes a region of the environment that it does not know just so, but not one of another partition', () => {
  vi.stubEnv('AWS_REGION', 'un-south-1');
  expect(regionsFor(role, {}, roleferry)).toEqual({ region: 'un-south-1', stsRegion: 'us-east-1' });
  vi.stubEnv('AWS_REGION', 'cn-north-1');
  expect(regionsFor(role, {}, roleferry)).toEqual({ region: 'us-east-1', stsRegion: 'us-east-1' });
});
