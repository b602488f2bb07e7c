import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Stage } from '../acceptance/cli-stage.ts';
import { type BuiltCli, buildCli, temporarySection } from '../fixtures/built-cli.ts';
import {
  known,
  knownInAddress,
  type RealProxy,
  startSquid,
  startTinyproxy,
} from '../fixtures/real-proxies.ts';
import { needs, skippedBecause } from '../needs.ts';
import { type Authority, makeAuthority } from '../rehearsal/authority.ts';
import { type ConnectProxy, startConnectProxy } from '../rehearsal/connect-proxy.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';

const tinyproxy = needs('tinyproxy');
const squid = needs('squid');

const sts = 'sts.us-east-1.amazonaws.com';
const brokerHost = 'broker.rehearsal.test';
const deploy = iamArn(accounts.production, 'role/Deploy');
const keys = {
  AWS_ACCESS_KEY_ID: 'AKIAREHEARSALURSULA1',
  AWS_SECRET_ACCESS_KEY: 'rehearsal/only/secret/of/ursula/00000001',
};

let cli: BuiltCli;
let stage: Stage;
/** Leads every request for a host of AWS to the rehearsal. */
let aws: ConnectProxy;
/** The authority of the rehearsal, in a file. */
let trusted: string;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  cli = await buildCli();
  stage = await Stage.open([process.execPath, cli.file]);
  aws = await startConnectProxy(stage.rehearsal);
  trusted = join(stage.home.path, 'authority.pem');
  writeFileSync(trusted, stage.rehearsal.caCertificatePem);
}, 60_000);
afterAll(async () => {
  await aws.close();
  await stage.close();
  cli.close();
});
beforeEach(() => stage.clean());
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** Asks AWS where it is, unless `env` says otherwise. */
const run = (args: string[], env: Record<string, string>, input = '') =>
  stage.run(args, { env: { AWS_ENDPOINT_URL_STS: '', AWS_CA_BUNDLE: trusted, ...env }, input });
const saml = (env: Record<string, string>) =>
  run(['saml', '--profile', 'dev'], env, stage.rehearsal.issueResponse({ user: 'alice' }));
const user = (args: string[], env: Record<string, string>) =>
  run(['user', deploy, 'jo', '--profile', 'deploy', ...args], env);

const written = { status: 0, stdout: expect.stringMatching(/^wrote (dev|deploy): /), stderr: '' };

/** One line and a hint, nothing written, no password. */
async function refused(given: ReturnType<typeof run>): Promise<string> {
  const { status, stdout, stderr } = await given;
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^(Asking .+\n)?roleferry: .+\nhint: .+\n$/);
  expect(stderr).not.toContain(known.password);
  expect(stderr).not.toContain(encodeURIComponent(known.password));
  expect(stage.credentials()).toBe('');
  return stderr;
}

async function listening<S extends Server | TlsServer>(server: S): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What takes each connection as a proxy that answers the first thing it is told with `answer`, if with anything. */
function startFalseProxy(answer: (socket: Socket) => void): Promise<string> {
  return listening(
    createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => answer(socket));
      closing.push(() => socket.destroy());
    }),
  );
}

