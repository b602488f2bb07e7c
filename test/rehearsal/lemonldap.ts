import { spawn } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findTool } from '../needs.ts';
import { makeSigningKey, type SigningKey } from './authority.ts';
import { endNow } from './end-now.ts';
import { freePort } from './free-port.ts';
import { escapeMarkup } from './html.ts';
import type { Rehearsal } from './server.ts';

/** AWS as a service provider of LemonLDAP::NG. */
export interface LemonService {
  /** AWS's entity id. */
  audience: string;
  /** Where responses are posted to. */
  recipient: string;
  /** AWS's attributes of everybody, by their names without the prefix. */
  attributes: Record<string, string>;
}

/** A real identity provider that runs beside the rehearsal, and that lets everybody in. */
export interface Lemon {
  issuer: string;
  certificatePem: string;
  /** Where a login to a service begins. */
  loginUrl(service: string): string;
  close(): Promise<void>;
}

const host = 'lemon.rehearsal.test';
const portal = `https://${host}/`;
const issuer = `${portal}saml/metadata`;
const share = '/usr/share/lemonldap-ng/portal';

/**
 * Starts LemonLDAP::NG (Debian package liblemonldap-ng-portal-perl, with Lasso), an identity provider in Perl and C,
 * with configuration, key and sessions in a temporary folder, behind the rehearsal's TLS at `lemon.rehearsal.test`.
 */
export async function startLemon(
  rehearsal: Rehearsal,
  services: Record<string, LemonService>,
): Promise<Lemon> {
  const perl = findTool('lemonldap');
  if (perl === undefined) throw new Error('LemonLDAP::NG is not installed.');
  const folder = await mkdtemp(join(tmpdir(), 'roleferry-lemon-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  try {
    const [key, port] = await Promise.all([makeSigningKey(host), freePort()]);
    await configure(folder, key, services);
    const server = spawn(
      perl,
      [
        // Only in development does it say when it listens.
        ...['/usr/bin/plackup', '--env', 'development', '--server', 'HTTP::Server::PSGI'],
        ...['--host', '127.0.0.1', '--port', String(port), join(share, 'htdocs/index.psgi')],
      ],
      {
        env: { PATH: process.env.PATH ?? '', LLNG_DEFAULTCONFFILE: join(folder, 'lemonldap-ng.ini') },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    try {
      await new Promise<void>((resolve, reject) => {
        const said: string[] = [];
        createInterface({ input: server.stderr }).on('line', (line) => {
          said.push(line);
          if (line.includes('Accepting connections')) resolve();
        });
        server.on('error', reject);
        server.on('exit', () => reject(new Error(`LemonLDAP::NG did not start: ${said.join('\n')}`)));
      });
    } catch (error) {
      await endNow(server);
      throw error;
    }
    rehearsal.proxies.set(host, port);
    return {
      issuer,
      certificatePem: key.certificatePem,
      loginUrl: (service) => `${portal}saml/singleSignOn?IDPInitiated=1&spConfKey=${service}`,
      async close() {
        rehearsal.proxies.delete(host);
        await endNow(server);
        await removeFolder();
      },
    };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

/** Writes a configuration; the names in it are LemonLDAP::NG's, from its documentation. */
async function configure(
  folder: string,
  { privateKeyPem, certificatePem }: SigningKey,
  services: Record<string, LemonService>,
): Promise<void> {
  const storage = (name: string) => ({
    Directory: join(folder, name),
    LockDirectory: join(folder, name, 'lock'),
    generateModule: 'Lemonldap::NG::Common::Apache::Session::Generate::SHA256',
  });
  const folders = ['conf', 'cache', 'sessions/lock', 'psessions/lock'];
  await Promise.all(folders.map((name) => mkdir(join(folder, name), { recursive: true })));
  const of = <T>(make: (service: LemonService, name: string) => T) =>
    Object.fromEntries(Object.entries(services).map(([name, service]) => [name, make(service, name)]));
  const settings = {
    ...{ cfgNum: 1, cfgDate: 1, cfgVersion: '2.16.1', portal, domain: 'rehearsal.test', securedCookie: 1 },
    ...{ cookieName: 'lemonldap', whatToTrace: '_user', timeout: 72_000, requireToken: 0 },
    locationRules: { [host]: { default: 'accept' } },
    // Nobody is asked for a password.
    ...{ authentication: 'Null', userDB: 'Null', passwordDB: 'Null', registerDB: 'Null' },
    globalStorage: 'Apache::Session::File',
    globalStorageOptions: storage('sessions'),
    persistentStorage: 'Apache::Session::File',
    persistentStorageOptions: storage('psessions'),
    localSessionStorage: 'Cache::FileCache',
    localSessionStorageOptions: cache(folder, 'sessions'),
    ...{ issuerDBSAMLActivation: 1, issuerDBSAMLPath: '^/saml/', issuerDBSAMLRule: 1, samlEntityID: issuer },
    samlServicePrivateKeySig: createPrivateKey(privateKeyPem).export({ type: 'pkcs1', format: 'pem' }),
    samlServicePublicKeySig: certificatePem,
    samlServiceUseCertificateInResponse: 1,
    macros: Object.assign(
      {},
      ...Object.entries(services).map(([name, { attributes }]) =>
        Object.fromEntries(
          Object.values(attributes).map((value, at) => [
            macro(name, at),
            `'${value.replace(/['\\]/g, '\\$&')}'`,
          ]),
        ),
      ),
    ),
    samlSPMetaDataXML: of((service) => ({ samlSPMetaDataXML: metadata(service) })),
    samlSPMetaDataOptions: of(() => ({
      samlSPMetaDataOptionsEnableIDPInitiatedURL: 1,
      samlSPMetaDataOptionsSignSSOMessage: 1,
      samlSPMetaDataOptionsNameIDFormat: 'persistent',
      samlSPMetaDataOptionsNotOnOrAfterTimeout: 300,
      samlSPMetaDataOptionsEncryptionMode: 'none',
    })),
    samlSPMetaDataExportedAttributes: of(({ attributes }, name) =>
      Object.fromEntries(
        Object.keys(attributes).map((word, at) => [
          macro(name, at),
          `1;https://aws.amazon.com/SAML/Attributes/${word};urn:oasis:names:tc:SAML:2.0:attrname-format:uri;`,
        ]),
      ),
    ),
  };
  await writeFile(join(folder, 'conf/lmConf-1.json'), JSON.stringify(settings), { mode: 0o600 });
  await writeFile(join(folder, 'lemonldap-ng.ini'), iniFile(folder));
}

const macro = (service: string, at: number) => `${service}${at}`;

const cache = (folder: string, namespace: string) => ({
  ...{ namespace, default_expires_in: 600, directory_umask: '007', cache_depth: 3 },
  cache_root: join(folder, 'cache'),
});

const metadata = ({ audience, recipient }: LemonService) =>
  `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${escapeMarkup(audience)}">` +
  '<md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">' +
  '<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>' +
  '<md:AssertionConsumerService index="1" isDefault="true" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"' +
  ` Location="${escapeMarkup(recipient)}"/></md:SPSSODescriptor></md:EntityDescriptor>`;

function iniFile(folder: string): string {
  const options = Object.entries(cache(folder, 'configuration')).map(
    ([name, value]) => `'${name}' => '${value}'`,
  );
  return `[all]
logLevel = error
[configuration]
type = File
dirName = ${join(folder, 'conf')}
localStorage = Cache::FileCache
localStorageOptions = { ${options.join(', ')} }
[portal]
staticPrefix = /static
templateDir = ${join(share, 'templates')}
languages = en
`;
}
