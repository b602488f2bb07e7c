import {
  constants,
  createCipheriv,
  createDecipheriv,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';

const samlNamespace = 'urn:oasis:names:tc:SAML:2.0:assertion';
const encryptionNamespace = 'http://www.w3.org/2001/04/xmlenc#';
const keyTransport = `${encryptionNamespace}rsa-oaep-mgf1p`;
const tagLength = 16;

/** How XML Encryption names what an assertion is encrypted with, and what each needs. Lengths in bytes. */
const ciphers = {
  'aes-128-cbc': { uri: `${encryptionNamespace}aes128-cbc`, keyLength: 16, ivLength: 16 },
  'aes-256-cbc': { uri: `${encryptionNamespace}aes256-cbc`, keyLength: 32, ivLength: 16 },
  'aes-128-gcm': { uri: 'http://www.w3.org/2009/xmlenc11#aes128-gcm', keyLength: 16, ivLength: 12 },
  'aes-256-gcm': { uri: 'http://www.w3.org/2009/xmlenc11#aes256-gcm', keyLength: 32, ivLength: 12 },
};

/** In OpenSSL's words. */
export type AssertionCipher = keyof typeof ciphers;

const isGcm = (name: AssertionCipher): name is 'aes-128-gcm' | 'aes-256-gcm' => name.endsWith('gcm');

/**
 * The EncryptedAssertion in which an identity provider sends the XML of an Assertion to whoever holds the
 * key of `certificatePem`. The prefix `saml` must stand for SAML's namespace where it is put.
 *
 * Rules: XML Encryption 1.1, 5.2 and 5.5.2; SAML 2.0 core, 2.3.4.
 */
export function encryptAssertion(
  xml: string,
  certificatePem: string,
  cipher: AssertionCipher = 'aes-256-gcm',
): string {
  const { uri, keyLength } = ciphers[cipher];
  const key = randomBytes(keyLength);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const wrappedKey = publicEncrypt({ key: certificatePem, padding, oaepHash: 'sha1' }, key);
  return [
    `<saml:EncryptedAssertion><xenc:EncryptedData xmlns:xenc="${encryptionNamespace}" Type="${encryptionNamespace}Element">`,
    `<xenc:EncryptionMethod Algorithm="${uri}"/>`,
    '<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey>',
    `<xenc:EncryptionMethod Algorithm="${keyTransport}"><ds:DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/></xenc:EncryptionMethod>`,
    cipherValue(wrappedKey),
    '</xenc:EncryptedKey></ds:KeyInfo>',
    cipherValue(encrypt(cipher, key, xml)),
    '</xenc:EncryptedData></saml:EncryptedAssertion>',
  ].join('');
}

/**
 * The XML that an `EncryptedAssertion` element holds, as its sender wrote it and as untrusted as before.
 * Throws whatever is wrong with it, a foreign key included.
 */
export function decryptAssertion(encrypted: Element, privateKeyPem: string): string {
  const [data, ...otherData] = elements(encrypted, 'EncryptedData');
  // Inside the data's KeyInfo with some identity providers, beside the data with others.
  const [wrappedKey, ...otherKeys] = elements(encrypted, 'EncryptedKey');
  if (
    encrypted.namespaceURI !== samlNamespace ||
    data === undefined ||
    wrappedKey === undefined ||
    otherData.length + otherKeys.length > 0
  ) {
    throw new Error('Not one EncryptedData with one EncryptedKey');
  }
  if (algorithmOf(wrappedKey) !== keyTransport) throw new Error('Unsupported key transport');
  const cipher = (Object.keys(ciphers) as AssertionCipher[]).find(
    (name) => ciphers[name].uri === algorithmOf(data),
  );
  if (cipher === undefined) throw new Error('Unsupported cipher');
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const key = privateDecrypt({ key: privateKeyPem, padding, oaepHash: 'sha1' }, bytesOf(wrappedKey));
  return decrypt(cipher, key, bytesOf(data));
}

function encrypt(name: AssertionCipher, key: Buffer, text: string): Buffer {
  const iv = randomBytes(ciphers[name].ivLength);
  if (isGcm(name)) {
    const cipher = createCipheriv(name, key, iv);
    return Buffer.concat([iv, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  }
  const cipher = createCipheriv(name, key, iv);
  return Buffer.concat([iv, cipher.update(text), cipher.final()]);
}

function decrypt(name: AssertionCipher, key: Buffer, bytes: Buffer): string {
  const { ivLength } = ciphers[name];
  const iv = bytes.subarray(0, ivLength);
  if (isGcm(name)) {
    const decipher = createDecipheriv(name, key, iv, { authTagLength: tagLength });
    decipher.setAuthTag(bytes.subarray(-tagLength));
    return decipher.update(bytes.subarray(ivLength, -tagLength), undefined, 'utf8') + decipher.final('utf8');
  }
  const decipher = createDecipheriv(name, key, iv).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes.subarray(ivLength)), decipher.final()]);
  // Only the last byte of XML Encryption's padding says something, which OpenSSL would not accept.
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > ivLength) throw new Error('Wrong padding');
  return padded.subarray(0, -padding).toString('utf8');
}

const cipherValue = (bytes: Buffer): string =>
  `<xenc:CipherData><xenc:CipherValue>${bytes.toString('base64')}</xenc:CipherValue></xenc:CipherData>`;

const elements = (parent: Element, name: string): Element[] =>
  Array.from(parent.getElementsByTagNameNS(encryptionNamespace, name));

const algorithmOf = (encrypted: Element): string | null | undefined =>
  ownPart(encrypted, 'EncryptionMethod')?.getAttribute('Algorithm');

const bytesOf = (encrypted: Element): Buffer =>
  Buffer.from(ownPart(encrypted, 'CipherData')?.textContent?.trim() ?? '', 'base64');

/** The part of an encrypted thing itself, not of the key that stands inside it. */
const ownPart = (encrypted: Element, name: string): Element | undefined =>
  elements(encrypted, name).find((element) => element.parentNode === encrypted);
