import { beforeAll, describe, expect, it } from 'vitest';
import { makeResponse, makeResponseXml } from './saml-response.ts';
import { parseResponse, signedAssertion } from './signed-assertion.ts';
import { verifyResponse } from './verify-response.ts';
import { type Idp, makeWorld, userNamed } from './world.ts';

describe('a signed assertion', () => {
  let idp: Idp;
  let stranger: Idp;

  beforeAll(async () => {
    const world = await makeWorld();
    idp = userNamed(world, 'bob').idp;
    stranger = userNamed(world, 'mallory').idp;
  });

  const bob = () => {
    const user = idp.users.find(({ name }) => name === 'bob');
    if (user === undefined) throw new Error('no bob');
    return user;
  };

  const verify = (xml: string) =>
    verifyResponse(parseResponse(Buffer.from(xml).toString('base64')), idp, Date.now());

  const genuine = (signResponse = false) => makeResponseXml(idp, bob(), { signResponse });

  const assertionIn = (xml: string) => /<saml:Assertion .*<\/saml:Assertion>/s.exec(xml)?.[0] ?? '';

  it('is read from the response when it is genuine', () => {
    expect(verify(genuine()).roles.map(({ role }) => role)).toEqual([
      'arn:aws:iam::111122223333:role/Admin',
      'arn:aws:iam::111122223333:role/AdminReadOnly',
    ]);
    expect(verify(genuine(true)).roleSessionName).toBe('bob@rehearsal.test');
  });

  it('is refused without a signature', () => {
    const xml = genuine().replace(/<ds:Signature.*<\/ds:Signature>/s, '');
    expect(() => verify(xml)).toThrow('Response signature invalid');
  });

  it('is refused when a role was changed', () => {
    expect(() => verify(genuine().replace('role/AdminReadOnly', 'role/Root'))).toThrow('signature invalid');
  });

  it('is refused when someone else signed it, whatever certificate they enclose', () => {
    const forged = makeResponseXml({ ...stranger, issuer: idp.issuer }, bob());
    expect(() => verify(forged)).toThrow('Response signature invalid');
  });

  it('reads a role whole although a comment was slipped into it', () => {
    const xml = genuine().replace('role/AdminReadOnly', 'role/Admin<!-- -->ReadOnly');
    expect(verify(xml).roles[1]?.role).toBe('arn:aws:iam::111122223333:role/AdminReadOnly');
  });

  it('is refused with a second, forged assertion before it', () => {
    const xml = genuine();
    const forged = assertionIn(xml)
      .replace(/<ds:Signature.*<\/ds:Signature>/s, '')
      .replace(/ID="[^"]+"/, 'ID="_forged"');
    expect(() => verify(xml.replace('<saml:Assertion ', `${forged}<saml:Assertion `))).toThrow();
  });

  it('is refused when it was moved into the signature of a forged one', () => {
    const xml = genuine();
    const signed = assertionIn(xml);
    const forged = signed
      .replace(/ID="[^"]+"/, 'ID="_forged"')
      .replace('role/AdminReadOnly', 'role/Root')
      .replace('</ds:Signature>', `<ds:Object>${signed}</ds:Object></ds:Signature>`);
    expect(() => verify(xml.replace(signed, forged))).toThrow();
  });

  it('is refused when its signature refers to another element than the one it is in', () => {
    const xml = genuine();
    const moved = xml.replace(/(<saml:Assertion ID=")[^"]+/, '$1_other');
    expect(() =>
      signedAssertion(parseResponse(Buffer.from(moved).toString('base64')), idp.certificatePem),
    ).toThrow('Response signature invalid');
  });

  it.each([
    ['text that is not base64', '%%%'],
    ['base64 of no XML', Buffer.from('hello').toString('base64')],
    ['truncated XML', Buffer.from('<samlp:Response xmlns:samlp="x"><a>').toString('base64')],
    ['another document', Buffer.from('<html/>').toString('base64')],
    ['nothing', ''],
  ])('is refused in %s', (_, text) => {
    expect(() => parseResponse(text)).toThrow(/Invalid base64|cannot be parsed/);
  });

  it('is refused after a DOCTYPE', () => {
    const xml = `<!DOCTYPE a [<!ENTITY b "c">]>${genuine()}`;
    expect(() => verify(xml)).toThrow('cannot be parsed');
  });

  it('may have line breaks in its base64, as some identity providers send it', () => {
    const wrapped = makeResponse(idp, bob()).replace(/.{76}/g, '$&\r\n');
    expect(parseResponse(wrapped).root.localName).toBe('Response');
  });
});
