import { createHash, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Stage } from '../acceptance/cli-stage.ts';
import { bundle } from '../fixtures/bundle-host.ts';
import { machineMissing, onMachineWith } from '../fixtures/with-machine-policy.ts';
import { needs } from '../needs.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';

const python = needs('python3');
const role = (name: string) => iamArn(accounts.production, `role/${name}`);
const device = iamArn(accounts.development, 'mfa/ursula');
const keys = ['AKIAREHEARSALURSULA1', 'rehearsal/only/secret/of/ursula/00000001'] as const;
const me = `[me]\naws_access_key_id = ${keys[0]}\naws_secret_access_key = ${keys[1]}\n`;
const chained = (name: string, of: string, more = '') =>
  `[profile ${name}]\nrole_arn = ${role(of)}\nsource_profile = me\n${more}`;

let folder: string;
let stage: Stage;
const file = () => join(folder, 'roleferry.cjs');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
  await bundle(fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url)), file());
  stage = await Stage.open([process.execPath, file()]);
}, 60_000);

afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

beforeEach(() => stage.clean());

/** Writes a file below the home folder. */
function put(path: string, content: string | object) {
  const file = join(stage.home.path, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

const call = ['--', process.execPath, '-e', 'console.log(JSON.stringify(process.env))'];

/** The environment that a program gets with `profile`. */
async function environment(profile: string, env: Record<string, string> = {}) {
  const { status, stdout, stderr } = await stage.run(['exec', profile, ...call], { env });
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Record<string, string>;
}

async function refused(profile: string, env: Record<string, string> = {}): Promise<string> {
  const { status, stdout, stderr } = await stage.run(['exec', profile, ...call], { env });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^roleferry: .+\nhint: .+\n$/);
  expect(stderr).not.toContain(keys[1]);
  return stderr;
}

const asked = () => stage.rehearsal.requests.map(({ form }) => Object.fromEntries(form));

describe('exec of a profile that assumes a role', () => {
  it('has the credentials of the role, its account and the region of the profile', async () => {
    put('.aws/credentials', me);
    put('.aws/config', chained('deploy', 'Deploy', 'region = eu-west-1\n'));
    const before = stage.contents();
    expect(await environment('deploy')).toMatchObject({
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA/),
      AWS_ACCOUNT_ID: accounts.production,
      AWS_REGION: 'eu-west-1',
      ROLEFERRY_PROFILE: 'deploy',
    });
    expect(stage.rehearsal.requests[0]?.headers.authorization).toContain('/eu-west-1/sts/aws4_request');
    expect(stage.contents()).toEqual(before);
  });

  it('asks for what the profile says: session name, time, external id', async () => {
    put('.aws/credentials', me);
    const said = 'role_session_name = jo\nduration_seconds = 900\nexternal_id = rehearsal-partner\n';
    put('.aws/config', chained('partner', 'Partner', said));
    await environment('partner');
    expect(asked()).toMatchObject([
      { RoleSessionName: 'jo', DurationSeconds: '900', ExternalId: 'rehearsal-partner' },
    ]);
  });

  it('goes through roles of roles, and through a profile of Roleferry', async () => {
    const { world } = stage.rehearsal;
    const last = iamArn(accounts.production, 'role/Last');
    world.roles.push({ arn: last, maxSessionDuration: 3600, trusts: [role('Deploy')] });
    const input = stage.rehearsal.issueResponse({ user: 'alice' });
    expect(await stage.run(['saml', '--profile', 'me'], { input })).toMatchObject({ status: 0 });
    put(
      '.aws/config',
      `${chained('deploy', 'Deploy')}[profile last]\nrole_arn = ${last}\nsource_profile = deploy\n`,
    );
    expect(await environment('last')).toMatchObject({ ROLEFERRY_PROFILE: 'last' });
    expect(asked().slice(1)).toMatchObject([{ RoleArn: role('Deploy') }, { RoleArn: last }]);
    world.roles.pop();
  });

  it('logs in in the browser first, where its source is an expired profile of Roleferry with a sign-in link', async () => {
    const input = stage.rehearsal.issueResponse({ user: 'alice' });
    expect(await stage.run(['saml', '--profile', 'me'], { input })).toMatchObject({ status: 0 });
    const fresh = stage.credentials();
    put('fresh', fresh);
    put('.aws/credentials', fresh.replace(/(expires = ).+/, '$12020-01-01T00:00:00Z'));
    put('.aws/config', chained('deploy', 'Deploy'));
    const signInLinks = [{ profile: 'me', url: 'https://idp.example/start' }];
    put('.local/share/roleferry/host.json', { extensionIds: [], manifests: [], folders: [], signInLinks });
    put('browser', '#!/bin/sh\ncp "$HOME/fresh" "$HOME/.aws/credentials"\n');
    chmodSync(join(stage.home.path, 'browser'), 0o700);
    const env = { BROWSER: join(stage.home.path, 'browser') };
    const done = await stage.run(['exec', 'deploy', '--', 'printenv', 'AWS_ACCOUNT_ID'], { env });
    expect(done).toMatchObject({ status: 0, stdout: `${accounts.production}\n` });
    expect(done.stderr).toContain('log in there for the profile me');
    put('.aws/credentials', fresh.replace(/(expires = ).+/, '$12020-01-01T00:00:00Z'));
    const login = await stage.run(['login', 'deploy'], { env });
    expect(login).toMatchObject({ status: 0, stdout: expect.stringMatching(/^me has credentials until /) });
    rmSync(join(stage.home.path, '.local'), { recursive: true });
  });

  it('takes the role, as the AWS CLI does, where the profile has keys too', async () => {
    put('.aws/credentials', me);
    put('.aws/config', chained('me', 'Deploy'));
    expect(await environment('me')).toMatchObject({ AWS_ACCOUNT_ID: accounts.production });
  });

  it('takes the keys of the environment with credential_source = Environment', async () => {
    put('.aws/config', `[profile deploy]\nrole_arn = ${role('Deploy')}\ncredential_source = Environment\n`);
    const env = { AWS_ACCESS_KEY_ID: keys[0], AWS_SECRET_ACCESS_KEY: keys[1] };
    expect(await environment('deploy', env)).toMatchObject({ AWS_ACCOUNT_ID: accounts.production });
    expect(await refused('deploy')).toContain('Unable to find environment variable credentials');
  });

  it.skipIf(python.missing)(
    'asks for the code of its MFA device on the terminal, and nowhere else',
    async () => {
      put('.aws/credentials', me);
      put('.aws/config', chained('emergency', 'Emergency', `mfa_serial = ${device}\n`));
      const question = `MFA code of ${device}: `;
      const ran = await stage.runOnTerminal(
        ['exec', 'emergency', '--', 'echo', 'it ran'],
        [[question, '123456\n']],
      );
      expect(ran).toEqual({ status: 0, shown: `${question}123456\nit ran\n` });
      const count = stage.rehearsal.requests.length;
      expect(await refused('emergency')).toMatch(/MFA device .*ursula.*\nhint: Run this in a terminal/);
      expect(stage.rehearsal.requests.length).toBe(count);
    },
  );

  it('says what AWS says', async () => {
    put('.aws/credentials', me);
    put('.aws/config', chained('partner', 'Partner'));
    expect(await refused('partner')).toContain('does not let these credentials assume');
    put('.aws/credentials', me.replace(keys[0], 'AKIAEXAMPLEEXAMPLE12'));
    expect(await refused('partner')).toMatch(
      /partner gives no credentials: it uses those of me\. AWS does not accept/,
    );
  });

  it.skipIf(machineMissing())('asks nobody for a role that the policy of the machine forbids', async () => {
    put('.aws/credentials', me);
    put('.aws/config', chained('deploy', 'Deploy'));
    const on = async (policy: object) => {
      const program = onMachineWith(policy, mkdtempSync(join(folder, 'machine-')), [
        process.execPath,
        file(),
      ]);
      return new Stage(stage.rehearsal, stage.home, program).run(['exec', 'deploy', '--', 'echo', 'ran']);
    };
    const forbidden = await on({ allowedAccounts: [accounts.development] });
    expect(forbidden).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining(`account ${accounts.production}`),
    });
    expect(stage.rehearsal.requests).toEqual([]);
    const limited = { allowedAccounts: [accounts.production], forbidProfiles: true, maxSessionDuration: 900 };
    expect(await on(limited)).toMatchObject({ status: 0, stdout: 'ran\n' });
    expect(asked()).toMatchObject([{ DurationSeconds: '900' }]);
  });
});

