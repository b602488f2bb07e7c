import { type Failure, failure } from '../failure.ts';

/**
 * AWS's partitions: what Roleferry needs to recognise their sign-in pages and ask their STS. partition.test.ts checks
 * regions, DNS suffixes and default regions against the SDK's data; sign-in hosts come from each partition's AWS
 * sign-in endpoint documentation.
 */
export interface Partition {
  id: string;
  dnsSuffix: string;
  /** The region whose STS is asked if nothing else names one. */
  defaultRegion: string;
  regions: readonly string[];
  /** Global sign-in hosts; each also exists as `REGION.host`. */
  signInHosts: readonly string[];
}

export const partitions: readonly Partition[] = [
  {
    id: 'aws',
    dnsSuffix: 'amazonaws.com',
    defaultRegion: 'us-east-1',
    regions: [
      'af-south-1',
      'ap-east-1',
      'ap-east-2',
      'ap-northeast-1',
      'ap-northeast-2',
      'ap-northeast-3',
      'ap-south-1',
      'ap-south-2',
      'ap-southeast-1',
      'ap-southeast-2',
      'ap-southeast-3',
      'ap-southeast-4',
      'ap-southeast-5',
      'ap-southeast-6',
      'ap-southeast-7',
      'ca-central-1',
      'ca-west-1',
      'eu-central-1',
      'eu-central-2',
      'eu-north-1',
      'eu-south-1',
      'eu-south-2',
      'eu-west-1',
      'eu-west-2',
      'eu-west-3',
      'il-central-1',
      'me-central-1',
      'me-south-1',
      'me-west-1',
      'mx-central-1',
      'sa-east-1',
      'sa-west-1',
      'us-east-1',
      'us-east-2',
      'us-west-1',
      'us-west-2',
    ],
    signInHosts: ['signin.aws.amazon.com'],
  },
  {
    id: 'aws-cn',
    dnsSuffix: 'amazonaws.com.cn',
    defaultRegion: 'cn-northwest-1',
    regions: ['cn-north-1', 'cn-northwest-1'],
    signInHosts: ['signin.amazonaws.cn'],
  },
  {
    id: 'aws-eusc',
    dnsSuffix: 'amazonaws.eu',
    defaultRegion: 'eusc-de-east-1',
    regions: ['eusc-de-east-1'],
    signInHosts: ['signin.amazonaws-eusc.eu'],
  },
  {
    id: 'aws-iso',
    dnsSuffix: 'c2s.ic.gov',
    defaultRegion: 'us-iso-east-1',
    regions: ['us-iso-east-1', 'us-iso-west-1'],
    signInHosts: ['signin.c2shome.ic.gov'],
  },
  {
    id: 'aws-iso-b',
    dnsSuffix: 'sc2s.sgov.gov',
    defaultRegion: 'us-isob-east-1',
    regions: ['us-isob-east-1', 'us-isob-west-1'],
    signInHosts: ['signin.sc2shome.sgov.gov'],
  },
  {
    id: 'aws-iso-e',
    dnsSuffix: 'cloud.adc-e.uk',
    defaultRegion: 'eu-isoe-west-1',
    regions: ['eu-isoe-west-1'],
    signInHosts: ['signin.csphome.adc-e.uk'],
  },
  {
    id: 'aws-iso-f',
    dnsSuffix: 'csp.hci.ic.gov',
    defaultRegion: 'us-isof-south-1',
    regions: ['us-isof-east-1', 'us-isof-south-1'],
    signInHosts: ['signin.csphome.hci.ic.gov'],
  },
  {
    id: 'aws-us-gov',
    dnsSuffix: 'amazonaws.com',
    defaultRegion: 'us-gov-west-1',
    regions: ['us-gov-east-1', 'us-gov-west-1'],
    signInHosts: ['signin.amazonaws-us-gov.com', 'signin-fips.amazonaws-us-gov.com'],
  },
];

/** Why an ARN cannot be used: its partition is unknown, so there is nobody to ask. */
export function partitionFailure(arn: string): Failure | undefined {
  const [, partition = ''] = arn.split(':');
  return partitionOf(partition) ? undefined : failure('partition-unknown', { arn, partition });
}

/**
 * Why an ARN cannot be used with `source`, where the credentials or the assertion come from: each partition has its
 * own accounts, roles and credentials.
 */
export function otherPartitionFailure(arn: string, source: string): Failure | undefined {
  const [, partition = ''] = source.split(':');
  return arn.startsWith(`arn:${partition}:`)
    ? undefined
    : failure('partition-differs', { arn, source, partition });
}

export const partitionOf = (id: string): Partition | undefined =>
  partitions.find((partition) => partition.id === id);