/** Nothing may leave this machine: what the program does in place of asking DNS for a name. */
const lookingUp = (answer: string) => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`
    import dns from 'node:dns';
    import { syncBuiltinESMExports } from 'node:module';
    dns.lookup = (name, options, done) => ${answer};
    syncBuiltinESMExports();
  `)}`,
});
const everyNameIsHere = lookingUp(
  "options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)",
);

/** Nobody listens there. */
const nobody = '127.0.0.1:9';

describe.skipIf(tinyproxy.missing)('behind a real tinyproxy', () => {
  const start = async (...lines: string[]): Promise<RealProxy> => {
    const proxy = await startTinyproxy(tinyproxy.path, [`Upstream http 127.0.0.1:${aws.port}`, ...lines]);
    closing.push(proxy.close);
    return proxy;
  };

  it.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'])(
    'saml goes the way of %s',
    async (name) => {
      const proxy = await start();
      expect(await saml({ [name]: `http://${proxy.place}` })).toMatchObject(written);
      expect(proxy.connects()).toEqual([`${sts}:443`]);
      expect(stage.rehearsal.requests.map(({ host }) => host)).toEqual([sts]);
    },
  );

  it('several roles at once go that way, each for itself', async () => {
    const proxy = await start();
    const input = stage.rehearsal.issueResponse({ user: 'carol' });
    const given = await run(['saml', '--all-roles', '-q'], { HTTPS_PROXY: proxy.place }, input);
    expect(given).toMatchObject({ status: 0, stderr: '' });
    expect(proxy.connects().length).toBe(stage.rehearsal.requests.length);
  });

  it('user goes that way, and so does the source profile that assumes a role first', async () => {
    const proxy = await start();
    const [id, secret] = Object.values(keys);
    writeFileSync(
      stage.home.credentialsFile,
      `[me]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`,
    );
    writeFileSync(
      stage.home.configFile,
      `[profile chained]\nrole_arn = ${deploy}\nsource_profile = me\nregion = eu-west-1\n`,
    );
    await user(['--source-profile', 'chained'], { HTTPS_PROXY: proxy.place });
    expect(proxy.connects()).toEqual(['sts.eu-west-1.amazonaws.com:443', `${sts}:443`]);
    expect(await user([], { ...keys, HTTPS_PROXY: proxy.place })).toMatchObject(written);
    expect(proxy.connects().length).toBe(3);
  });

  it.each<[string, string[], Record<string, string>]>([
    ['user --source-profile', ['user', deploy, 'jo', '--source-profile', 'sso'], {}],
    ['user', ['user', deploy, 'jo'], { AWS_PROFILE: 'sso' }],
    ['exec', ['exec', 'sso', '--', 'true'], {}],
  ])('%s has IAM Identity Center asked that way, and says what the proxy says', async (_, args, env) => {
    const proxy = await start();
    const startUrl = 'https://company.awsapps.com/start';
    writeFileSync(
      stage.home.configFile,
      `[profile sso]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\nsso_account_id = ${accounts.production}\nsso_role_name = Deploy\n`,
    );
    const cache = join(stage.home.path, '.aws/sso/cache');
    mkdirSync(cache, { recursive: true });
    const name = createHash('sha1').update(startUrl).digest('hex');
    const token = { startUrl, accessToken: 'token', expiresAt: '2099-01-01T00:00:00Z' };
    writeFileSync(join(cache, `${name}.json`), JSON.stringify(token));
    const said = await refused(run(args, { HTTPS_PROXY: proxy.place, ...env }));
    const asked = 'portal.sso.eu-west-1.amazonaws.com:443';
    expect(proxy.connects()[0]).toBe(asked);
    expect(said).toMatch(
      `roleferry: The proxy ${proxy.place} (HTTPS_PROXY) does not let this machine through to ${asked} (HTTP 403).`,
    );
  });

  it('exec has the role of a profile in the config file assumed that way, with its own ca_bundle', async () => {
    const proxy = await start();
    const [id, secret] = Object.values(keys);
    writeFileSync(
      stage.home.credentialsFile,
      `[me]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`,
    );
    writeFileSync(
      stage.home.configFile,
      `[profile chained]\nrole_arn = ${deploy}\nsource_profile = me\nregion = eu-west-1\nca_bundle = ${trusted}\n`,
    );
    const env = { HTTPS_PROXY: proxy.place, AWS_CA_BUNDLE: '' };
    expect(await run(['exec', 'chained', '--', 'true'], env)).toMatchObject({ status: 0, stderr: '' });
    expect(proxy.connects()).toEqual(['sts.eu-west-1.amazonaws.com:443']);
  });

  it('console has its token asked for that way', async () => {
    const proxy = await start();
    writeFileSync(stage.home.credentialsFile, temporarySection('dev'), { mode: 0o600 });
    const { stderr } = await run(['console', 'dev', '--url', 'https://console.aws.amazon.com/'], {
      HTTPS_PROXY: proxy.place,
      BROWSER: 'true',
    });
    expect(stderr).toContain('signin.aws.amazon.com');
    expect(proxy.connects()).toEqual(['signin.aws.amazon.com:443']);
  });

  it('doctor --online goes that way, and says so', async () => {
    const proxy = await start();
    const { stdout } = await run(['doctor', '--online'], { HTTPS_PROXY: `http://${proxy.place}` });
    expect(stdout).toContain(`${sts} answers, through the proxy ${proxy.place} (HTTPS_PROXY)\n`);
    expect(stdout).toContain(`the certificates in ${trusted} are trusted too (AWS_CA_BUNDLE)\n`);
    expect(proxy.connects()).toEqual([`${sts}:443`]);
  });

  it('what this machine answers is asked without it, over http and https', async () => {
    const proxy = await start();
    const env = { HTTPS_PROXY: proxy.place, HTTP_PROXY: proxy.place, ALL_PROXY: proxy.place };
    const https = `https://localhost:${stage.rehearsal.port}`;
    for (const url of [stage.rehearsal.stsHttpUrl, https, https.replace('localhost', '127.0.0.1')]) {
      expect(await saml({ ...env, AWS_ENDPOINT_URL_STS: url })).toMatchObject({ status: 0 });
    }
    const { stdout } = await run(['doctor', '--online'], { ...env, AWS_ENDPOINT_URL_STS: https });
    expect(stdout).toContain(' answers, without a proxy, as it is this machine\n');
    expect(proxy.connects()).toEqual([]);
  });

  it('a proxy that wants a user and a password gets those in the address', async () => {
    const proxy = await start('BasicAuth jo hunter2');
    expect(await saml({ HTTPS_PROXY: `http://jo:hunter%32@${proxy.place}` })).toMatchObject(written);
    expect(proxy.connects()).toEqual([`${sts}:443`]);
  });

  it('a host that it does not allow is named, and who can change that', async () => {
    const filter = join(stage.home.path, 'filter');
    writeFileSync(filter, 'amazonaws\n');
    const proxy = await start(`Filter "${filter}"`);
    const said = await refused(saml({ HTTPS_PROXY: proxy.place }));
    expect(said).toBe(
      `roleferry: The proxy ${proxy.place} (HTTPS_PROXY) does not let this machine through to ${sts}:443 (HTTP 403).\n` +
        `hint: Ask the people who run the proxy to allow ${sts}:443. If it can be reached without the proxy, name it in NO_PROXY.\n`,
    );
    const { status, stdout } = await run(['doctor', '--online'], { https_proxy: proxy.place });
    expect(status).toBe(1);
    expect(stdout).toContain(`✗ broken   The proxy ${proxy.place} (https_proxy) does not let this machine`);
  });
});

