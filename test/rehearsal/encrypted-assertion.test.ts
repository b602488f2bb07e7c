import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { makeSigningKey, type SigningKey } from './authority.ts';
import { type AssertionCipher, encryptAssertion } from './encrypted-assertion.ts';
import { makeResponseXml, type ResponseOptions, sign } from './saml-response.ts';
import { parseResponse } from './signed-assertion.ts';
import { verifyResponse } from './verify-response.ts';
import { makeWorld, type Provider, userNamed, type World } from './world.ts';

const run = promisify(execFile);
const xmlsec1 = needs('xmlsec1');
const ciphers: AssertionCipher[] = ['aes-128-cbc', 'aes-256-cbc', 'aes-128-gcm', 'aes-256-gcm'];
const saml = 'urn:oasis:names:tc:SAML:2.0';

describe('an encrypted assertion', () => {
  let world: World;
  let provider: Provider;
  let stranger: SigningKey;
  let folder: string;

  beforeAll(async () => {
    [world, stranger] = await Promise.all([makeWorld(), makeSigningKey('stranger')]);
    const found = world.providers.find(({ decryption }) => decryption !== undefined);
    if (found === undefined) throw new Error('no provider that decrypts');
    provider = found;
    folder = await mkdtemp(join(tmpdir(), 'roleferry-sealed-'));
    await writeFile(join(folder, 'key.pem'), provider.decryption?.privateKeyPem ?? '');
    await writeFile(join(folder, 'certificate.pem'), erin().idp.encryption?.certificatePem ?? '');
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const erin = () => userNamed(world, 'erin');
  const base64 = (xml: string) => Buffer.from(xml).toString('base64');
  const parsed = (xml: string, key = provider.decryption?.privateKeyPem) => parseResponse(base64(xml), key);
  const sealed = (options?: ResponseOptions) => makeResponseXml(erin().idp, erin().user, options);
  const rolesIn = (xml: string) =>
    verifyResponse(parsed(xml), provider, Date.now()).roles.map(({ role }) => role);
  /** What the same identity provider would send, did it not encrypt. */
  function plain(): string {
    const { encryption, ...idp } = erin().idp;
    return makeResponseXml(idp, erin().user);
  }

  const assertionIn = (xml: string) => /<saml:Assertion .*<\/saml:Assertion>/s.exec(xml)?.[0] ?? '';

  /** A response in which `content` is encrypted in the place of an assertion. */
  const responseAround = (content: string) =>
    plain().replace(/<saml:Assertion .*<\/saml:Assertion>/s, () =>
      encryptAssertion(content, erin().idp.encryption?.certificatePem ?? ''),
    );

  const roles = ['arn:aws:iam::444455556666:role/Auditor', 'arn:aws:iam::444455556666:role/Custodian'];

  it.each(ciphers)('hides all that is in it, and AWS reads it, in %s', (cipher) => {
    const xml = sealed({ cipher });
    expect(xml).not.toMatch(/role\/|erin|AttributeValue/);
    expect(rolesIn(xml)).toEqual(roles);
  });

  it('is read from a response that is signed around it as well', () => {
    expect(rolesIn(sealed({ signResponse: true }))).toEqual(roles);
  });

  it('is believed for a signature of the response around it, and only unchanged', () => {
    const unsigned = assertionIn(plain()).replace(/<ds:Signature.*<\/ds:Signature>/s, '');
    const signed = sign(responseAround(unsigned), erin().idp, 'Response');
    expect(rolesIn(signed)).toEqual(roles);
    const other = /<saml:EncryptedAssertion>.*<\/saml:EncryptedAssertion>/s;
    const [stolen = ''] = other.exec(responseAround(unsigned.replace('role/Custodian', 'role/Root'))) ?? [];
    expect(() => rolesIn(signed.replace(other, stolen))).toThrow('Response signature invalid');
  });

  it('is refused when nobody signed what is in it', () => {
    expect(() =>
      rolesIn(responseAround(assertionIn(plain()).replace(/<ds:Signature.*<\/ds:Signature>/s, ''))),
    ).toThrow('Response signature invalid');
  });

  it('is refused when its roles were changed before it was encrypted', () => {
    expect(() =>
      rolesIn(responseAround(assertionIn(plain()).replace('role/Custodian', 'role/Root'))),
    ).toThrow('Response signature invalid');
  });

  it('is refused when it holds two assertions, or something else', () => {
    const assertion = assertionIn(plain());
    expect(() => rolesIn(responseAround(assertion + assertion))).toThrow('cannot be parsed');
    expect(() => rolesIn(responseAround('<html/>'))).toThrow('cannot be parsed');
    expect(() => rolesIn(responseAround('no XML'))).toThrow('cannot be parsed');
  });

  it('is refused beside a plain one', () => {
    const assertion = assertionIn(plain());
    const tamper = (xml: string) =>
      xml.replace('<saml:EncryptedAssertion>', `${assertion}<saml:EncryptedAssertion>`);
    expect(() => parsed(sealed({ tamper }))).toThrow('cannot be parsed');
  });

  it('is refused by who has another key, or none', () => {
    expect(() => parsed(sealed(), stranger.privateKeyPem)).toThrow('cannot be decrypted');
    expect(() => parseResponse(base64(sealed()))).toThrow('cannot be decrypted');
  });

  it.each([
    [
      'a changed text',
      (xml: string) =>
        xml.replace(/.{8}(?=<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>)/, 'AAAAAAA='),
    ],
    ['a changed key', (xml: string) => xml.replace(/<xenc:CipherValue>.{8}/, '<xenc:CipherValue>AAAAAAAA')],
    ['no text', (xml: string) => xml.replace(/<xenc:CipherValue>[^<]*/g, '<xenc:CipherValue>')],
    ['a cipher that AWS does not take', (xml: string) => xml.replace('aes256-gcm', 'tripledes-cbc')],
    ['a key transport that AWS does not take', (xml: string) => xml.replace('rsa-oaep-mgf1p', 'rsa-1_5')],
    ['nothing in it', (xml: string) => xml.replace(/<xenc:EncryptedData.*<\/xenc:EncryptedData>/s, '')],
    ['two keys', (xml: string) => xml.replace(/<xenc:EncryptedKey>.*<\/xenc:EncryptedKey>/s, '$&$&')],
  ])('is refused with %s', (_, tamper) => {
    expect(() => parsed(sealed({ tamper }))).toThrow('cannot be decrypted');
  });

  it('is read with its key beside the text, as some identity providers send it', () => {
    const tamper = (xml: string) => {
      const [key = ''] = /<xenc:EncryptedKey>.*<\/xenc:EncryptedKey>/s.exec(xml) ?? [];
      return xml
        .replace(/<ds:KeyInfo xmlns:ds="[^"]*"><xenc:EncryptedKey>.*?<\/ds:KeyInfo>/s, '')
        .replace(
          '</xenc:EncryptedData>',
          `</xenc:EncryptedData>${key.replace('<xenc:EncryptedKey', '$& xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"')}`,
        );
    };
    expect(rolesIn(sealed({ tamper }))).toEqual(roles);
  });

  describe.skipIf(xmlsec1.missing)('judged by xmlsec1', () => {
    it.each(ciphers)('holds the signed assertion, in %s', async (cipher) => {
      await writeFile(join(folder, 'sealed.xml'), sealed({ cipher }));
      const args = ['--decrypt', '--privkey-pem', 'key.pem', '--output', 'opened.xml', 'sealed.xml'];
      await run(xmlsec1.path, args, { cwd: folder });
      const opened = await readFile(join(folder, 'opened.xml'), 'utf8');
      for (const role of roles) expect(opened).toContain(`>${role},${provider.arn}<`);
    });

    it.each([
      ['aes-128-cbc', 'aes-128', 'http://www.w3.org/2001/04/xmlenc#aes128-cbc'],
      ['aes-256-gcm', 'aes-256', 'http://www.w3.org/2009/xmlenc11#aes256-gcm'],
    ])('is read as well when xmlsec1 encrypted it, in %s', async (_, sessionKey, uri) => {
      await writeFile(join(folder, 'plain.xml'), plain());
      await writeFile(
        join(folder, 'template.xml'),
        `<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element"><EncryptionMethod Algorithm="${uri}"/><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><EncryptedKey xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/><CipherData><CipherValue/></CipherData></EncryptedKey></KeyInfo><CipherData><CipherValue/></CipherData></EncryptedData>`,
      );
      await run(
        xmlsec1.path,
        [
          ...['--encrypt', '--pubkey-cert-pem', 'certificate.pem', '--session-key', sessionKey],
          ...['--xml-data', 'plain.xml', '--node-name', `${saml}:assertion:Assertion`],
          ...['--output', 'encrypted.xml', 'template.xml'],
        ],
        { cwd: folder },
      );
      const xml = await readFile(join(folder, 'encrypted.xml'), 'utf8');
      const wrapped = xml
        .replace('<EncryptedData', '<saml:EncryptedAssertion>$&')
        .replace('</EncryptedData>', '$&</saml:EncryptedAssertion>');
      expect(rolesIn(wrapped)).toEqual(roles);
    });
  });
});