describe('exec of a profile of a login of the AWS CLI', () => {
  let server: Server;
  let requests: { line: string; headers: IncomingMessage['headers']; body: string }[];
  let answer: { status: number; body: object | string };
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  beforeEach(async () => {
    requests = [];
    server = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      const line = `${request.method} ${request.url}`;
      requests.push({ line, headers: request.headers, body: Buffer.concat(parts).toString() });
      const { body } = answer;
      const type = typeof body === 'object' && '__type' in body ? String(body.__type) : undefined;
      response.writeHead(answer.status, {
        'content-type': typeof body === 'object' ? 'application/json' : 'text/xml',
        ...(type && { 'x-amzn-errortype': type }),
      });
      response.end(typeof body === 'object' ? JSON.stringify(body) : body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    server.close();
    server.closeAllConnections();
    for (const path of ['.aws/sso', '.aws/login'])
      rmSync(join(stage.home.path, path), { recursive: true, force: true });
  });

  const given = { accessKeyId: 'ASIAEXAMPLEEXAMPLE34', secretAccessKey: 'hush', sessionToken: 'token' };
  const wanted = {
    AWS_ACCESS_KEY_ID: given.accessKeyId,
    AWS_SESSION_TOKEN: 'token',
    ROLEFERRY_PROFILE: 'corp',
  };

  describe('aws sso login', () => {
    const config =
      '[profile corp]\nsso_session = company\nsso_account_id = 210987654321\nsso_role_name = ReadOnly\n' +
      '[sso-session company]\nsso_start_url = https://corp.example/start\nsso_region = us-east-1\n';
    const token = (expiresAt: string) => {
      const name = createHash('sha1').update('company').digest('hex');
      put(`.aws/sso/cache/${name}.json`, {
        accessToken: 'bearer',
        expiresAt,
        region: 'us-east-1',
        startUrl: 'https://corp.example/start',
      });
    };
    const env = () => ({ AWS_ENDPOINT_URL_SSO: address() });

    it('has what the portal gives for its token', async () => {
      put('.aws/config', config);
      token('2099-01-01T00:00:00Z');
      answer = {
        status: 200,
        body: { roleCredentials: { ...given, expiration: Date.parse('2099-01-01T00:00:00Z') } },
      };
      expect(await environment('corp', env())).toMatchObject({
        ...wanted,
        AWS_ACCOUNT_ID: '210987654321',
        AWS_CREDENTIAL_EXPIRATION: '2099-01-01T00:00:00.000Z',
      });
      expect(requests).toMatchObject([
        {
          line: 'GET /federation/credentials?account_id=210987654321&role_name=ReadOnly',
          headers: { 'x-amz-sso_bearer_token': 'bearer' },
        },
      ]);
    });

    it.each([
      ['the token has expired', '2020-01-01T00:00:00Z', 0],
      ['the portal refuses the token', '2099-01-01T00:00:00Z', 1],
    ])('says what renews it when %s', async (_, expiresAt, times) => {
      put('.aws/config', config);
      token(expiresAt);
      answer = {
        status: 401,
        body: { __type: 'UnauthorizedException', message: 'Session token not found or invalid' },
      };
      expect(await refused('corp', env())).toMatch(
        /aws sso login.*\nhint: Log in again: aws sso login --profile corp\n$/,
      );
      expect(requests).toHaveLength(times);
    });

    it('says that the portal does not give the role, or cannot be reached', async () => {
      put('.aws/config', config);
      token('2099-01-01T00:00:00Z');
      answer = { status: 403, body: { __type: 'ForbiddenException', message: 'No access' } };
      expect(await refused('corp', env())).toMatch(/corp gives no credentials: .*No access/);
      const nobody = { AWS_ENDPOINT_URL_SSO: 'http://127.0.0.1:9' };
      expect(await refused('corp', nobody)).toMatch(/could not be reached/);
    });

    it('wins over keys in the credentials file, as for the AWS CLI', async () => {
      put('.aws/config', config);
      put('.aws/credentials', me.replace('me', 'corp'));
      token('2099-01-01T00:00:00Z');
      answer = {
        status: 200,
        body: { roleCredentials: { ...given, expiration: Date.parse('2099-01-01T00:00:00Z') } },
      };
      expect(await environment('corp', env())).toMatchObject(wanted);
    });
  });

  describe('aws login', () => {
    const session = 'arn:aws:iam::123456789012:user/jo';
    const config = `[profile corp]\nlogin_session = ${session}\nregion = us-east-1\n`;
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const token = (expiresAt: string) => {
      const name = createHash('sha256').update(session).digest('hex');
      put(`.aws/login/cache/${name}.json`, {
        accessToken: { ...given, accountId: '123456789012', expiresAt },
        clientId: 'arn:aws:signin:::devtools/same-device',
        refreshToken: 'refresh',
        dpopKey: privateKey.export({ format: 'pem', type: 'sec1' }),
      });
    };
    const env = () => ({ AWS_ENDPOINT_URL_SIGNIN: address() });

    it('has what the AWS CLI put into its cache', async () => {
      put('.aws/config', config);
      token('2099-01-01T00:00:00Z');
      expect(await environment('corp', env())).toMatchObject({ ...wanted, AWS_ACCOUNT_ID: '123456789012' });
      expect(requests).toEqual([]);
    });

    it('is refreshed while the login lives', async () => {
      put('.aws/config', config);
      token('2020-01-01T00:00:00Z');
      const accessToken = { ...given, sessionToken: 'newer' };
      answer = {
        status: 200,
        body: {
          accessToken,
          tokenType: 'urn:aws:params:oauth:token-type:access_token_sigv4',
          expiresIn: 900,
          refreshToken: 'next',
        },
      };
      expect(await environment('corp', env())).toMatchObject({ AWS_SESSION_TOKEN: 'newer' });
      expect(requests).toMatchObject([{ line: 'POST /v1/token', headers: { dpop: expect.any(String) } }]);
    });

    it('says what renews it when the login has ended', async () => {
      put('.aws/config', config);
      token('2020-01-01T00:00:00Z');
      answer = {
        status: 400,
        body: { __type: 'AccessDeniedException', error: 'TOKEN_EXPIRED', message: 'expired' },
      };
      expect(await refused('corp', env())).toMatch(
        /aws login.*\nhint: Log in again: aws login --profile corp\n$/,
      );
    });
  });

  it('redeems the token of a web identity, or says why AWS does not', async () => {
    const file = join(stage.home.path, 'token');
    put('token', 'a.web.token');
    const settings = `role_session_name = jo\nweb_identity_token_file = ${file}\nregion = eu-west-1\n`;
    put('.aws/config', `[profile corp]\nrole_arn = ${role('Web')}\n${settings}`);
    const env = { AWS_ENDPOINT_URL_STS: address() };
    const fields = `<AccessKeyId>${given.accessKeyId}</AccessKeyId><SecretAccessKey>hush</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>`;
    const user = `<Arn>arn:aws:sts::${accounts.production}:assumed-role/Web/jo</Arn><AssumedRoleId>AROA:jo</AssumedRoleId>`;
    const result = `<Credentials>${fields}</Credentials><AssumedRoleUser>${user}</AssumedRoleUser>`;
    const name = 'AssumeRoleWithWebIdentity';
    answer = {
      status: 200,
      body: `<${name}Response><${name}Result>${result}</${name}Result></${name}Response>`,
    };
    expect(await environment('corp', env)).toMatchObject({ ...wanted, AWS_ACCOUNT_ID: accounts.production });
    expect(Object.fromEntries(new URLSearchParams(requests[0]?.body))).toMatchObject({
      WebIdentityToken: 'a.web.token',
      RoleArn: role('Web'),
      RoleSessionName: 'jo',
    });
    const why =
      '<Error><Type>Sender</Type><Code>InvalidIdentityToken</Code><Message>No OpenIDConnect provider</Message></Error>';
    answer = { status: 400, body: `<ErrorResponse>${why}</ErrorResponse>` };
    expect(await refused('corp', env)).toContain('corp gives no credentials: No OpenIDConnect provider');
  });
});