describe.skipIf(squid.missing)('behind a real squid', () => {
  const start = async (more: Omit<Parameters<typeof startSquid>[1], 'hosts'>): Promise<RealProxy> => {
    const proxy = await startSquid(squid.path, { hosts: [sts, brokerHost], ...more });
    closing.push(proxy.close);
    return proxy;
  };
  const endpoint = () => ({ AWS_ENDPOINT_URL_STS: `https://${sts}:${stage.rehearsal.port}` });

  it('user and password are percent-encoded in the address, and sent decoded', async () => {
    const proxy = await start({ authenticate: true });
    const env = { HTTPS_PROXY: `http://${knownInAddress}@${proxy.place}`, ...endpoint() };
    expect(await saml(env)).toMatchObject({ ...written, stderr: expect.stringMatching(/^Asking .+\n$/) });
    await expect.poll(() => proxy.connects()).toEqual([`${sts}:${stage.rehearsal.port}`]);
  });

  it('a missing or wrong password is said, and no password', async () => {
    const proxy = await start({ authenticate: true });
    const missing = await refused(saml({ HTTPS_PROXY: proxy.place, ...endpoint() }));
    expect(missing).toContain(
      `The proxy ${proxy.place} (HTTPS_PROXY) wants a user and a password (HTTP 407).\n` +
        `hint: Set HTTPS_PROXY like http://USER:PASSWORD@${proxy.place}, `,
    );
    const wrong = await refused(saml({ HTTPS_PROXY: `jo:hunter2@${proxy.place}`, ...endpoint() }));
    expect(wrong).toContain('does not accept the user and password in HTTPS_PROXY (HTTP 407)');
    expect(wrong).not.toContain('hunter2');
  });

  it('the password is in no log, not even with DEBUG=*', async () => {
    const proxy = await start({ authenticate: true });
    const address = `http://${knownInAddress}@${proxy.place}`;
    const { stderr } = await saml({ HTTPS_PROXY: address, DEBUG: '*', ...endpoint() });
    for (const secret of [
      known.password,
      encodeURIComponent(known.password),
      btoa(`${known.user}:${known.password}`),
    ]) {
      expect(stderr).not.toContain(secret);
    }
  });

  describe('that inspects TLS', () => {
    let company: Authority;
    let companyFile: string;
    let proxy: RealProxy;

    beforeAll(async () => {
      company = await makeAuthority();
    });
    beforeEach(async () => {
      companyFile = join(stage.home.path, 'company.pem');
      writeFileSync(companyFile, `The company's authority\n${company.certificatePem}\n`);
      const authority = `${company.certificatePem}\n${await company.keyPem()}\n`;
      proxy = await start({ inspect: { authority, trusted: stage.rehearsal.caCertificatePem } });
    });

    const through = (env: Record<string, string>) => ({
      HTTPS_PROXY: proxy.place,
      ...endpoint(),
      AWS_CA_BUNDLE: '',
      ...env,
    });

    it.each<[string, () => Record<string, string>]>([
      ['AWS_CA_BUNDLE', () => ({ AWS_CA_BUNDLE: companyFile })],
      ['NODE_EXTRA_CA_CERTS', () => ({ NODE_EXTRA_CA_CERTS: companyFile })],
      [
        'ca_bundle in the config file',
        () => {
          writeFileSync(stage.home.configFile, `[default]\nca_bundle = ${companyFile}\n`);
          return {};
        },
      ],
      [
        'ca_bundle of the current profile',
        () => {
          writeFileSync(
            stage.home.configFile,
            `[default]\nca_bundle = /nowhere\n[profile here]\nca_bundle = ${companyFile}\n`,
          );
          return { AWS_PROFILE: 'here' };
        },
      ],
    ])('is trusted by %s', async (_, env) => {
      expect(await saml(through(env()))).toMatchObject({ status: 0 });
    });

    it('is not trusted else, and nothing is sent: the hint says what to set', async () => {
      const said = await refused(saml(through({})));
      expect(said).toContain('its certificate is not one that this machine trusts');
      expect(said).toContain(
        'hint: If your company inspects TLS, name a PEM file with the certificate of its CA in AWS_CA_BUNDLE.\n',
      );
      const other = await refused(saml(through({ AWS_CA_BUNDLE: trusted })));
      expect(other).toContain(`hint: The certificates in ${trusted} do not vouch for it either.`);
      expect(stage.rehearsal.requests).toEqual([]);
    });

    it('is named by doctor --online, with where its authority is from', async () => {
      writeFileSync(stage.home.configFile, `[default]\nca_bundle = ${companyFile}\n`);
      const { stdout } = await run(['doctor', '--online'], through({ NODE_EXTRA_CA_CERTS: companyFile }));
      expect(stdout).toContain(
        `✓ ok       the certificates in ${companyFile} are trusted too (ca_bundle in ${stage.home.configFile})\n` +
          `✓ ok       the certificates in ${companyFile} are trusted too (NODE_EXTRA_CA_CERTS)\n` +
          `✓ ok       ${sts}:${stage.rehearsal.port} answers, through the proxy ${proxy.place} (HTTPS_PROXY)\n`,
      );
    });
  });

  it('a broker is asked that way, with a certificate of the company', async () => {
    const authority = await makeAuthority();
    const shown: (string | undefined)[] = [];
    const broker = createTlsServer(await authority.issue([brokerHost]), (message, response) => {
      shown.push(message.headers.authorization);
      response.end('{"roles":[]}');
    });
    const port = (await listening(broker)).split(':')[1];
    const file = join(stage.home.path, 'company.pem');
    writeFileSync(file, authority.certificatePem);
    const proxy = await start({});
    const list = (more: Record<string, string>) =>
      run(['request', `https://${brokerHost}:${port}`, '--list', '--token-env', 'MY_TOKEN'], {
        MY_TOKEN: 'a.b.c',
        HTTPS_PROXY: proxy.place,
        ...more,
      });
    expect(await list({ AWS_CA_BUNDLE: file })).toMatchObject({ status: 0 });
    expect(shown).toEqual(['Bearer a.b.c']);
    await expect.poll(() => proxy.connects()).toEqual([`${brokerHost}:${port}`]);
    const wrong = await refused(list({ AWS_CA_BUNDLE: file, HTTPS_PROXY: `http://${nobody}` }));
    expect(wrong).toContain(
      `The proxy ${nobody} (HTTPS_PROXY) could not be reached: the connection was refused.`,
    );
    expect(shown.length).toBe(1);
  });
});

