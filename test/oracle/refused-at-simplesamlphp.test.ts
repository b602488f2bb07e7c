import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/core/aws/role.ts';
import type { Cause } from '../../src/core/cause.ts';
import { causesOf, responseFrom } from '../fixtures/refused-login.ts';
import { startSdkRehearsal } from '../fixtures/sdk-rehearsal.ts';
import { needs } from '../needs.ts';
import { makeSigningKey } from '../rehearsal/authority.ts';
import type { Rehearsal } from '../rehearsal/server.ts';
import { type SimpleSaml, type SimpleSamlMistake, startSimpleSaml } from '../rehearsal/simplesamlphp.ts';
import { accounts, type Role as IamRole, iamArn, type Provider } from '../rehearsal/world.ts';

const roleArn = iamArn(accounts.development, 'role/Developer');
const providerArn = iamArn(accounts.development, 'saml-provider/SimpleSAMLphp');
const role: Role = { roleArn, providerArn };
const pair = `${roleArn},${providerArn}`;
const minute = 60_000;

/** What the AWS account has set up otherwise than the identity provider expects. */
interface AccountMistake {
  role?: Partial<IamRole>;
  provider?: Partial<Provider>;
  /** How far AWS's clock is ahead of the identity provider's, in milliseconds. */
  clock?: number;
}

interface Case {
  idp?: SimpleSamlMistake;
  account?: AccountMistake;
  /** What is asked for, where it is not the usual pair. */
  asked?: Partial<Role>;
  cause: Partial<Cause> & Pick<Cause, 'code'>;
}

const attributes = (changed: Record<string, string[]>) => ({ attributes: changed });
const regionalUrl = 'https://eu-west-1.signin.aws.amazon.com/saml';
const otherProvider = iamArn(accounts.production, 'saml-provider/SimpleSAMLphp');

const mistakes: Record<string, Case> = {
  'another entity id for AWS': {
    idp: { audience: 'https://payroll.example/metadata' },
    cause: { code: 'audience', found: ['https://payroll.example/metadata'] },
  },
  'an address that is not the sign-in page of AWS': {
    idp: { aws: { AssertionConsumerService: 'https://console.aws.amazon.com/saml' } },
    cause: { code: 'recipient', found: ['https://console.aws.amazon.com/saml'] },
  },
  'a regional address, where the trust policy names the global one': {
    idp: { aws: { AssertionConsumerService: regionalUrl } },
    account: { role: { samlAudiences: ['https://signin.aws.amazon.com/saml'] } },
    cause: { code: 'recipient-not-trusted', found: regionalUrl },
  },
  'no Role, but an attribute of a similar name': {
    idp: attributes({ Role: [], 'https://aws.amazon.com/SAML/Attributes/role': [pair] }),
    cause: { code: 'roles-missing' },
  },
  'a Role with a semicolon in place of the comma': {
    idp: attributes({ Role: [pair.replace(',', ';')] }),
    cause: { code: 'roles-unread', count: 1 },
  },
  'a role with the provider of another account': {
    idp: attributes({ Role: [`${roleArn},${otherProvider}`] }),
    asked: { providerArn: otherProvider },
    cause: { code: 'accounts-differ' },
  },
  'a provider that the account does not have': {
    idp: attributes({ Role: [`${roleArn},${providerArn}2`] }),
    asked: { providerArn: `${providerArn}2` },
    cause: { code: 'provider-missing', providerArn: `${providerArn}2` },
  },
  'a role in lower case': {
    idp: attributes({ Role: [pair.replace('Developer', 'developer')] }),
    asked: { roleArn: roleArn.replace('Developer', 'developer') },
    cause: { code: 'role-not-trusting' },
  },
  'a role that trusts another provider': {
    account: { role: { trusts: [iamArn(accounts.development, 'saml-provider/Rehearsal')] } },
    cause: { code: 'role-not-trusting', ...role },
  },
  'a role of Identity Center': {
    idp: attributes({ Role: [pair.replace('Developer', 'AWSReservedSSO_Admin_0123456789abcdef')] }),
    asked: { roleArn: roleArn.replace('Developer', 'AWSReservedSSO_Admin_0123456789abcdef') },
    cause: { code: 'role-reserved' },
  },
  'an account number without its leading zero': {
    idp: attributes({ Role: [pair.replaceAll(accounts.development, '11122223333')] }),
    asked: {
      roleArn: roleArn.replace(accounts.development, '11122223333'),
      providerArn: providerArn.replace(accounts.development, '11122223333'),
    },
    cause: { code: 'arn-invalid' },
  },
  'no RoleSessionName': {
    idp: attributes({ RoleSessionName: [] }),
    cause: { code: 'session-name-missing' },
  },
  'a display name as RoleSessionName': {
    idp: attributes({ RoleSessionName: ['Jörg Doe'] }),
    cause: { code: 'session-name-invalid', problem: { is: 'characters', characters: ['ö', ' '] } },
  },
  'a distinguished name as RoleSessionName': {
    idp: attributes({ RoleSessionName: [`uid=sam,ou=${'people'.repeat(12)}`] }),
    cause: { code: 'session-name-invalid', problem: { is: 'long', length: 83 } },
  },
  'a session tag, where the trust policy lacks sts:TagSession': {
    idp: attributes({ 'PrincipalTag:CostCenter': ['42'] }),
    cause: { code: 'tags-not-allowed', keys: ['CostCenter'] },
  },
  'a session tag with characters that AWS does not allow': {
    idp: attributes({ 'PrincipalTag:Groups': ['admins;users'] }),
    account: { role: { allows: ['TagSession'] } },
    cause: { code: 'tags-invalid', problem: { is: 'value', key: 'Groups' } },
  },
  'a transitive tag that is not sent': {
    idp: attributes({ 'PrincipalTag:Team': ['blue'], TransitiveTagKeys: ['CostCenter'] }),
    account: { role: { allows: ['TagSession'] } },
    cause: { code: 'tags-invalid', problem: { is: 'transitive', key: 'CostCenter' } },
  },
  'more tags than there is room for': {
    idp: attributes(
      Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`PrincipalTag:T${at}`, ['x'.repeat(250)]])),
    ),
    account: { role: { allows: ['TagSession'] } },
    cause: { code: 'tags-too-large', count: 12 },
  },
  'a source identity, where the trust policy lacks sts:SetSourceIdentity': {
    idp: attributes({ SourceIdentity: ['sam'] }),
    cause: { code: 'source-identity-not-allowed' },
  },
  'a source identity with a backslash': {
    idp: attributes({ SourceIdentity: ['CORP\\sam'] }),
    account: { role: { allows: ['SetSourceIdentity'] } },
    cause: { code: 'source-identity-invalid', problem: { is: 'characters', characters: ['\\'] } },
  },
  'neither assertion nor response signed': {
    idp: { aws: { 'saml20.sign.assertion': false, 'saml20.sign.response': false } },
    cause: { code: 'unsigned' },
  },
  'another entity id of its own than in the metadata': {
    idp: { entityId: 'https://renamed.rehearsal.test/idp' },
    cause: { code: 'other-issuer', issuer: 'https://renamed.rehearsal.test/idp', providerArn },
  },
  'assertions that live for ten seconds': {
    idp: { aws: { 'assertion.lifetime': 10 } },
    account: { clock: 20_000 },
    cause: { code: 'short-lived', seconds: 10 },
  },
  'a clock that is ten minutes ahead': {
    account: { clock: -10 * minute },
    cause: { code: 'too-early' },
  },
  'a clock that is ten minutes behind': {
    account: { clock: 10 * minute },
    cause: { code: 'old-when-seen', minutes: 10 },
  },
};

