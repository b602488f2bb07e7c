import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SigningKey } from './authority.ts';

/** What differs between one set-up and the next. */
export interface Setup {
  key: SigningKey;
  entityId: string;
  /** The entity id under which it knows AWS. */
  audience: string;
  /** Options of AWS as a service provider. */
  aws: Record<string, unknown>;
  /** The authentication source. */
  people: Record<string, unknown>;
}

/** Writes a configuration; the names in it are SimpleSAMLphp's, from its documentation. */
export async function configure(
  folder: string,
  baseUrl: string,
  { key, entityId, audience, aws, people }: Setup,
): Promise<void> {
  const metadata = join(folder, 'metadata');
  const sessions = join(folder, 'sessions');
  await Promise.all([metadata, sessions].map((path) => mkdir(path, { recursive: true })));
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
    'authsources.php': php('config', { people }),
    'metadata/saml20-idp-hosted.php': php('metadata', {
      [entityId]: {
        host: '__DEFAULT__',
        privatekey: 'idp.key',
        certificate: 'idp.crt',
        auth: 'people',
      },
    }),
    'metadata/saml20-sp-remote.php': php('metadata', {
      [audience]: {
        'attributes.NameFormat': 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
        ...aws,
      },
    }),
  };
  await Promise.all(
    Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text, { mode: 0o600 })),
  );
}

/** A PHP file that sets one variable; base64 needs no escaping in it. */
const php = (variable: string, value: unknown): string =>
  `<?php\n$${variable} = json_decode(base64_decode('${Buffer.from(JSON.stringify(value)).toString('base64')}'), true);\n`;
