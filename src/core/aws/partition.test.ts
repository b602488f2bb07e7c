import { describe, expect, it } from 'vitest';
import manifest from '../../../manifest.json' with { type: 'json' };
import { said, saying } from '../../../test/fixtures/said.ts';
import { failure } from '../failure.ts';
import { stsHosts } from '../sts/sts-region.ts';
import { otherPartitionFailure, partitionFailure, partitions } from './partition.ts';
import { signInPatterns } from './sign-in-host.ts';

interface SdkPartition {
  id: string;
  outputs: { dnsSuffix: string; implicitGlobalRegion: string };
  regions: Record<string, unknown>;
}

/** The SDK's own table, read from its file because it is not exported. */
async function sdkPartitions(): Promise<SdkPartition[]> {
  const file = '@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js';
  const module = await import(new URL(`../../../node_modules/${file}`, import.meta.url).href);
  return module.partitionsInfo.partitions;
}

describe('the table of partitions', () => {
  it('has the partitions, regions, DNS suffixes and default regions of the AWS SDK', async () => {
    const theirs = (await sdkPartitions()).map(({ id, outputs, regions }) => ({
      id,
      dnsSuffix: outputs.dnsSuffix,
      defaultRegion: outputs.implicitGlobalRegion,
      regions: Object.keys(regions).filter((region) => !region.endsWith('-global')),
    }));
    expect(partitions.map(({ signInHosts: _, ...rest }) => rest)).toEqual(theirs);
  });

  it('names the same hosts as the permissions in the manifest, and no others', () => {
    const stsPatterns = stsHosts().map((host) => `https://${host}/*`);
    expect(manifest.host_permissions).toEqual([...signInPatterns('/*'), ...stsPatterns]);
    expect(
      manifest.host_permissions.filter((pattern) => /^(<all_urls>|https:\/\/\*\.?\/)/.test(pattern)),
    ).toEqual([]);
  });
});

describe('an ARN', () => {
  const role = 'arn:aws-cn:iam::111122223333:role/Admin';

  it('can be used when AWS is known to have its partition', () => {
    expect(partitionFailure(role)).toBeUndefined();
  });

  it.each([
    ['arn:aws-moon:iam::111122223333:role/Admin', 'the partition aws-moon'],
    ['Admin', 'the partition  of Admin'],
  ])('%s cannot', (arn, words) => {
    expect(partitionFailure(arn)).toEqual(saying('partition-unknown', words));
  });

  it('goes with another one of its partition alone', () => {
    const other = 'arn:aws:iam::111122223333:saml-provider/Idp';
    expect(otherPartitionFailure(role, role)).toBeUndefined();
    expect(otherPartitionFailure(other, other)).toBeUndefined();
    expect(otherPartitionFailure('arn:aws-us-gov:iam::1:role/A', other)?.code).toBe('partition-differs');
    const words = said(otherPartitionFailure(role, other));
    for (const part of [role, other, 'aws']) expect(words).toContain(part);
    expect(otherPartitionFailure(role, 'nonsense')).toEqual(
      failure('partition-differs', { arn: role, source: 'nonsense', partition: '' }),
    );
  });
});
