import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findTool } from '../needs.ts';
import { makeSigningKey, type SigningKey } from './authority.ts';
import { signInUrl } from './saml-response.ts';
import type { Rehearsal } from './server.ts';
import { configure, type Setup } from './simplesamlphp-setup.ts';
import { type Idp, iamArn, type RolePair } from './world.ts';

interface SimpleSamlUser {
  name: string;
  password: string;
  /** ARNs of roles of the rehearsal's world. They come to trust the identity provider. */
  roles: string[];
}

export interface SimpleSamlOptions {
  users: SimpleSamlUser[];
  /** It encrypts what it asserts. */
  encrypts?: boolean;
}

/** How a set-up differs from the right one, in SimpleSAMLphp's own names where there are some. */
export interface SimpleSamlMistake {
  /** The entity id that it calls itself. */
  entityId?: string;
  /** The entity id under which it knows AWS. */
  audience?: string;
  /** Options of AWS as a service provider (saml20-sp-remote). */
  aws?: Record<string, unknown>;
  /** The key that it signs with. */
  key?: SigningKey;
  /** Attributes in place of the first user's, by whole names or by AWS's without the prefix; none leaves one out. */
  attributes?: Record<string, string[]>;
}

/** A real identity provider that runs beside the rehearsal, and which the accounts of its users' roles know. */
export interface SimpleSaml {
  /** Where a login to AWS begins; asks for name and password. */
  loginUrl: string;
  issuer: string;
  /** The SAML provider that stands for it in an account. */
  providerArn(account: string): string;
  /**
   * Sets it up with a mistake in place of the one before, and the first user logged in, so that no password is asked.
   * Gives the address where a login to AWS begins.
   */
  setUp(mistake: SimpleSamlMistake): Promise<string>;
  close(): Promise<void>;
}

const host = 'simplesaml.rehearsal.test';
const baseUrl = `https://${host}/`;
const issuer = `${baseUrl}saml2/idp/metadata.php`;
const audience = 'urn:amazon:webservices';
const webFolder = '/usr/share/simplesamlphp/www';

const providerArn = (account: string) => iamArn(account, 'saml-provider/SimpleSAMLphp');
const accountOf = (arn: string) => arn.split(':')[4] ?? '';

/**
 * Starts SimpleSAMLphp (Debian packages simplesamlphp, php-cli and php-xml) with its own configuration, keys and
 * sessions in a temporary folder, behind the rehearsal's TLS at `simplesaml.rehearsal.test`.
 */
