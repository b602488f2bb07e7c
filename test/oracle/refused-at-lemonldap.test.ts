import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/core/aws/role.ts';
import type { Cause } from '../../src/core/cause.ts';
import { causesOf, responseFrom } from '../fixtures/refused-login.ts';
import { startSdkRehearsal } from '../fixtures/sdk-rehearsal.ts';
import { needs } from '../needs.ts';
import { type Lemon, type LemonService, startLemon } from '../rehearsal/lemonldap.ts';
import type { Rehearsal } from '../rehearsal/server.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';

const roleArn = iamArn(accounts.development, 'role/Developer');
const providerArn = iamArn(accounts.development, 'saml-provider/Lemon');
const role: Role = { roleArn, providerArn };

const usual: LemonService = {
  audience: 'urn:amazon:webservices',
  recipient: 'https://signin.aws.amazon.com/saml',
  attributes: { Role: `${roleArn},${providerArn}`, RoleSessionName: 'dwho@example.com' },
};
const attributes = (changed: Record<string, string>): Partial<LemonService> => ({
  attributes: { ...usual.attributes, ...changed },
});

const mistakes: [name: string, what: string, service: Partial<LemonService>, cause: Cause][] = [
  [
    'payroll',
    'another entity id for AWS',
    { audience: 'urn:payroll' },
    { code: 'audience', found: ['urn:payroll'], expected: 'urn:amazon:webservices' },
  ],
  [
    'typo',
    'a misspelt address of the sign-in page',
    { audience: 'urn:amazon:webservices:typo', recipient: 'https://signing.aws.amazon.com/saml' },
    {
      code: 'recipient',
      found: ['https://signing.aws.amazon.com/saml'],
      expected: 'https://signin.aws.amazon.com/saml',
    },
  ],
  [
    'spaces',
    'a display name as RoleSessionName',
    { audience: 'urn:amazon:webservices:spaces', ...attributes({ RoleSessionName: 'Doctor Who' }) },
    { code: 'session-name-invalid', problem: { is: 'characters', characters: [' '] } },
  ],
  [
    'tags',
    'a session tag, where the trust policy lacks sts:TagSession',
    { audience: 'urn:amazon:webservices:tags', ...attributes({ 'PrincipalTag:Team': 'blue' }) },
    { code: 'tags-not-allowed', keys: ['Team'] },
  ],
  [
    'source',
    'a source identity, where the trust policy lacks sts:SetSourceIdentity',
    { audience: 'urn:amazon:webservices:source', ...attributes({ SourceIdentity: 'dwho' }) },
    { code: 'source-identity-not-allowed' },
  ],
];

describe.skipIf(needs('lemonldap').missing)('a login at LemonLDAP::NG, set up with', () => {
  let rehearsal: Rehearsal;
  let idp: Lemon;

  beforeAll(async () => {
    rehearsal = await startSdkRehearsal();
    const services = mistakes.map(([name, , service]) => [name, { ...usual, ...service }] as const);
    idp = await startLemon(rehearsal, { aws: usual, ...Object.fromEntries(services) });
    const { issuer, certificatePem } = idp;
    rehearsal.world.providers.push({ arn: providerArn, issuer, certificatePem });
    rehearsal.world.roles.find(({ arn }) => arn === roleArn)?.trusts.push(providerArn);
  }, 60_000);

  afterAll(async () => {
    await idp?.close();
    await rehearsal?.close();
  });

  it('no mistake gets credentials of AWS', async () => {
    expect(await causesOf(await responseFrom(rehearsal, idp.loginUrl('aws')), role)).toEqual([]);
  });

  it.each(mistakes)('%s: %s is refused, and the mistake is named', async (name, _, __, cause) => {
    const response = await responseFrom(rehearsal, idp.loginUrl(name));
    expect(await causesOf(response, role)).toEqual([cause]);
  });
});