describe.skipIf(needs('simplesamlphp').missing)(
  'a login at SimpleSAMLphp that AWS refuses, set up with',
  () => {
    let rehearsal: Rehearsal;
    let idp: SimpleSaml;
    let ahead = 0;
    let undo = () => {};

    beforeAll(async () => {
      rehearsal = await startSdkRehearsal({ now: () => Date.now() + ahead });
      idp = await startSimpleSaml(rehearsal, {
        users: [{ name: 'sam', password: 'rehearsal', roles: [roleArn] }],
      });
    }, 60_000);

    afterAll(async () => {
      await idp?.close();
      await rehearsal?.close();
    });

    afterEach(() => undo());

    /** Makes a mistake in the AWS account, and has `undo` take it back. */
    function setUpAccount({ role: ofRole, provider: ofProvider, clock = 0 }: AccountMistake): void {
      const { roles, providers } = rehearsal.world;
      const place = roles.findIndex(({ arn }) => arn === roleArn);
      const providerPlace = providers.findIndex(({ arn }) => arn === providerArn);
      const [before, providerBefore] = [roles[place], providers[providerPlace]];
      if (before === undefined || providerBefore === undefined) throw new Error('not in the world');
      roles[place] = { ...before, ...ofRole };
      providers[providerPlace] = { ...providerBefore, ...ofProvider };
      ahead = clock;
      undo = () => {
        roles[place] = before;
        providers[providerPlace] = providerBefore;
        ahead = 0;
      };
    }

    it('no mistake is none', async () => {
      const response = await responseFrom(rehearsal, await idp.setUp({}));
      expect(await causesOf(response, role)).toEqual([]);
    });

    it.each(Object.entries(mistakes))('%s', async (_, { idp: mistake = {}, account = {}, asked, cause }) => {
      setUpAccount(account);
      const response = await responseFrom(rehearsal, await idp.setUp(mistake));
      expect(await causesOf(response, { ...role, ...asked })).toEqual([expect.objectContaining(cause)]);
    });

    it('a new key that the account does not know', async () => {
      const key = await makeSigningKey('simplesaml.rehearsal.test');
      const response = await responseFrom(rehearsal, await idp.setUp({ key }));
      expect(await causesOf(response, role)).toEqual([{ code: 'signature', providerArn }]);
    });

    it('encryption for a key that the account has no more', async () => {
      const [old, fresh] = await Promise.all(['old', 'fresh'].map(makeSigningKey));
      setUpAccount({
        provider: { decryption: { id: 'SAMLSP1', privateKeyPem: fresh?.privateKeyPem ?? '' } },
      });
      const certData = old?.certificatePem.replace(/-----[^-]+-----|\s/g, '');
      const response = await responseFrom(
        rehearsal,
        await idp.setUp({ aws: { 'assertion.encryption': true, certData } }),
      );
      expect(await causesOf(response, role)).toEqual([{ code: 'decryption', providerArn }]);
    });
  },
);