export async function startSimpleSaml(rehearsal: Rehearsal, options: SimpleSamlOptions): Promise<SimpleSaml> {
  const php = findTool('simplesamlphp');
  if (php === undefined) {
    throw new Error('SimpleSAMLphp is not installed (Debian packages simplesamlphp, php-cli and php-xml).');
  }
  const folder = await mkdtemp(join(tmpdir(), 'roleferry-simplesaml-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  try {
    const [key, decryptionKey] = await Promise.all([
      makeSigningKey(host),
      options.encrypts ? makeSigningKey('signin.aws.amazon.com') : undefined,
    ]);
    makeKnown(rehearsal, options.users, key, decryptionKey);
    const { users } = options;
    const usual: Setup = {
      ...{ key, entityId: issuer, audience },
      aws: { AssertionConsumerService: acsOf(users, decryptionKey), ...encryptedFor(decryptionKey) },
      people: { 0: 'exampleauth:UserPass', ...Object.fromEntries(users.map(authSourceEntry)) },
    };
    await configure(folder, baseUrl, usual);
    const server = spawn(
      php,
      [
        // What PHP thinks of SimpleSAMLphp's code is not for the pages that it makes.
        ...['-d', 'display_errors=0', '-d', `sys_temp_dir=${folder}`],
        // Else PHP reads a changed set-up only after two seconds.
        ...['-d', 'opcache.enable=0'],
        ...['-S', '127.0.0.1:0', '-t', webFolder],
      ],
      {
        env: { PATH: process.env.PATH ?? '', SIMPLESAMLPHP_CONFIG_DIR: folder },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    const port = await portOf(server);
    rehearsal.proxies.set(host, port);
    return {
      loginUrl: loginUrlFor(audience),
      issuer,
      providerArn,
      async setUp({ attributes = {}, ...mistake }) {
        const [first] = users;
        if (first === undefined) throw new Error('Nobody can log in.');
        await configure(folder, baseUrl, {
          ...{ ...usual, ...mistake },
          aws: { ...usual.aws, ...mistake.aws },
          people: { 0: 'exampleauth:StaticSource', ...attributesOf(first, attributes) },
        });
        return loginUrlFor(mistake.audience ?? audience);
      },
      async close() {
        rehearsal.proxies.delete(host);
        const ended = once(server, 'exit');
        if (server.kill('SIGKILL')) await ended;
        await removeFolder();
      },
    };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

/** The port that PHP's web server chose and tells on stderr. */
async function portOf(server: ChildProcess): Promise<number> {
  const lines = createInterface({ input: server.stderr as NodeJS.ReadableStream });
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    lines.on('line', (line) => {
      const port = /\(http:\/\/127\.0\.0\.1:(\d+)\) started/.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
      else said.push(line);
    });
    server.on('error', reject);
    server.on('exit', () => reject(new Error(`PHP did not start: ${said.join('\n')}`)));
  });
}

/** In IAM's words: a SAML provider in every account, and the trust of the roles. */
function makeKnown(
  { world }: Rehearsal,
  users: SimpleSamlUser[],
  { certificatePem }: SigningKey,
  decryptionKey: SigningKey | undefined,
): void {
  const arns = new Set(users.flatMap(({ roles }) => roles));
  for (const account of new Set([...arns].map(accountOf))) {
    world.providers.push({
      arn: providerArn(account),
      issuer,
      certificatePem,
      ...(decryptionKey === undefined
        ? {}
        : { decryption: { id: providerId(account), privateKeyPem: decryptionKey.privateKeyPem } }),
    });
  }
  for (const arn of arns) {
    const role = world.roles.find((candidate) => candidate.arn === arn);
    if (role === undefined) throw new Error(`The world has no role ${arn}.`);
    role.trusts.push(providerArn(accountOf(arn)));
  }
}

const providerId = (account: string) => `SAMLSP${account}`;

const pairOf = (role: string): RolePair => ({ role, provider: providerArn(accountOf(role)) });

/** The sign-in address of the first account: encrypted assertions name the provider of one. */
function acsOf(users: SimpleSamlUser[], decryptionKey: SigningKey | undefined): string {
  const roles = users.flatMap((user) => user.roles).map(pairOf);
  const account = accountOf(roles[0]?.role ?? '');
  const encryption: Idp['encryption'] = decryptionKey && {
    providerId: providerId(account),
    certificatePem: decryptionKey.certificatePem,
  };
  return signInUrl(encryption === undefined ? {} : { encryption }, roles);
}

const loginUrlFor = (audience: string) =>
  `${baseUrl}saml2/idp/SSOService.php?spentityid=${encodeURIComponent(audience)}`;

/** What has AWS's metadata say that assertions come encrypted. */
const encryptedFor = (key: SigningKey | undefined): Record<string, unknown> =>
  key === undefined ? {} : { 'assertion.encryption': true, certData: base64Of(key.certificatePem) };

const authSourceEntry = (user: SimpleSamlUser): [string, Record<string, string[]>] => [
  `${user.name}:${user.password}`,
  attributesOf(user),
];

/** The attributes of a user, with others in place of some, under their whole names. */
function attributesOf(
  { name, roles }: SimpleSamlUser,
  others: Record<string, string[]> = {},
): Record<string, string[]> {
  const attributes = {
    Role: roles.map(pairOf).map(({ role, provider }) => `${role},${provider}`),
    RoleSessionName: [`${name}@${host}`],
    SessionDuration: ['7200'],
    ...others,
  };
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([, values]) => values.length > 0)
      .map(([word, values]) => [
        word.includes('://') ? word : `https://aws.amazon.com/SAML/Attributes/${word}`,
        values,
      ]),
  );
}

const base64Of = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');
