import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { partitions } from '../../src/core/aws/partition.ts';
import { stsHost } from '../../src/core/sts/sts-region.ts';

/** botocore's own cases of STS endpoints; not part of this repository. */
const file = join(
  process.env.ROLEFERRY_SAMPLES ?? '../shared/samples',
  'profiles/botocore-sts-endpoint-tests.json',
);
const missing = !existsSync(file);
if (missing && process.env.CI === 'true') throw new Error(`no STS endpoint cases in ${file}`);
if (missing) console.warn(`Skipped: no STS endpoint cases in ${file} (set ROLEFERRY_SAMPLES)`);

interface Case {
  expect: { endpoint?: { url: string } };
  params: {
    Region?: string;
    UseFIPS?: boolean;
    UseDualStack?: boolean;
    UseGlobalEndpoint?: boolean;
    Endpoint?: string;
  };
}

/** Only plain regional endpoints are asked: no FIPS or dual-stack hosts, no global one, none of the user's own. */
const isPlain = ({ expect: { endpoint }, params }: Case) =>
  endpoint !== undefined &&
  !params.UseFIPS &&
  !params.UseDualStack &&
  !params.UseGlobalEndpoint &&
  params.Endpoint === undefined &&
  params.Region !== undefined &&
  !params.Region.endsWith('-global');

const cases: [string, string][] = missing
  ? []
  : (JSON.parse(readFileSync(file, 'utf8')).testCases as Case[])
      .filter(isPlain)
      .map(({ expect: { endpoint }, params }) => [params.Region ?? '', endpoint?.url ?? '']);

describe.skipIf(missing)('the STS host of a region', () => {
  it('is looked at in most regions and partitions', () => {
    expect(cases.length).toBeGreaterThan(25);
  });

  it.each(cases)('is for %s what botocore asks: %s', (region, url) => {
    expect(`https://${stsHost(region)}`).toBe(url);
    expect(partitions.some(({ regions }) => regions.includes(region))).toBe(true);
  });
});
