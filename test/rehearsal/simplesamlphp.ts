import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findTool } from '../needs.ts';
import { makeSigningKey, type SigningKey } from './authority.ts';
import { signInUrl } from './saml-response.ts';
import type { Rehearsal } from './server.ts';
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

/** A real identity provider that runs beside the rehearsal, and which the accounts of its users' roles know. */
export interface SimpleSaml {
  /** Where a login to AWS begins; asks for name and password. */
  loginUrl: string;
  issuer: string;
  /** The SAML provider that stands for it in an account. */
  providerArn(account: string): string;
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
    await configure(folder, options.users, key, acsOf(options.users, decryptionKey), decryptionKey);
    const server = spawn(
      php,
      [
        // What PHP thinks of SimpleSAMLphp's code is not for the pages that it makes.
        ...['-d', 'display_errors=0', '-d', `sys_temp_dir=${folder}`],
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
      loginUrl: `${baseUrl}saml2/idp/SSOService.php?spentityid=${audience}`,
      issuer,
      providerArn,
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

/** Writes a configuration; the names in it are SimpleSAMLphp's, from its documentation. */
async function configure(
  folder: string,
  users: SimpleSamlUser[],
  key: SigningKey,
  acs: string,
  decryptionKey: SigningKey | undefined,
): Promise<void> {
  const metadata = join(folder, 'metadata');
  const sessions = join(folder, 'sessions');
  await Promise.all([metadata, sessions].map((path) => mkdir(path)));
  const files: Record<string, string> = {
    'idp.key': key.privateKeyPem,
    'idp.crt': key.certificatePem,
    'config.php': php('config', {
      baseurlpath: baseUrl,
      certdir: folder,
      loggingdir: folder,
      datadir: folder,
      tempdir: folder,
      metadatadir: metadata,
      'logging.handler': 'file',
      secretsalt: 'rehearsal-only',
      'auth.adminpassword': crypto.randomUUID(),
      technicalcontact_email: 'nobody@rehearsal.test',
      timezone: 'UTC',
      'enable.saml20-idp': true,
      'module.enable': { core: true, saml: true, exampleauth: true },
      'store.type': 'phpsession',
      'session.phpsession.savepath': sessions,
      'session.cookie.secure': true,
      'metadata.sources': [{ type: 'flatfile' }],
    }),
    'authsources.php': php('config', {
      people: { 0: 'exampleauth:UserPass', ...Object.fromEntries(users.map(authSourceEntry)) },
    }),
    'metadata/saml20-idp-hosted.php': php('metadata', {
      [issuer]: { host: '__DEFAULT__', privatekey: 'idp.key', certificate: 'idp.crt', auth: 'people' },
    }),
    'metadata/saml20-sp-remote.php': php('metadata', {
      [audience]: {
        AssertionConsumerService: acs,
        'attributes.NameFormat': 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
        ...(decryptionKey === undefined
          ? {}
          : { 'assertion.encryption': true, certData: base64Of(decryptionKey.certificatePem) }),
      },
    }),
  };
  await Promise.all(
    Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text, { mode: 0o600 })),
  );
}

function authSourceEntry({ name, password, roles }: SimpleSamlUser): [string, Record<string, string[]>] {
  const attribute = (word: string) => `https://aws.amazon.com/SAML/Attributes/${word}`;
  return [
    `${name}:${password}`,
    {
      [attribute('Role')]: roles.map(pairOf).map(({ role, provider }) => `${role},${provider}`),
      [attribute('RoleSessionName')]: [`${name}@${host}`],
      [attribute('SessionDuration')]: ['7200'],
    },
  ];
}

/** A PHP file that sets one variable; base64 needs no escaping in it. */
const php = (variable: string, value: unknown): string =>
  `<?php\n$${variable} = json_decode(base64_decode('${Buffer.from(JSON.stringify(value)).toString('base64')}'), true);\n`;

const base64Of = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');
