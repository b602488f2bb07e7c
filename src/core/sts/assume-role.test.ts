import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { startSdkRehearsal } from '../../../test/fixtures/sdk-rehearsal.ts';
import { withoutAnswer } from '../../../test/fixtures/without-answer.ts';
import { captivePortal, stsError } from '../../../test/rehearsal/fault.ts';
import type { Rehearsal } from '../../../test/rehearsal/server.ts';
import { accounts, iamArn } from '../../../test/rehearsal/world.ts';
import { type AssumeRoleRequest, assumeRole } from './assume-role.ts';
import { exchange } from './exchange.ts';

const developer = iamArn(accounts.development, 'role/Developer');
const readOnlyAccess = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const policy = '{"Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}';
const deploy = iamArn(accounts.production, 'role/Deploy');

describe('assuming a role with the credentials of another', () => {
  let rehearsal: Rehearsal;
  let credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string };

  beforeAll(async () => {
    rehearsal = await startSdkRehearsal();
    const given = await exchange({
      response: rehearsal.issueResponse({ user: 'alice' }),
      role: { roleArn: developer, providerArn: iamArn(accounts.development, 'saml-provider/Rehearsal') },
      region: 'us-east-1',
    });
    if (!given.ok) throw new Error(given.failure.code);
    credentials = given.value.credentials;
  }, 60_000);

  afterAll(() => rehearsal?.close());

  afterEach(() => {
    rehearsal.onSts = undefined;
  });

  const chain = (more: Partial<AssumeRoleRequest> = {}) =>
    assumeRole({ roleArn: deploy, sessionName: 'jo', region: 'eu-west-1', credentials, ...more });

  /** STS's answer for a session with this ARN. */
  const answer =
    (arn: string, headers = {}) =>
    () => ({
      status: 200,
      headers: { 'content-type': 'text/xml', ...headers },
      body:
        `<AssumeRoleResponse><AssumeRoleResult><AssumedRoleUser><Arn>${arn}</Arn></AssumedRoleUser>` +
        '<Credentials><AccessKeyId>ASIAKIDAKIDAKID1</AccessKeyId><SecretAccessKey>abc</SecretAccessKey>' +
        '<SessionToken>t</SessionToken><Expiration>2031-01-02T03:04:05Z</Expiration></Credentials>' +
        '</AssumeRoleResult></AssumeRoleResponse>',
    });

  it('gives temporary credentials, and says whose they are', async () => {
    expect(await chain()).toEqual({
      ok: true,
      value: {
        credentials: {
          accessKeyId: expect.stringMatching(/^ASIA/),
          secretAccessKey: expect.any(String),
          sessionToken: expect.any(String),
          expiration: expect.stringMatching(/Z$/),
        },
        principalArn: `arn:aws:sts::${accounts.production}:assumed-role/Deploy/jo`,
        clockOffset: 0,
      },
    });
  });

  it('asks for all that the session is to have, and for nothing else', async () => {
    rehearsal.onSts = answer(`arn:aws:sts::${accounts.production}:assumed-role/Deploy/jo`);
    const form = () => Object.fromEntries(rehearsal.requests.at(-1)?.form ?? []);
    const least = {
      Action: 'AssumeRole',
      Version: '2011-06-15',
      RoleArn: deploy,
      RoleSessionName: 'jo',
    };
    expect(await chain()).toMatchObject({ ok: true });
    expect(form()).toEqual(least);
    const device = 'arn:aws:iam::111122223333:mfa/jo';
    await chain({
      sessionDuration: 900,
      mfa: { serialNumber: device, tokenCode: '123456' },
      externalId: 'x-1',
      sourceIdentity: 'jo@example.com',
      tags: { team: 'blue', cost: '42' },
      sessionPolicy: { policyArns: [readOnlyAccess], policy },
    });
    expect(form()).toEqual({
      ...least,
      DurationSeconds: '900',
      SerialNumber: device,
      TokenCode: '123456',
      ExternalId: 'x-1',
      SourceIdentity: 'jo@example.com',
      'Tags.member.1.Key': 'team',
      'Tags.member.1.Value': 'blue',
      'Tags.member.2.Key': 'cost',
      'Tags.member.2.Value': '42',
      'PolicyArns.member.1.arn': readOnlyAccess,
      Policy: policy,
    });
  });

  it('says by how much AWS’s clock is ahead of this one', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    rehearsal.onSts = answer(`arn:aws:sts::${accounts.production}:assumed-role/Deploy/jo`, { date });
    const given = await chain();
    expect(given.ok && Math.round(given.value.clockOffset / 60_000)).toBe(60);
  });

  it.each<[string, Partial<AssumeRoleRequest>, string]>([
    [
      'for more than the hour that a chain of roles may have',
      { sessionDuration: 7200 },
      'sts-duration-chained',
    ],
    ['of a role that does not trust the caller', { roleArn: developer }, 'assume-role-denied'],
    [
      'with a code of a device that is not the caller’s',
      { mfa: { serialNumber: 'arn:aws:iam::111122223333:mfa/x', tokenCode: '000000' } },
      'mfa-refused',
    ],
    [
      'with keys that AWS does not know',
      { credentials: { accessKeyId: 'ASIANOBODYNOBODY1234', secretAccessKey: 'x', sessionToken: 'y' } },
      'source-credentials-refused',
    ],
    [
      'with credentials that cannot be had',
      { credentials: () => Promise.reject(new Error(`no\n${'A'.repeat(400)}`)) },
      'source-credentials-missing',
    ],
  ])('gives none %s', async (_, request, code) => {
    const given = await chain(request);
    expect(given).toMatchObject({ ok: false, failure: { code } });
    expect(JSON.stringify(given)).not.toMatch(/A{100}|SecretAccessKey/);
  });

  it('says which role was denied, in AWS’s words too', async () => {
    expect(await chain({ roleArn: developer })).toMatchObject({
      failure: {
        code: 'assume-role-denied',
        params: { roleArn: developer },
        details: expect.stringMatching(/^AccessDenied: .*\nHTTP 403\nrequest ID /),
      },
    });
  });

  it('says why AWS did not accept the keys, in AWS’s words too', async () => {
    rehearsal.onSts = () => stsError(403, 'ExpiredToken', `The token ${'A'.repeat(400)} has expired`);
    expect(await chain()).toMatchObject({
      failure: {
        code: 'source-credentials-refused',
        params: { reason: 'The token … has expired' },
        details: expect.stringContaining('HTTP 403'),
      },
    });
  });

  it.each([
    ['their reason', new Error('no login\nat line 1'), 'no login'],
    [
      'a failed program without its command line',
      new Error('Command failed: /opt/keys --password x\nhelp'),
      'the credential_process of the profile failed',
    ],
    ['nothing where nothing was said', undefined, ''],
  ])('says of credentials that cannot be had %s', async (_, error, reason) => {
    expect(await chain({ credentials: () => Promise.reject(error) })).toMatchObject({
      failure: { code: 'source-credentials-missing', params: { reason } },
    });
  });

  it.each([
    ['another role', 'assumed-role/Admin/jo'],
    ['a session of another name', 'assumed-role/Deploy/jon'],
  ])('gives none when STS answers for %s', async (_, session) => {
    const arn = `arn:aws:sts::${accounts.production}:${session}`;
    rehearsal.onSts = answer(arn);
    expect(await chain()).toMatchObject({
      failure: saying('sts-other-role', `answered with ${arn},`),
    });
  });

  it('gives none when STS sends the request on to another address', async () => {
    rehearsal.onSts = () => ({ status: 307, headers: { location: rehearsal.stsHttpUrl }, body: '' });
    expect(await chain()).toMatchObject({ failure: { code: 'sts-redirected' } });
  });

  it('asks nobody about a role of a partition that is not known', async () => {
    rehearsal.requests.length = 0;
    const given = await chain({ roleArn: 'arn:aws-moon:iam::444455556666:role/Deploy' });
    expect(given).toMatchObject({ failure: { code: 'partition-unknown' } });
    expect(rehearsal.requests).toEqual([]);
  });

  it('asks nobody with a session policy that AWS would refuse', async () => {
    rehearsal.requests.length = 0;
    const given = await chain({ sessionPolicy: { policy: '{"Statement":[]}' } });
    expect(given).toMatchObject({
      failure: { code: 'session-policy-invalid', params: { reason: 'no-statement' } },
    });
    expect(rehearsal.requests).toEqual([]);
  });

  it('asks nobody in a region without a FIPS endpoint where there must be one', async () => {
    rehearsal.requests.length = 0;
    expect(await chain({ fips: true })).toMatchObject({ failure: { code: 'sts-no-fips' } });
    expect(rehearsal.requests).toEqual([]);
  });

  it('asks nobody at an endpoint of one’s own where it must be a FIPS endpoint', async () => {
    rehearsal.requests.length = 0;
    expect(await chain({ fips: true, region: 'us-east-1' })).toMatchObject({
      failure: saying('sts-endpoint-unclear', 'FIPS and custom endpoint are not supported'),
    });
    expect(rehearsal.requests).toEqual([]);
  });

  it('gives none when something else answers in the place of AWS', async () => {
    rehearsal.onSts = () => captivePortal();
    expect(await chain()).toMatchObject({ ok: false, failure: { code: 'sts-not-aws' } });
  });

  it('says that STS did not answer in time where it never does', async () => {
    expect(await withoutAnswer(rehearsal, () => chain())).toMatchObject({
      failure: saying('sts-unreachable', 'it did not answer in time'),
    });
  });
});
