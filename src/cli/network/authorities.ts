import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import type { SecureContext } from 'node:tls';
import { failure } from '../../core/failure.ts';
import type { Reason } from '../../core/failure-reasons.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { locateFiles, readConfigSettings } from '../../credentials-file/index.ts';
import { errorCode, reasonOf } from '../../disk/fs-failure.ts';

/** A file of certificates of authorities, and the setting that names it. */
export interface Bundle {
  setting: string;
  file: string;
}

/** What AWS_CA_BUNDLE names, else `ca_bundle` of the current profile in the config file. */
export async function configuredBundle(env: NodeJS.ProcessEnv): Promise<Bundle | undefined> {
  if (env.AWS_CA_BUNDLE) return { setting: 'AWS_CA_BUNDLE', file: env.AWS_CA_BUNDLE };
  const { configFile } = locateFiles(env, process.platform, homedir());
  const settings = await readConfigSettings(configFile);
  const ofProfile = settings.ok ? settings.value.get(env.AWS_PROFILE || 'default') : undefined;
  const file = ofProfile?.findLast(({ key }) => key === 'ca_bundle')?.value;
  // Read byte for byte.
  return file
    ? { setting: `ca_bundle in ${configFile}`, file: Buffer.from(file, 'latin1').toString() }
    : undefined;
}

/** The certificates in a bundle, as PEM. Failure: `authorities-unreadable`. */
export function readBundle({ setting, file }: Bundle): Result<string[]> {
  const unreadable = (reason: Reason<'file' | 'authorities'>) =>
    failed(failure('authorities-unreadable', { file, setting, reason }));
  try {
    const text = readFileSync(file, 'latin1');
    const found = text.match(/-----BEGIN ((TRUSTED |X509 )?CERTIFICATE)-----[^-]*-----END \1-----/g) ?? [];
    return found.length > 0 && found.every(isCertificate) ? ok(found) : unreadable('no-certificate');
  } catch (error) {
    return unreadable(errorCode(error) === 'ENOENT' ? 'file-missing' : reasonOf(error));
  }
}

function isCertificate(pem: string): boolean {
  try {
    const { X509Certificate } = process.getBuiltinModule('node:crypto');
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

/** From Node 22.15 on. */
interface Tls {
  getCACertificates?: (kind: 'system') => string[];
}

const tls = () => process.getBuiltinModule('node:tls');

/** Whether this Node can read the certificates that the system trusts. */
export const canReadSystem = (): boolean => 'getCACertificates' in tls();

/** The certificates that the system trusts, as PEM; none if this Node cannot read them. */
export const systemAuthorities = (): string[] => (tls() as Tls).getCACertificates?.('system') ?? [];

/**
 * What TLS trusts: all that this Node trusts anyway, which includes NODE_EXTRA_CA_CERTS, and `more`. The option `ca`
 * would replace the former, and some builds of Node do not tell what that is.
 */
export function trusting(more: readonly string[]): SecureContext {
  const secureContext = tls().createSecureContext();
  for (const pem of more) secureContext.context.addCACert(pem);
  return secureContext;
}
