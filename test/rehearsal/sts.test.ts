import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  AssumeRoleWithSAMLCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ResponseOptions } from './saml-response.ts';
import { type Rehearsal, startRehearsal } from './server.ts';
import { accounts, iamArn, type RolePair } from './world.ts';

const minute = 60_000;
const provider = iamArn(accounts.development, 'saml-provider/Rehearsal');
const role = (name: string, account = accounts.development) => iamArn(account, `role/${name}`);

describe('the rehearsal’s STS', () => {
  let rehearsal: Rehearsal;
  let clock: number | undefined;

  beforeAll(async () => {
    rehearsal = await startRehearsal({ now: () => clock ?? Date.now() });
  });

  afterAll(() => rehearsal.close());

  beforeEach(() => {
    clock = undefined;
  });

  /** What AWS answers, as `status code message`; a good answer is `200`. */
  async function answerTo(fields: Record<string, string>): Promise<string> {
    const body = new URLSearchParams({ Version: '2011-06-15', ...fields });
    const response = await fetch(rehearsal.stsHttpUrl, { method: 'POST', body });
    const xml = await response.text();
    const text = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
    return [response.status, text('Code'), text('Message')].filter((part) => part !== undefined).join(' ');
  }

  const redeem = (said: ResponseOptions = {}, fields: Record<string, string> = {}) =>
    answerTo({
      Action: 'AssumeRoleWithSAML',
      RoleArn: role('Developer'),
      PrincipalArn: provider,
      SAMLAssertion: rehearsal.issueResponse({ user: 'alice', ...said }),
      ...fields,
    });

  describe('AssumeRoleWithSAML', () => {
    it('answers the AWS SDK with all that the API reference names', async () => {
      const sts = new STSClient({ endpoint: rehearsal.stsHttpUrl, region: 'us-east-1' });
      const before = Date.now();
      const answer = await sts.send(
        new AssumeRoleWithSAMLCommand({
          RoleArn: role('Developer'),
          PrincipalArn: provider,
          SAMLAssertion: rehearsal.issueResponse({ user: 'alice' }),
        }),
      );
      expect(answer.Credentials).toEqual({
        AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
        SecretAccessKey: expect.stringMatching(/^[\w+/]{40}$/),
        SessionToken: expect.stringMatching(/^[\w+/=]{300,}$/),
        Expiration: expect.any(Date),
      });
      const lasts = (answer.Credentials?.Expiration?.getTime() ?? 0) - before;
      expect(Math.abs(lasts - 60 * minute)).toBeLessThan(10_000);
      expect(answer.AssumedRoleUser?.Arn).toBe(
        'arn:aws:sts::111122223333:assumed-role/Developer/alice@rehearsal.test',
      );
      expect(answer.AssumedRoleUser?.AssumedRoleId).toMatch(/^AROA[A-Z0-9]{17}:alice@rehearsal\.test$/);
      expect(answer).toMatchObject({
        Audience: 'https://signin.aws.amazon.com/saml',
        Issuer: 'https://idp.rehearsal.test/metadata',
        Subject: 'alice',
        SubjectType: 'persistent',
        PackedPolicySize: 0,
        NameQualifier: expect.stringMatching(/=$/),
      });
      expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
    });

    it('takes the same response twice and for each of its roles', async () => {
      const assertion = { SAMLAssertion: rehearsal.issueResponse({ user: 'bob' }) };
      expect(await redeem({}, { ...assertion, RoleArn: role('Admin') })).toBe('200');
      expect(await redeem({}, { ...assertion, RoleArn: role('Admin') })).toBe('200');
      expect(await redeem({}, { ...assertion, RoleArn: role('AdminReadOnly') })).toBe('200');
    });

    it('takes a response whose outer element is signed too', async () => {
      expect(await redeem({ signResponse: true })).toBe('200');
    });

    it('takes an encrypted assertion through the one provider that can decrypt it', async () => {
      const fields = {
        RoleArn: role('Custodian', accounts.production),
        PrincipalArn: iamArn(accounts.production, 'saml-provider/Sealed'),
        SAMLAssertion: rehearsal.issueResponse({ user: 'erin' }),
      };
      expect(await redeem({}, fields)).toBe('200');
      expect(await redeem({}, { ...fields, PrincipalArn: provider })).toContain('cannot be decrypted');
      expect(await redeem({}, { ...fields, RoleArn: role('Operator', accounts.production) })).toContain(
        '403 AccessDenied',
      );
    });

    it('never gives a session beyond SessionNotOnOrAfter', async () => {
      const sts = new STSClient({ endpoint: rehearsal.stsHttpUrl, region: 'us-east-1' });
      const sessionNotOnOrAfter = new Date(Math.ceil(Date.now() / 1000) * 1000 + 20 * minute);
      const answer = await sts.send(
        new AssumeRoleWithSAMLCommand({
          RoleArn: role('Developer'),
          PrincipalArn: provider,
          SAMLAssertion: rehearsal.issueResponse({ user: 'alice', sessionNotOnOrAfter }),
        }),
      );
      expect(answer.Credentials?.Expiration).toEqual(sessionNotOnOrAfter);
    });

    const ago = (minutes: number) => new Date(Date.now() - minutes * minute);
    const later = (minutes: number) => new Date(Date.now() + minutes * minute);
    const strangersPair: RolePair = {
      role: role('Developer', accounts.attacker),
      provider: iamArn(accounts.attacker, 'saml-provider/Rehearsal'),
    };

    it.each<[string, ResponseOptions, string]>([
      [
        'that was changed after signing',
        { tamper: (xml) => xml.replace('>alice<', '>root<') },
        '400 InvalidIdentityToken Response signature invalid',
      ],
      [
        'for another audience',
        { audience: 'urn:somebody:else' },
        '400 InvalidIdentityToken Response does not contain the required audience.',
      ],
      [
        'that was meant for another site',
        { recipient: 'https://signin.aws.amazon.com.example.com/other' },
        '400 InvalidIdentityToken Response does not contain the required recipient.',
      ],
      [
        'issued more than five minutes ago',
        { issueInstant: ago(5), notOnOrAfter: later(5) },
        '400 ExpiredTokenException Token must be redeemed within 5 minutes of issuance',
      ],
      [
        'whose own time is over',
        { issueInstant: ago(2), notOnOrAfter: ago(1) },
        '400 ExpiredTokenException Response has expired',
      ],
      ['from the future', { notBefore: later(2) }, '400 InvalidIdentityToken Response is not yet valid'],
      [
        'of another issuer',
        { issuer: 'https://elsewhere.rehearsal.test/' },
        '400 InvalidIdentityToken Issuer not present in specified provider',
      ],
      [
        'without a session name',
        { roleSessionName: null },
        '400 InvalidIdentityToken RoleSessionName is required in AuthnResponse',
      ],
      [
        'with a session name that AWS does not take',
        { roleSessionName: 'a b' },
        '400 InvalidIdentityToken RoleSessionName in AuthnResponse must match',
      ],
      [
        'with a source identity that AWS keeps for itself',
        { sourceIdentity: 'aws:alice' },
        '400 InvalidIdentityToken Source Identity must match',
      ],
      [
        'with a session tag that AWS does not take',
        { tags: { Team: 'a;b' } },
        '400 ValidationError Unable to',
      ],
      [
        'with a session tag twice',
        { tags: { Team: 'a', team: 'b' } },
        '400 InvalidParameterValue Duplicate tag',
      ],
      [
        'with a transitive key that is no tag',
        { tags: { Team: 'a' }, transitiveTagKeys: ['Cost'] },
        '400 ValidationError Unable to validate tags',
      ],
      [
        'with more tags than there is room for',
        { tags: Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`T${at}`, 'x'.repeat(250)])) },
        '400 PackedPolicyTooLarge',
      ],
      [
        'with session tags that the role does not allow',
        { tags: { Team: 'a' } },
        '403 AccessDenied Not authorized',
      ],
      [
        'with a source identity that the role does not allow',
        { sourceIdentity: 'alice' },
        '403 AccessDenied Not authorized',
      ],
      ['that names nobody', { nameId: null }, '403 AccessDenied Not authorized'],
      [
        'that says the login failed',
        { status: 'AuthnFailed' },
        '403 IDPRejectedClaim The identity provider (IdP) reported that authentication failed.',
      ],
      [
        'that offers other roles',
        { roles: [strangersPair] },
        '403 AccessDenied Not authorized to perform sts:AssumeRoleWithSAML',
      ],
    ])('refuses a response %s', async (_, said, refusal) => {
      expect(await redeem(said)).toContain(refusal);
    });

    it.each<[string, Record<string, string>, string]>([
      ['a role that is not in the response', { RoleArn: role('Admin') }, '403 AccessDenied Not authorized'],
      [
        'a role whose name the one in the response merely begins with',
        { RoleArn: role('Develop') },
        '403 AccessDenied',
      ],
      [
        'a provider that does not exist',
        { PrincipalArn: `${provider}2` },
        '400 InvalidIdentityToken Specified provider doesn&#39;t exist',
      ],
      [
        'another account’s provider',
        { PrincipalArn: iamArn(accounts.attacker, 'saml-provider/Rehearsal') },
        '400 InvalidIdentityToken Issuer not present in specified provider',
      ],
      [
        'no ARN',
        { RoleArn: 'nothing-valid-in-here' },
        '400 ValidationError nothing-valid-in-here is invalid',
      ],
      [
        'too short a duration',
        { DurationSeconds: '899' },
        'Member must have value greater than or equal to 900',
      ],
      [
        'too long a duration',
        { DurationSeconds: '43201' },
        'Member must have value less than or equal to 43200',
      ],
      ['too short an assertion', { SAMLAssertion: 'abc' }, '400 ValidationError 1 validation error detected'],
      ['no base64', { SAMLAssertion: 'a%bc' }, '400 InvalidIdentityToken Invalid base64 SAMLResponse'],
      ['too long an assertion', { SAMLAssertion: 'a'.repeat(100_001) }, 'less than or equal to 100000'],
      ['a policy that is no JSON', { Policy: '{' }, '400 MalformedPolicyDocument'],
      ['too large a policy', { Policy: JSON.stringify('a'.repeat(3000)) }, '400 PackedPolicyTooLarge'],
      ['another version', { Version: '2000-01-01' }, '400 InvalidAction'],
      ['an unknown action', { Action: 'constructor' }, '400 InvalidAction'],
    ])('refuses a request with %s', async (_, fields, refusal) => {
      expect(await redeem({}, fields)).toContain(refusal);
    });

    it('takes session tags, a source identity and a recipient that the trust policy of the role allows', async () => {
      const said = { tags: { Team: 'a' }, transitiveTagKeys: ['team'], sourceIdentity: 'alice' };
      const developer = rehearsal.world.roles.find(({ arn }) => arn === role('Developer'));
      if (developer === undefined) throw new Error('no role');
      const { allows: _, samlAudiences: __, ...before } = developer;
      Object.assign(developer, { allows: ['TagSession', 'SetSourceIdentity'] });
      expect(await redeem(said)).toBe('200');
      Object.assign(developer, { samlAudiences: ['https://signin.aws.amazon.com/saml'] });
      expect(await redeem(said)).toBe('200');
      const regional = { ...said, destinationHost: 'eu-west-1.signin.aws.amazon.com' };
      expect(await redeem(regional)).toContain('403 AccessDenied');
      rehearsal.world.roles.splice(rehearsal.world.roles.indexOf(developer), 1, before);
    });

    it('takes a sign-in URL as the audience too, and AWS’s entity ids of other partitions', async () => {
      expect(await redeem({ audience: 'https://signin.aws.amazon.com/saml' })).toBe('200');
      expect(await redeem({ audience: 'urn:amazon:webservices:govcloud' })).toBe('200');
      expect(await redeem({ audience: 'https://signin.aws.amazon.com/other' })).toContain(
        'required audience',
      );
    });

    it('refuses more than the role’s own maximum, and takes exactly that', async () => {
      const admin = { SAMLAssertion: rehearsal.issueResponse({ user: 'bob' }), RoleArn: role('Admin') };
      expect(await redeem({}, { ...admin, DurationSeconds: '14400' })).toBe('200');
      expect(await redeem({}, { ...admin, DurationSeconds: '14401' })).toBe(
        '400 ValidationError The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      );
    });

    it('never repeats the assertion in a refusal', async () => {
      const assertion = rehearsal.issueResponse({ user: 'alice', audience: 'urn:somebody:else' });
      expect(await redeem({}, { SAMLAssertion: assertion })).not.toContain(assertion.slice(0, 20));
    });
  });

  describe('signed requests of the AWS SDK', () => {
    const ursula = {
      accessKeyId: 'AKIAREHEARSALURSULA1',
      secretAccessKey: 'rehearsal/only/secret/of/ursula/00000001',
    };
    const client = (credentials: typeof ursula & { sessionToken?: string }) =>
      new STSClient({ endpoint: rehearsal.stsHttpUrl, region: 'eu-central-1', credentials });

    const assume = (name: string, more: Record<string, string | number> = {}, credentials = ursula) =>
      client(credentials).send(
        new AssumeRoleCommand({
          RoleArn: role(name, accounts.production),
          RoleSessionName: 'rehearsing',
          ...more,
        }),
      );

    async function developer() {
      const answer = await client(ursula).send(
        new AssumeRoleWithSAMLCommand({
          RoleArn: role('Developer'),
          PrincipalArn: provider,
          SAMLAssertion: rehearsal.issueResponse({ user: 'alice' }),
        }),
      );
      const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {};
      return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    }

    it('tell who the caller is, user or session', async () => {
      const user = await client(ursula).send(new GetCallerIdentityCommand({}));
      expect(user).toMatchObject({ Arn: 'arn:aws:iam::111122223333:user/ursula', Account: '111122223333' });
      const session = await client(await developer()).send(new GetCallerIdentityCommand({}));
      expect(session.Arn).toBe('arn:aws:sts::111122223333:assumed-role/Developer/alice@rehearsal.test');
    });

    it('let a trusted user assume a role for up to its maximum', async () => {
      const answer = await assume('Deploy', { DurationSeconds: 14_400 });
      expect(answer.AssumedRoleUser?.Arn).toBe('arn:aws:sts::444455556666:assumed-role/Deploy/rehearsing');
    });

    it('let a session go on to another role for one hour at most', async () => {
      const session = await developer();
      await expect(assume('Deploy', { DurationSeconds: 3600 }, session)).resolves.toBeDefined();
      await expect(assume('Deploy', { DurationSeconds: 3601 }, session)).rejects.toThrow(
        '1 hour session limit',
      );
    });

    it('do not let anyone assume a role that does not trust them', async () => {
      await expect(assume('ReadOnly')).rejects.toMatchObject({ name: 'AccessDenied' });
      await expect(assume('Nowhere')).rejects.toMatchObject({ name: 'AccessDenied' });
    });

    it('need the right one-time code where the role demands one', async () => {
      const mfa = { SerialNumber: iamArn(accounts.development, 'mfa/ursula'), TokenCode: '123456' };
      await expect(assume('Emergency')).rejects.toThrow('not authorized to perform: sts:AssumeRole');
      await expect(assume('Emergency', { ...mfa, TokenCode: '000000' })).rejects.toThrow('invalid MFA');
      await expect(assume('Emergency', mfa)).resolves.toBeDefined();
    });

    it('need the external id where the role demands one', async () => {
      await expect(assume('Partner')).rejects.toMatchObject({ name: 'AccessDenied' });
      await expect(assume('Partner', { ExternalId: 'rehearsal-partner' })).resolves.toBeDefined();
    });

    describe('of a broker', () => {
      const broker = {
        accessKeyId: 'AKIAREHEARSALBROKER1',
        secretAccessKey: 'rehearsal/only/secret/of/broker/00000001',
      };
      const deploy = role('brokered/Deploy', accounts.production);
      const brokered = (more: Partial<AssumeRoleCommandInput>) =>
        client(broker).send(
          new AssumeRoleCommand({ RoleArn: role('brokered/Dev'), RoleSessionName: 'rehearsing', ...more }),
        );
      const policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });

      it('may carry tags, a source identity and a session policy', async () => {
        const more = { Tags: [{ Key: 'sub', Value: 'u-1' }], SourceIdentity: 'jo', Policy: policy };
        expect(await brokered(more)).toMatchObject({ SourceIdentity: 'jo', PackedPolicySize: 2 });
      });

      it.each<[string, Partial<AssumeRoleCommandInput>, string]>([
        [
          'tags where the role does not trust them',
          { RoleArn: deploy, ExternalId: 'rehearsal-broker', Tags: [{ Key: 'a', Value: 'b' }] },
          'sts:TagSession',
        ],
        [
          'a source identity where the role does not trust it',
          { RoleArn: deploy, ExternalId: 'rehearsal-broker', SourceIdentity: 'jo' },
          'sts:SetSourceIdentity',
        ],
        ['a source identity with a blank', { SourceIdentity: 'j o' }, 'sourceIdentity'],
        ['a source identity of AWS’s own', { SourceIdentity: 'aws:jo' }, 'sourceIdentity'],
        ['a tag with a star', { Tags: [{ Key: 'a', Value: '*' }] }, 'tags.1.member.value'],
        [
          'one tag twice',
          {
            Tags: [
              { Key: 'a', Value: 'b' },
              { Key: 'A', Value: 'c' },
            ],
          },
          'Duplicate tag keys',
        ],
        ['a policy without statements', { Policy: '{}' }, 'Syntax errors in policy'],
      ])('may not carry %s', async (_, more, words) => {
        await expect(brokered(more)).rejects.toThrow(words);
      });
    });

    it('are refused with a stranger’s key, a wrong secret or a wrong token', async () => {
      const identity = (credentials: typeof ursula & { sessionToken?: string }) =>
        client(credentials).send(new GetCallerIdentityCommand({}));
      await expect(identity({ ...ursula, accessKeyId: 'AKIASTRANGERSTRANGER' })).rejects.toMatchObject({
        name: 'InvalidClientTokenId',
      });
      await expect(identity({ ...ursula, secretAccessKey: 'wrong' })).rejects.toMatchObject({
        name: 'SignatureDoesNotMatch',
      });
      await expect(identity({ ...(await developer()), sessionToken: 'wrong' })).rejects.toMatchObject({
        name: 'InvalidClientTokenId',
      });
    });

    it('are refused without a signature', async () => {
      expect(await answerTo({ Action: 'GetCallerIdentity' })).toContain('403 MissingAuthenticationToken');
    });
  });
});
