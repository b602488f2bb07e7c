import { describe, expect, it } from 'vitest';
import { consoleOf, consolePage, parseConsolePage, switchRoleLink } from './console.ts';
import { isService } from './console-service.ts';
import { type Partition, partitions } from './partition.ts';

const account = '111122223333';

describe('a link to the console', () => {
  it.each([
    [
      'the host of a session among several',
      `https://${account}-a1b2c3d4.eu-west-1.console.aws.amazon.com/ec2/home`,
    ],
    [
      'an ARN',
      `https://eu-west-1.console.aws.amazon.com/states/home#/v/arn:aws:states:eu-west-1:${account}:x:y`,
    ],
    [
      'an ARN in an escaped part',
      `https://console.aws.amazon.com/x#/a?b=arn%3Aaws%3Asns%3Aeu%3A${account}%3At`,
    ],
    [
      'a queue',
      `https://eu-west-1.console.aws.amazon.com/sqs/v3/home#/queues/https%3A%2F%2Fsqs.eu.amazonaws.com%2F${account}%2Fq`,
    ],
    [
      'an address escaped twice',
      `https://console.aws.amazon.com/x#/a/https%253A%252F%252Fh%252F${account}%252Fq`,
    ],
    ['a parameter', `https://console.aws.amazon.com/ecr/private?accountId=${account}&region=eu-west-1`],
  ])('names its account in %s', (_, link) => {
    expect(parseConsolePage(link)).toMatchObject({ partition: 'aws', accountId: account });
  });

  it('names none where it has none, or two', () => {
    const of = (path: string) => parseConsolePage(`https://console.aws.amazon.com/${path}`)?.accountId;
    expect(of('ec2/home?region=eu-west-1#Instances:')).toBeUndefined();
    expect(of(`iam?from=${account}&to=444455556666`)).toBeUndefined();
    expect(of('logs?start=1717171717171&id=a-111122223333')).toBeUndefined();
    expect(of('x#%E0%A4%A')).toBeUndefined();
  });

  it('opens without the session of whoever copied it, and otherwise as it is', () => {
    const path = '/lambda/home?region=eu-west-1#/functions/f?tab=code';
    const copied = `https://${account}-a1b2c3d4.eu-west-1.console.aws.amazon.com${path}`;
    expect(parseConsolePage(`  ${copied}\n`)?.url).toBe(`https://eu-west-1.console.aws.amazon.com${path}`);
  });

  it.each(partitions)(
    'is known in the partition $id, whose own host it is',
    ({ id, signInHosts: [host = ''] }) => {
      const first = consoleOf(`arn:${id}:iam::${account}:role/Admin`) ?? '';
      expect(first).toBe(`https://console${host.slice('signin'.length)}/`);
      expect(parseConsolePage(first)).toEqual({ url: first, partition: id });
      expect(parseConsolePage(first.replace('//', '//x-1.'))?.partition).toBe(id);
    },
  );

  it.each([
    'https://health.aws.amazon.com/health/home#/account/dashboard/open-issues',
    'https://phd.aws.amazon.com/phd/home',
    'https://lightsail.aws.amazon.com/ls/webapp/home/instances',
    'https://quicksight.aws.amazon.com/sn/start',
    'https://eu-west-1.quicksight.aws.amazon.com/sn/start',
  ])('is known at the host of a service that has one beside the console: %s', (page) => {
    expect(parseConsolePage(page)).toEqual({ url: page, partition: 'aws' });
  });

  it.each([
    'http://health.aws.amazon.com/',
    'https://health.aws.amazon.com.evil.example/',
    'https://evil-health.aws.amazon.com/',
    'https://evil.health.aws.amazon.com/',
    'https://xhealth.aws.amazon.com/',
    'https://health.aws.amazon.com@evil.example/',
    'https://health.aws.amazon.com:8443/',
    'https://health.aws.amazon.com./',
    'https://health-aws.amazon.com/',
    'https://health.amazonaws.com/',
    'https://heаlth.aws.amazon.com/',
    'https://moon-east-1.quicksight.aws.amazon.com/',
    'https://eu-west-1.eu-west-1.quicksight.aws.amazon.com/',
    'https://eu-west-1.aws.amazon.com/',
    'https://docs.aws.amazon.com/',
    'https://eu-west-1.signin.aws.amazon.com/oauth',
    'http://console.aws.amazon.com/',
    'https://console.aws.amazon.com.evil.example/',
    'https://evilconsole.aws.amazon.com/',
    'https://evil.example/?https://console.aws.amazon.com/',
    'https://console.aws.amazon.com@evil.example/',
    'https://me:secret@console.aws.amazon.com/',
    'https://console.aws.amazon.com:8443/',
    'https://console.aws.amazon.com%2eevil.example/',
    'https://consоle.aws.amazon.com/',
    'https://signin.aws.amazon.com/oauth',
    'https://aws.amazon.com/console.aws.amazon.com/',
    'javascript:alert("https://console.aws.amazon.com/")',
    'console.aws.amazon.com',
    'https://',
    '',
  ])('is not %s', (text) => {
    expect(parseConsolePage(text)).toBeUndefined();
  });
});

describe('a link to another role', () => {
  it('names account, role with its path, and where to go then, and nothing else', () => {
    const page = 'https://eu-west-1.console.aws.amazon.com/s3?a=b&c=d#e';
    const link = new URL(
      switchRoleLink(`arn:aws:iam::${account}:role/team/Deploy`, { label: 'live-deploy', page }) ?? '',
    );
    expect(link.origin + link.pathname).toBe('https://signin.aws.amazon.com/switchrole');
    expect(Object.fromEntries(link.searchParams)).toEqual({
      account,
      roleName: 'team/Deploy',
      displayName: 'live-deploy',
      redirect_uri: page,
    });
  });

  it('goes to the sign-in host of its partition, and nowhere for what is no role', () => {
    const link = switchRoleLink(`arn:aws-cn:iam::${account}:role/Deploy`, { label: 'x' });
    expect(link).toMatch(/^https:\/\/signin\.amazonaws\.cn\/switchrole\?/);
    expect(switchRoleLink('arn:aws:iam::1:user/jo', { label: 'x' })).toBeUndefined();
    expect(consoleOf(`arn:aws-moon:iam::${account}:role/Admin`)).toBeUndefined();
  });
});

describe('the page of a service', () => {
  const [aws] = partitions as [Partition];

  it.each([
    [undefined, '/console/home'],
    ['s3', '/s3/home'],
    ['cloudformation', '/cloudformation/home'],
    ['cfn', '/cloudformation/home'],
    ['stepfunctions', '/states/home'],
    ['sqs', '/sqs/v3/home'],
    ['of-the-future', '/of-the-future/home'],
  ])('of %s is %s', (service, path) => {
    expect(consolePage(aws, { service })).toBe(`https://console.aws.amazon.com${path}`);
    expect(consolePage(aws, { service, region: 'eu-west-1' })).toBe(
      `https://console.aws.amazon.com${path}?region=eu-west-1`,
    );
  });

  it.each(partitions)('is on the console of the partition $id', (partition) => {
    const page = consolePage(partition, { service: 's3', region: partition.defaultRegion });
    expect(parseConsolePage(page)?.partition).toBe(partition.id);
  });

  it.each(['s3', 'x', 'identity-center'])('is named like %s', (name) => expect(isService(name)).toBe(true));

  it.each(['', '-', 's3/', '../iam', 's3?x', 'S3', 's3.evil', 's 3', '-s3', 's3-', 'é', 'a'.repeat(65)])(
    'is not named %j',
    (name) => expect(isService(name)).toBe(false),
  );
});
