import { makeSigningKey, type SigningKey } from './authority.ts';
import type { PolicyDocument } from './iam-policy.ts';

/** An AWS account: twelve digits, and the alias that the sign-in page shows beside them. */
interface Account {
  id: string;
  alias: string;
}

/** An IAM role and whom it trusts: ARNs of SAML providers, IAM users, roles, or an account's `:root`. */
export interface Role {
  arn: string;
  /** Seconds. */
  maxSessionDuration: number;
  trusts: string[];
  requiresMfa?: boolean;
  externalId?: string;
  /** What its trust policy allows beside sts:AssumeRole and sts:AssumeRoleWithSAML. */
  allows?: ('TagSession' | 'SetSourceIdentity')[];
  /** The recipients that its trust policy names as `SAML:aud`; any unless given. */
  samlAudiences?: string[];
  /** What its sessions may do; everything unless given. */
  policies?: PolicyDocument[];
}

/** A SAML provider in IAM: whose responses an account accepts. */
export interface Provider {
  arn: string;
  issuer: string;
  certificatePem: string;
  /** For assertions that come encrypted: the id in their address `/saml/acs/ID`, and the key. */
  decryption?: { id: string; privateKeyPem: string };
}

/** A role that an identity provider offers to someone, together with the provider to claim it with. */
export interface RolePair {
  role: string;
  provider: string;
}

/** Someone who can log in at an identity provider. */
export interface IdpUser {
  name: string;
  password: string;
  /** What this user is there for; the login page shows it. */
  about: string;
  roles: RolePair[];
  /** Seconds; sent as the SessionDuration attribute. */
  sessionDuration?: number;
}

export interface Idp extends SigningKey {
  host: string;
  title: string;
  issuer: string;
  users: IdpUser[];
  /** Set: it encrypts every assertion, for the AWS provider of this id. */
  encryption?: { providerId: string; certificatePem: string };
  /** A hostile web site: its front page posts the response of this user without asking anyone. */
  postsFor?: string;
}

/** An IAM user with long-lived keys. */
export interface IamUser {
  arn: string;
  accessKeyId: string;
  secretAccessKey: string;
  mfa?: { serialNumber: string; tokenCode: string };
}

/** Everything the rehearsal AWS knows. Plain data: a test may change it while it runs. */
export interface World {
  accounts: Account[];
  roles: Role[];
  providers: Provider[];
  idps: Idp[];
  iamUsers: IamUser[];
  /** By ARN; those of AWS by the ARN in the partition `aws`. */
  managedPolicies: Record<string, PolicyDocument>;
}

export const accounts = {
  development: '111122223333',
  production: '444455556666',
  china: '222233334444',
  government: '333344445555',
  attacker: '999988887777',
};

const hour = 3600;
const issuer = 'https://idp.rehearsal.test/metadata';
const encryptingIssuer = 'https://sealed.rehearsal.test/metadata';
const encryptingProviderId = 'SAMLSPREHEARSAL0001';
const hostileIssuer = 'https://prize.rehearsal.test/metadata';

const partitions: Record<string, string> = {
  [accounts.china]: 'aws-cn',
  [accounts.government]: 'aws-us-gov',
};

/** The ARN of an IAM thing in one of the rehearsal's accounts: `iamArn(accounts.china, 'role/Admin')`. */
export const iamArn = (account: string, resource: string): string =>
  `arn:${partitions[account] ?? 'aws'}:iam::${account}:${resource}`;

const providerOf = (account: string) => iamArn(account, 'saml-provider/Rehearsal');

/** Whose assertions come encrypted. */
const sealedProvider = iamArn(accounts.production, 'saml-provider/Sealed');

const pair = (account: string, role: string, provider = providerOf(account)): RolePair => ({
  role: iamArn(account, `role/${role}`),
  provider,
});

const federated = (account: string, name: string, maxHours = 1, provider = providerOf(account)): Role => ({
  arn: iamArn(account, `role/${name}`),
  maxSessionDuration: maxHours * hour,
  trusts: [provider],
});

/** The identity with which the custom provider asks STS. */
const brokerUser = iamArn(accounts.development, 'user/broker');

const manyRoles = Array.from({ length: 40 }, (_, i) => `team/Project-${String(i + 1).padStart(2, '0')}`);

const allow = (...actions: string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: actions, Resource: '*' },
});

const ofAws = (name: string) => `arn:aws:iam::aws:policy/${name}`;

/** Small documents of our own in the place of AWS's. */
const managedPolicies: Record<string, PolicyDocument> = {
  [ofAws('ReadOnlyAccess')]: allow('ssm:Get*', 'ssm:Describe*', 'ssm:List*', 'sts:Get*'),
  [ofAws('job-function/ViewOnlyAccess')]: allow('ssm:Describe*', 'ssm:List*'),
  [ofAws('SecurityAudit')]: allow('ssm:Describe*'),
  [ofAws('AdministratorAccess')]: allow('*'),
  [iamArn(accounts.development, 'policy/team/Parameters')]: allow('ssm:*'),
  [iamArn(accounts.production, 'policy/team/Look')]: allow('ssm:Describe*'),
};

/** The password of everyone in the default world. */
const password = 'rehearsal';

