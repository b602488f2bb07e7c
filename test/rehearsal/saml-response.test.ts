import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { makeResponseXml, type ResponseOptions, signInUrl } from './saml-response.ts';
import { makeWorld, userNamed, type World } from './world.ts';

const run = promisify(execFile);
const xmlsec1 = needs('xmlsec1');

describe.skipIf(xmlsec1.missing)('a SAML response, judged by xmlsec1', () => {
  let folder: string;
  let world: World;

  beforeAll(async () => {
    world = await makeWorld();
    folder = await mkdtemp(join(tmpdir(), 'roleferry-saml-'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Whether xmlsec1 accepts the signature of `element`; `certificatePem` is all that it trusts. */
  async function isAccepted(xml: string, element: 'Assertion' | 'Response', certificatePem: string) {
    const file = join(folder, 'response.xml');
    const certificate = join(folder, 'idp.pem');
    await writeFile(file, xml);
    await writeFile(certificate, certificatePem);
    const saml = 'urn:oasis:names:tc:SAML:2.0';
    const { code } = await run(xmlsec1.path, [
      '--verify',
      '--pubkey-cert-pem',
      certificate,
      '--id-attr:ID',
      `${saml}:assertion:Assertion`,
      '--id-attr:ID',
      `${saml}:protocol:Response`,
      '--node-xpath',
      `//*[local-name()='${element}']/*[local-name()='Signature']`,
      file,
    ]).then(
      () => ({ code: 0 }),
      (error: { code: number }) => error,
    );
    return code === 0;
  }

  function bob(options?: ResponseOptions) {
    const { idp, user } = userNamed(world, 'bob');
    return { xml: makeResponseXml(idp, user, options), certificatePem: idp.certificatePem };
  }

  it('has a valid signature of its assertion', async () => {
    const { xml, certificatePem } = bob();
    expect(await isAccepted(xml, 'Assertion', certificatePem)).toBe(true);
  });

  it('has two valid signatures when the response is signed as well', async () => {
    const { xml, certificatePem } = bob({ signResponse: true });
    expect(await isAccepted(xml, 'Assertion', certificatePem)).toBe(true);
    expect(await isAccepted(xml, 'Response', certificatePem)).toBe(true);
  });

  it('is not accepted once a role was changed in it', async () => {
    const { xml, certificatePem } = bob({
      tamper: (text) => text.replace('role/AdminReadOnly', 'role/Root'),
    });
    expect(await isAccepted(xml, 'Assertion', certificatePem)).toBe(false);
  });

  it('is not accepted for another identity provider', async () => {
    const { xml } = bob();
    const stranger = userNamed(world, 'mallory').idp.certificatePem;
    expect(await isAccepted(xml, 'Assertion', stranger)).toBe(false);
  });
});

describe('signInUrl', () => {
  const roles = (arn: string) => [{ role: arn, provider: '' }];

  it('is the sign-in page of the partition that the role is in', () => {
    expect(signInUrl({}, roles('arn:aws:iam::111122223333:role/A'))).toBe(
      'https://signin.aws.amazon.com/saml',
    );
    expect(signInUrl({}, roles('arn:aws-cn:iam::111122223333:role/A'))).toBe(
      'https://signin.amazonaws.cn/saml',
    );
    expect(signInUrl({}, roles('arn:aws-us-gov:iam::111122223333:role/A'))).toBe(
      'https://signin.amazonaws-us-gov.com/saml',
    );
  });

  it('is the address of the provider that can decrypt what is encrypted', () => {
    const encryption = { providerId: 'SAMLSPEXAMPLE', certificatePem: '' };
    expect(signInUrl({ encryption }, roles('arn:aws:iam::111122223333:role/A'))).toBe(
      'https://signin.aws.amazon.com/saml/acs/SAMLSPEXAMPLE',
    );
  });
});