describe('a host in NO_PROXY', () => {
  it('is asked directly, with the same certificates, and doctor --online says so', async () => {
    const env = {
      HTTPS_PROXY: nobody,
      no_proxy: 'other.test, .amazonaws.com',
      AWS_ENDPOINT_URL_STS: `https://${sts}:${stage.rehearsal.port}`,
      ...everyNameIsHere,
    };
    expect(await saml(env)).toMatchObject({ status: 0 });
    const { stdout } = await run(['doctor', '--online'], env);
    expect(stdout).toContain(`${sts}:${stage.rehearsal.port} answers, without a proxy, as no_proxy says\n`);
  });
});

describe('a proxy that is no help', () => {
  it('where nobody listens, is named with its variable', async () => {
    const said = await refused(saml({ all_proxy: `http://${knownInAddress}@${nobody}` }));
    expect(said).toBe(
      `roleferry: The proxy ${nobody} (all_proxy) could not be reached: the connection was refused.\n` +
        'hint: Check all_proxy, the network and the VPN. Where no proxy is needed, unset all_proxy or name the host in NO_PROXY.\n',
    );
  });

  it.each([
    [302, 'sends on to a login page', 'HTTP/1.1 302 Found\r\nLocation: http://login.test/\r\n\r\n'],
    [200, 'answers with a login page', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>Log in</h1>'],
    [511, 'wants a login to the network', 'HTTP/1.1 511 Network Authentication Required\r\n\r\n'],
    [0, 'answers with a page that does not say that it is one', 'HTTP/1.1 200 OK\r\n\r\n<h1>Log in</h1>'],
    [0, 'speaks something else', 'SSH-2.0-OpenSSH_9.9\r\n\r\n'],
    [0, 'speaks nothing like HTTP', 'hello\r\nwho are you\r\n\r\n'],
    [0, 'ends the connection', ''],
  ])('which (HTTP %i) %s, is told from AWS', async (status, _, answer) => {
    const place = await startFalseProxy((socket) => {
      if (answer === '') socket.end();
      socket.write(answer);
      // After the answer to CONNECT comes the beginning of TLS.
      socket.on('data', () => socket.end('<p>no TLS here'));
    });
    const words =
      status > 0
        ? `answered with a page of its own (HTTP ${status}) instead of a connection to ${sts}:443.`
        : `did not answer as a proxy does when it was asked for ${sts}:443.`;
    expect(await refused(saml({ HTTPS_PROXY: place }))).toBe(
      `roleferry: ${place} (HTTPS_PROXY) ${words}\n` +
        'hint: It may want you to log in: open any web page, log in there, then try again. Or it is not a proxy: check HTTPS_PROXY.\n',
    );
  });

  it('as it cannot reach AWS itself, is told from one that forbids', async () => {
    const place = await startFalseProxy((socket) => socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n'));
    const said = await refused(saml({ HTTPS_PROXY: place }));
    expect(said).toContain(`The proxy ${place} (HTTPS_PROXY) could not reach ${sts}:443 itself (HTTP 503).`);
  });

  it('as it cuts the connection that it made, is in the hint', async () => {
    const place = await startFalseProxy((socket) => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.once('data', () => socket.destroy());
    });
    const said = await refused(saml({ HTTPS_PROXY: place }));
    expect(said).toContain(
      `hint: It was asked through the proxy ${place} (HTTPS_PROXY). Check whether that proxy lets it through`,
    );
  });

  it('as its own certificate is not trusted, gets no password', async () => {
    const seen: string[] = [];
    const server = createTlsServer(await (await makeAuthority()).issue(['127.0.0.1']));
    server.on('connect', (request, socket) => {
      seen.push(request.headers['proxy-authorization'] ?? '');
      socket.end('HTTP/1.1 403 No\r\n\r\n');
    });
    const place = await listening(server);
    const said = await refused(saml({ HTTPS_PROXY: `https://${knownInAddress}@${place}` }));
    expect(said).toContain(
      `The proxy ${place} (HTTPS_PROXY) could not be reached: its certificate is not one`,
    );
    expect(seen).toEqual([]);
  });

  it('over https with a certificate that is trusted, gets it', async () => {
    const authority = await makeAuthority();
    const seen: string[] = [];
    const server = createTlsServer(await authority.issue(['127.0.0.1']));
    server.on('connect', (request, socket) => {
      seen.push(request.headers['proxy-authorization'] ?? '');
      socket.end('HTTP/1.1 403 No\r\n\r\n');
    });
    const place = await listening(server);
    const file = join(stage.home.path, 'proxy.pem');
    writeFileSync(file, authority.certificatePem);
    const said = await refused(
      saml({ HTTPS_PROXY: `https://${knownInAddress}@${place}`, AWS_CA_BUNDLE: file }),
    );
    expect(said).toContain('does not let this machine through');
    expect(seen).toEqual([`Basic ${btoa(`${known.user}:${known.password}`)}`]);
  });

  it('for http alone is no proxy for AWS, which the hint says', async () => {
    const server = createServer((socket) => socket.destroy());
    const place = await listening(server);
    const unknown = lookingUp("done(Object.assign(new Error(), { code: 'ENOTFOUND' }))");
    const said = await refused(saml({ HTTP_PROXY: place, ...unknown }));
    expect(said).toContain('hint: HTTP_PROXY is set, but is for http addresses only.');
  });

  it.each([
    ['socks5://127.0.0.1:1080', 'socks5 is not spoken here, only http and https'],
    [`http://jo:${known.password}@proxy.test`, 'there is more than a host and a port in it'],
  ])('as its variable is %s, which is said', async (value, reason) => {
    const said = await refused(saml({ HTTPS_PROXY: value }));
    expect(said).toContain(`The proxy in HTTPS_PROXY cannot be used: ${reason}.`);
    const broker = ['request', `https://${brokerHost}`, '--list', '--token-env', 'MY_TOKEN'];
    expect(await refused(run(broker, { MY_TOKEN: 'a.b.c', HTTPS_PROXY: value }))).toContain(reason);
  });
});

describe('on Node 24', () => {
  /** The first that can read it; see scripts/set-up/other-nodes.mjs. */
  const node = fileURLToPath(new URL('../../node_modules/.cache/nodes/24.21.0', import.meta.url));
  const reason = 'Node 24 is not in node_modules/.cache/nodes; npm test fetches it on Linux x64';
  const skipped = skippedBecause(existsSync(node) ? undefined : reason);

  it.skipIf(skipped)('what the system trusts is trusted too, directly and through a proxy', async () => {
    const onNode24 = new Stage(stage.rehearsal, stage.home, [node, cli.file]);
    const input = stage.rehearsal.issueResponse({ user: 'alice' });
    const direct = { AWS_ENDPOINT_URL_STS: `https://localhost:${stage.rehearsal.port}` };
    const proxied = { AWS_ENDPOINT_URL_STS: '', HTTPS_PROXY: `127.0.0.1:${aws.port}` };
    for (const way of [direct, proxied]) {
      // As the system's store, OpenSSL reads this file.
      const given = await onNode24.run(['saml'], { env: { ...way, SSL_CERT_FILE: trusted }, input });
      expect(given).toMatchObject({ status: 0 });
    }
    const without = await onNode24.run(['saml'], { env: { ...proxied, SSL_CERT_FILE: '/dev/null' }, input });
    expect(without.stderr).toContain('its certificate is not one that this machine trusts');
  });

  it.skipIf(skipped)(
    'this machine is asked directly, even if Node itself is told to use proxies',
    async () => {
      const onNode24 = new Stage(stage.rehearsal, stage.home, [node, cli.file]);
      const env = {
        NODE_USE_ENV_PROXY: '1',
        HTTP_PROXY: `http://${nobody}`,
        HTTPS_PROXY: `http://${nobody}`,
      };
      const input = stage.rehearsal.issueResponse({ user: 'alice' });
      expect(await onNode24.run(['saml'], { env, input })).toMatchObject({ status: 0 });
      const { stdout } = await onNode24.run(['doctor', '--online'], { env });
      expect(stdout).toContain(`${new URL(stage.rehearsal.stsHttpUrl).host} answers\n`);
    },
  );
});

describe('a file of certificates that cannot be used', () => {
  it.each<[string, string | undefined, string]>([
    ['missing', undefined, 'there is no such file'],
    ['no PEM', 'not a certificate', 'it has no certificate in PEM form'],
    [
      'cut',
      '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
      'it has no certificate in PEM form',
    ],
    ['empty', '', 'it has no certificate in PEM form'],
  ])('as it is %s is named with its setting, and AWS is not asked', async (_, content, reason) => {
    const file = join(stage.home.path, `bundle-${reason.length}.pem`);
    if (content !== undefined) writeFileSync(file, content);
    const words = (setting: string) =>
      `roleferry: The certificates in ${file} (${setting}) cannot be used: ${reason}.\nhint: Correct or unset ${setting}.`;
    const env = { AWS_ENDPOINT_URL_STS: `https://localhost:${stage.rehearsal.port}`, AWS_CA_BUNDLE: '' };
    expect(await refused(saml({ ...env, AWS_CA_BUNDLE: file }))).toContain(words('AWS_CA_BUNDLE'));
    writeFileSync(stage.home.configFile, `[default]\nca_bundle = ${file}\n`);
    expect(await refused(saml(env))).toContain(words(`ca_bundle in ${stage.home.configFile}`));
    const { stdout } = await run(['doctor', '--online'], {
      ...env,
      NODE_EXTRA_CA_CERTS: file,
      AWS_CA_BUNDLE: trusted,
    });
    expect(stdout).toContain(
      `! warning  The certificates in ${file} (NODE_EXTRA_CA_CERTS) cannot be used: ${reason}.`,
    );
    expect(stage.rehearsal.requests.length).toBe(1);
  });

  it('as it is a folder', async () => {
    const said = await refused(saml({ AWS_CA_BUNDLE: stage.home.path }));
    expect(said).toContain('cannot be used: it is a folder.');
  });
});