/** The rehearsal's default world, with new signing keys. */
export async function makeWorld(): Promise<World> {
  const [key, hostileKey, encryptingKey, decryptionKey] = await Promise.all([
    makeSigningKey('idp.rehearsal.test'),
    makeSigningKey('prize.rehearsal.test'),
    makeSigningKey('sealed.rehearsal.test'),
    makeSigningKey('signin.aws.amazon.com'),
  ]);
  const { development, production, china, government, attacker } = accounts;
  return {
    managedPolicies,
    accounts: [
      { id: development, alias: 'rehearsal-development' },
      { id: production, alias: 'rehearsal-production' },
      { id: china, alias: 'rehearsal-china' },
      { id: government, alias: 'rehearsal-government' },
      { id: attacker, alias: 'someone-elses-account' },
    ],
    roles: [
      federated(development, 'Developer', 12),
      federated(development, 'Admin', 4),
      federated(development, 'AdminReadOnly', 12),
      ...manyRoles.map((name) => federated(development, name)),
      federated(production, 'Operator', 2),
      federated(production, 'ReadOnly', 12),
      federated(production, 'Auditor', 2, sealedProvider),
      federated(production, 'Custodian', 2, sealedProvider),
      federated(china, 'Developer', 12),
      federated(government, 'Developer', 12),
      federated(attacker, 'Developer', 12),
      {
        arn: iamArn(production, 'role/Deploy'),
        maxSessionDuration: 4 * hour,
        trusts: [iamArn(development, 'role/Developer'), iamArn(development, 'user/ursula')],
      },
      {
        arn: iamArn(production, 'role/Emergency'),
        maxSessionDuration: hour,
        trusts: [iamArn(development, 'user/ursula')],
        requiresMfa: true,
      },
      {
        arn: iamArn(production, 'role/Partner'),
        maxSessionDuration: hour,
        trusts: [iamArn(development, 'root')],
        externalId: 'rehearsal-partner',
      },
      {
        arn: iamArn(development, 'role/brokered/Dev'),
        maxSessionDuration: 4 * hour,
        trusts: [brokerUser],
        allows: ['TagSession', 'SetSourceIdentity'],
      },
      {
        arn: iamArn(production, 'role/brokered/Deploy'),
        maxSessionDuration: hour,
        trusts: [brokerUser],
        externalId: 'rehearsal-broker',
      },
    ],
    providers: [
      ...[development, production, china, government].map((account) => ({
        arn: providerOf(account),
        issuer,
        certificatePem: key.certificatePem,
      })),
      {
        arn: sealedProvider,
        issuer: encryptingIssuer,
        certificatePem: encryptingKey.certificatePem,
        decryption: { id: encryptingProviderId, privateKeyPem: decryptionKey.privateKeyPem },
      },
      { arn: providerOf(attacker), issuer: hostileIssuer, certificatePem: hostileKey.certificatePem },
    ],
    idps: [
      {
        ...key,
        host: 'idp.rehearsal.test',
        title: 'Rehearsal Company',
        issuer,
        users: [
          { name: 'alice', password, about: 'one role', roles: [pair(development, 'Developer')] },
          {
            name: 'bob',
            password,
            about: 'two roles in one account',
            roles: [pair(development, 'Admin'), pair(development, 'AdminReadOnly')],
          },
          {
            name: 'carol',
            password,
            about: 'three roles in two accounts',
            roles: [
              pair(development, 'Developer'),
              pair(production, 'Operator'),
              pair(production, 'ReadOnly'),
            ],
          },
          {
            name: 'dave',
            password,
            about: 'forty roles',
            roles: manyRoles.map((name) => pair(development, name)),
          },
          { name: 'lin', password, about: 'one role in China', roles: [pair(china, 'Developer')] },
          { name: 'grace', password, about: 'one role in GovCloud', roles: [pair(government, 'Developer')] },
        ],
      },
      {
        ...encryptingKey,
        host: 'sealed.rehearsal.test',
        title: 'Rehearsal Company, encrypted',
        issuer: encryptingIssuer,
        encryption: { providerId: encryptingProviderId, certificatePem: decryptionKey.certificatePem },
        users: [
          {
            name: 'erin',
            password,
            about: 'two roles that only AWS can read',
            roles: [
              pair(production, 'Auditor', sealedProvider),
              pair(production, 'Custodian', sealedProvider),
            ],
          },
          {
            name: 'edgar',
            password,
            about: 'one role that only AWS can read',
            roles: [pair(production, 'Auditor', sealedProvider)],
          },
        ],
      },
      {
        ...hostileKey,
        host: 'prize.rehearsal.test',
        title: 'You have won a prize',
        issuer: hostileIssuer,
        users: [{ name: 'mallory', password, about: 'a stranger', roles: [pair(attacker, 'Developer')] }],
        postsFor: 'mallory',
      },
    ],
    iamUsers: [
      {
        arn: iamArn(development, 'user/ursula'),
        accessKeyId: 'AKIAREHEARSALURSULA1',
        secretAccessKey: 'rehearsal/only/secret/of/ursula/00000001',
        mfa: { serialNumber: iamArn(development, 'mfa/ursula'), tokenCode: '123456' },
      },
      {
        arn: brokerUser,
        accessKeyId: 'AKIAREHEARSALBROKER1',
        secretAccessKey: 'rehearsal/only/secret/of/broker/00000001',
      },
    ],
  };
}

/** Finds an identity provider's user by name; throws if there is none, which is the test's mistake. */
export function userNamed(world: World, name: string): { idp: Idp; user: IdpUser } {
  for (const idp of world.idps) {
    const user = idp.users.find((candidate) => candidate.name === name);
    if (user !== undefined) return { idp, user };
  }
  throw new Error(`The world has no user ${name}.`);
}
