import 'reflect-metadata';
import { isIP } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const hour = 60 * 60 * 1000;

/** A certificate authority that lives as long as the rehearsal, whose key stays in memory unless it is asked for. */
export interface Authority {
  /** What a browser or client must trust: the authority's own certificate. */
  certificatePem: string;
  /** Its key, for a program that issues certificates itself. */
  keyPem(): Promise<string>;
  /** A certificate for these host names and IP addresses, and its key. PEM both. */
  issue(hosts: string[]): Promise<{ key: string; cert: string }>;
  /** A TLS context with a certificate for exactly this host name; made once a name. */
  contextFor(host: string): Promise<SecureContext>;
}

/** Makes an authority with a new key. Its certificates hold from an hour ago for two days. */
export async function makeAuthority(): Promise<Authority> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: randomSerial(),
    name: 'CN=Roleferry rehearsal authority',
    ...validity(),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const leafKeys = await generateKeys();
  const leafKeyPem = await privateKeyPem(leafKeys.privateKey);

  async function issue(hosts: string[]): Promise<{ key: string; cert: string }> {
    const leaf = await x509.X509CertificateGenerator.create({
      serialNumber: randomSerial(),
      // The names are in the SAN alone, where clients look for them.
      subject: 'O=Roleferry rehearsal',
      issuer: certificate.subject,
      ...validity(),
      publicKey: leafKeys.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.SubjectAlternativeNameExtension(
          hosts.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value })),
        ),
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    return { key: leafKeyPem, cert: leaf.toString('pem') };
  }

  const contexts = new Map<string, Promise<SecureContext>>();
  return {
    certificatePem: certificate.toString('pem'),
    keyPem: () => privateKeyPem(keys.privateKey),
    issue,
    contextFor(host) {
      const made = contexts.get(host) ?? issue([host]).then(createSecureContext);
      contexts.set(host, made);
      return made;
    },
  };
}

/** A key pair with a self-signed certificate around it, as identity providers sign with. PEM both. */
export interface SigningKey {
  privateKeyPem: string;
  certificatePem: string;
}

/** Makes an RSA 2048 key for XML signatures; `name` is the certificate's common name. */
export async function makeSigningKey(name: string): Promise<SigningKey> {
  const rsa = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const keys = await crypto.subtle.generateKey(rsa, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: randomSerial(),
    name: [{ CN: [name] }],
    ...validity(),
    signingAlgorithm: rsa,
    keys,
  });
  return {
    privateKeyPem: await privateKeyPem(keys.privateKey),
    certificatePem: certificate.toString('pem'),
  };
}

const generateKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

async function privateKeyPem(key: CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

function validity(): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - hour), notAfter: new Date(now + 48 * hour) };
}

// The first byte keeps the number positive and free of leading zeros.
const randomSerial = () => `4${Buffer.from(crypto.getRandomValues(new Uint8Array(15))).toString('hex')}0`;
