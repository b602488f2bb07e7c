import { beforeAll, describe, expect, it } from 'vitest';
import type { Arrived } from './exchange.ts';
import { makeResponse, type ResponseOptions } from './saml-response.ts';
import { makeSignIn } from './sign-in.ts';
import { accounts, iamArn, makeWorld, userNamed, type World } from './world.ts';

describe('the sign-in page', () => {
  let world: World;

  beforeAll(async () => {
    world = await makeWorld();
  });

  function post(fields: Record<string, string>, path = '/saml', host = 'signin.aws.amazon.com') {
    const request: Arrived = {
      host,
      method: 'POST',
      path,
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.alloc(0),
      form: new URLSearchParams(fields),
      arrivedAt: Date.now(),
    };
    return makeSignIn(world, Date.now)(request);
  }

  function responseOf(name: string, said?: ResponseOptions): string {
    const { idp, user } = userNamed(world, name);
    return makeResponse(idp, user, said);
  }

  const admin = iamArn(accounts.development, 'role/Admin');

  it('takes the chosen role to the console of the same host', () => {
    const fields = { SAMLResponse: responseOf('bob'), roleIndex: admin };
    const { status, headers } = post(fields, '/saml', 'us-west-2.signin.aws.amazon.com');
    expect(status).toBe(302);
    expect(headers.location).toContain('https://us-west-2.console.aws.amazon.com/console/home?role=');
  });

  it('hands response and relay state on from the list of roles, by account', () => {
    const SAMLResponse = responseOf('carol');
    const { body } = post({ SAMLResponse, RelayState: '"><script>' });
    expect(body).toContain(`name="SAMLResponse" value="${SAMLResponse}"`);
    expect(body).not.toContain('"><script>');
    expect(body.match(/saml-account-name">[^<]+/g)).toEqual([
      'saml-account-name">Account: rehearsal-development (111122223333)',
      'saml-account-name">Account: rehearsal-production (444455556666)',
    ]);
  });

  it('takes the address of a provider with an id of its own', () => {
    expect(post({ SAMLResponse: responseOf('alice') }, '/saml/acs/SAMLSPEXAMPLE').status).toBe(302);
  });

  describe('with an encrypted assertion', () => {
    const address = '/saml/acs/SAMLSPREHEARSAL0001';
    const custodian = iamArn(accounts.production, 'role/Custodian');

    it('goes straight to the console with one role', () => {
      const { status, headers } = post({ SAMLResponse: responseOf('edgar') }, address);
      expect(status).toBe(302);
      expect(headers.location).toContain('role%2FAuditor');
    });

    it('lists the roles that were encrypted, and comes back to the same address', () => {
      const SAMLResponse = responseOf('erin');
      const { body } = post({ SAMLResponse }, address);
      expect(body).toContain(`action="${address}"`);
      expect(body).toContain(`value="${custodian}"`);
      expect(body).toContain(iamArn(accounts.production, 'role/Auditor'));
      expect(post({ SAMLResponse, roleIndex: custodian }, address).status).toBe(302);
    });

    it('refuses it at an address whose provider cannot decrypt it', () => {
      for (const path of ['/saml', '/saml/acs/SAMLSPEXAMPLE']) {
        expect(post({ SAMLResponse: responseOf('erin') }, path).body).toContain('cannot be decrypted');
      }
    });

    it('refuses a chosen role that it does not offer', () => {
      expect(post({ SAMLResponse: responseOf('edgar'), roleIndex: custodian }, address).status).toBe(403);
    });

    it('says why it does not accept what it decrypted', () => {
      const late = responseOf('erin', { issueInstant: new Date(Date.now() - 6 * 60_000) });
      expect(post({ SAMLResponse: late }, address).body).toContain('Response has expired');
    });
  });

  it('refuses a role that the response does not offer', () => {
    expect(post({ SAMLResponse: responseOf('alice'), roleIndex: admin }).status).toBe(403);
  });

  it('refuses what a role’s account does not accept, though it is well signed', () => {
    const roles = [{ role: admin, provider: iamArn(accounts.development, 'saml-provider/Rehearsal') }];
    expect(post({ SAMLResponse: responseOf('mallory', { roles }) }).status).toBe(403);
  });

  it('says why it does not accept a response', () => {
    expect(post({}).body).toContain('invalid SAML response');
    const late = responseOf('alice', { issueInstant: new Date(Date.now() - 6 * 60_000) });
    expect(post({ SAMLResponse: late }).body).toContain('Response has expired');
  });

  it('has nothing at other addresses', () => {
    expect(post({ SAMLResponse: responseOf('alice') }, '/oauth').status).toBe(404);
  });
});
