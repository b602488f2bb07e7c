import { mkdtemp, readdir, rm } from 'node:fs/promises';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { needs } from '../needs.ts';
import { type Rehearsal, startRehearsal } from './server.ts';
import { type SimpleSaml, startSimpleSaml } from './simplesamlphp.ts';
import { accounts, iamArn } from './world.ts';

const role = iamArn(accounts.development, 'role/Developer');
const users = [{ name: 'sam', password: 'rehearsal', roles: [role] }];

describe.skipIf(needs('simplesamlphp').missing)('SimpleSAMLphp beside the rehearsal', () => {
  let rehearsal: Rehearsal;
  let idp: SimpleSaml | undefined;

  beforeEach(async () => {
    rehearsal = await startRehearsal();
  });

  afterEach(async () => {
    await idp?.close();
    idp = undefined;
    await rehearsal.close();
  });

  /** A request as a browser makes it: by the real host name, over TLS that is really checked. */
  function request(url: string, cookies = '', form?: Record<string, string>) {
    return new Promise<{ status: number; location: string; cookies: string; body: string }>(
      (resolve, reject) => {
        const { host, pathname, search } = new URL(url);
        const message = https.request(
          {
            ...{ host: '127.0.0.1', port: rehearsal.port, servername: host, ca: rehearsal.caCertificatePem },
            ...{ path: pathname + search, method: form === undefined ? 'GET' : 'POST' },
            headers: {
              host,
              cookie: cookies,
              ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
            },
          },
          async (answer) => {
            let body = '';
            for await (const chunk of answer.setEncoding('utf8')) body += chunk;
            const set = (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
            resolve({
              status: answer.statusCode ?? 0,
              location: answer.headers.location ?? '',
              cookies: [cookies, ...set].filter(Boolean).join('; '),
              body,
            });
          },
        );
        message.on('error', reject);
        message.end(form === undefined ? undefined : String(new URLSearchParams(form)));
      },
    );
  }

  const field = (html: string, name: string) =>
    (new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(html)?.[1] ?? '').replaceAll('&amp;', '&');

  /** Logs in with name and password; gives the page that posts the response on. */
  async function logIn(loginUrl: string): Promise<string> {
    const first = await request(loginUrl);
    const form = await request(first.location, first.cookies);
    const fields = { username: 'sam', password: 'rehearsal', AuthState: field(form.body, 'AuthState') };
    return (await request(first.location.split('?')[0] ?? '', form.cookies, fields)).body;
  }

  it.each([false, true])('gives a response that STS takes (encrypted: %s)', async (encrypts) => {
    idp = await startSimpleSaml(rehearsal, { users, encrypts });
    const page = await logIn(idp.loginUrl);
    const path = encrypts ? '/saml/acs/SAMLSP111122223333' : '/saml';
    expect(page).toContain(`action="https://signin.aws.amazon.com${path}"`);
    const response = field(page, 'SAMLResponse');
    const xml = Buffer.from(response, 'base64').toString();
    expect(xml.includes(role)).toBe(!encrypts);
    expect(xml).toContain(idp.issuer);
    const body = new URLSearchParams({
      Version: '2011-06-15',
      Action: 'AssumeRoleWithSAML',
      RoleArn: role,
      PrincipalArn: idp.providerArn(accounts.development),
      SAMLAssertion: response,
    });
    const answer = await fetch(rehearsal.stsHttpUrl, { method: 'POST', body });
    const text = await answer.text();
    expect([answer.status, text]).toEqual([200, expect.stringContaining('Developer/sam@simplesaml')]);
  });

  it('leaves nothing behind when it is closed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'roleferry-tmp-'));
    vi.stubEnv('TMPDIR', folder);
    try {
      idp = await startSimpleSaml(rehearsal, { users });
      await logIn(idp.loginUrl);
      const port = rehearsal.proxies.get('simplesaml.rehearsal.test');
      await idp.close();
      expect(await readdir(folder)).toEqual([]);
      await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    } finally {
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true });
    }
  });

  it('starts nothing for a role that the world does not have', async () => {
    const strangers = [
      { name: 'sam', password: 'rehearsal', roles: [iamArn(accounts.china, 'role/Nobody')] },
    ];
    await expect(startSimpleSaml(rehearsal, { users: strangers })).rejects.toThrow('has no role');
    expect(rehearsal.proxies.size).toBe(0);
  });
});
