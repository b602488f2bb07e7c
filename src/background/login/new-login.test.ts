import { describe, expect, it } from 'vitest';
import {
  admin,
  assertionXml,
  awsAttribute,
  offering,
  provider,
  readOnly,
  responseXml,
  roleAttribute,
} from '../../../test/fixtures/response-xml.ts';
import { newLogin } from './new-login.ts';

const minute = 60_000;
const now = Date.UTC(2026, 5, 1);
const signInHost = 'eu-west-1.signin.aws.amazon.com';
const xml = offering(`${admin},${provider}`, `${readOnly},${provider}`);

const base64 = (text: string) => Buffer.from(text).toString('base64');
const loginOf = (response: string | undefined, roleIndex?: string) =>
  newLogin({ response, roleIndex, signInHost }, now);

describe('a login', () => {
  it('is what its assertion says, and may be redeemed for five minutes', async () => {
    const attributes =
      roleAttribute(`${admin},${provider}`) +
      awsAttribute('RoleSessionName', 'jo') +
      awsAttribute('SessionDuration', '28800');
    const response = base64(responseXml(assertionXml(attributes)));
    expect(await loginOf(response)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      seenAt: now,
      signInHost,
      response,
      redeemBefore: now + 5 * minute,
      issuer: 'https://idp.example/metadata',
      sessionName: 'jo',
      sessionDuration: 28_800,
      roles: [{ roleArn: admin, providerArn: provider }],
      encrypted: false,
      chosenRoleArn: undefined,
      sessions: [],
      failure: undefined,
    });
  });

  it('is kept when it is encrypted, though its roles cannot be read', async () => {
    const response = base64(responseXml('<saml:EncryptedAssertion/>'));
    expect(await loginOf(response)).toMatchObject({
      encrypted: true,
      issuer: 'https://idp.example/metadata',
      response,
      roles: [],
      failure: undefined,
    });
  });

  it('is the same one when its response is posted again with the chosen role', async () => {
    const [first, again, other] = await Promise.all([
      loginOf(base64(xml)),
      loginOf(base64(xml), admin),
      loginOf(base64(`${xml} `)),
    ]);
    expect(again.id).toBe(first.id);
    expect(other.id).not.toBe(first.id);
  });

  it.each([
    ['ends earlier when the assertion does', '2026-01-02T03:06:05Z', 2 * minute],
    ['never lasts longer than AWS takes it', '2026-01-02T04:04:05Z', 5 * minute],
    ['is over at once when its times contradict each other', '2026-01-02T03:00:00Z', 0],
    ['has AWS’s five minutes when no time is given', 'soon', 5 * minute],
  ])('%s', async (_, end, lifetime) => {
    const changed = xml.replaceAll(/NotOnOrAfter="[^"]*"/g, `NotOnOrAfter="${end}"`);
    expect((await loginOf(base64(changed))).redeemBefore).toBe(now + lifetime);
  });

  it('ends when the one who brings the assertion may bring it no longer, however long that holds', async () => {
    const changed = xml.replace('03:09:05.000Z', '03:06:05Z');
    expect((await loginOf(base64(changed))).redeemBefore).toBe(now + 2 * minute);
  });

  it.each([
    ['the browser withheld it', undefined, 'capture-no-body'],
    ['it is no base64', '%%%', 'assertion-not-base64'],
    ['it is too large', 'a'.repeat(100_001), 'assertion-too-large'],
    ['it is no XML', base64('hello'), 'assertion-not-xml'],
    ['it is cut off', base64(xml.slice(0, -20)), 'assertion-not-xml'],
    ['it has a DOCTYPE', base64(`<!DOCTYPE a>${xml}`), 'assertion-doctype'],
    ['it is something else', base64('<html/>'), 'assertion-not-saml'],
    [
      'it has two assertions',
      base64(responseXml(assertionXml('') + assertionXml(''))),
      'assertion-ambiguous',
    ],
    ['it offers no role', base64(offering('nothing')), 'assertion-no-roles'],
  ])('is of no use, and keeps nothing of the response, when %s', async (_, response, code) => {
    const login = await loginOf(response);
    expect(login).toMatchObject({
      failure: { code },
      response: undefined,
      roles: [],
      issuer: '',
      redeemBefore: now,
    });
    expect(login.id).toMatch(/^[0-9a-f]{16}$/);
    if (response !== undefined) expect(JSON.stringify(login)).not.toContain(response);
  });

  it('is one of its own each time that the browser withheld the response', async () => {
    const [first, second] = await Promise.all([loginOf(undefined), loginOf(undefined)]);
    expect(first.id).not.toBe(second.id);
  });
});
