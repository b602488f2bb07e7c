import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'puppeteer';
import { findTool } from '../needs.ts';
import { makeAuthority } from './authority.ts';
import { endNow } from './end-now.ts';
import { freePort } from './free-port.ts';
import type { OidcOptions, OidcProvider } from './oidc-provider.ts';

/** The administrator that Debian's database begins with. */
const administrator = { username: 'admin', password: 'password' };

const password = 'rehearsal-only-1';

/** The same with TLS, as real ones have it. */
export interface TlsProvider extends OidcProvider {
  /** The certificate of the authority that clients must trust. */
  caCertificatePem: string;
}

/**
 * Starts Glewlwyd (Debian package glewlwyd), an identity provider in C that shares nothing with the libraries of
 * client and broker, with a database and keys of its own in a temporary folder, over TLS at localhost.
 */
export async function startGlewlwyd(options: OidcOptions): Promise<TlsProvider> {
  const program = findTool('glewlwyd');
  if (program === undefined) throw new Error('Glewlwyd is not installed (Debian package glewlwyd).');
  const folder = await mkdtemp(join(tmpdir(), 'roleferry-glewlwyd-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  try {
    const [port, authority] = await Promise.all([freePort(), makeAuthority()]);
    const { key, cert } = await authority.issue(['localhost']);
    await Promise.all([makeDatabase(join(folder, 'database')), makePages(join(folder, 'pages'))]);
    await Promise.all([
      writeFile(join(folder, 'key.pem'), key, { mode: 0o600 }),
      writeFile(join(folder, 'certificate.pem'), cert),
      writeFile(join(folder, 'glewlwyd.conf'), settings(folder, port)),
    ]);
    const server = spawn(program, [`--config-file=${join(folder, 'glewlwyd.conf')}`], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const close = async () => {
      await endNow(server);
      await removeFolder();
    };
    try {
      await started(server);
      await accepts(port, server);
      const { certificatePem: caCertificatePem } = authority;
      const base = `https://localhost:${port}/api`;
      await configure(base, caCertificatePem, options);
      return { issuer: `${base}/oidc`, caCertificatePem, logIn, close };
    } catch (error) {
      await endNow(server);
      throw error;
    }
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

/** A form that its script draws, and a page that asks whether to go on. */
async function logIn(page: Page, name: string): Promise<void> {
  await page.waitForSelector('#username');
  await page.type('#username', name);
  await page.type('#password', password);
  await page.keyboard.press('Enter');
  const goOn = await page.waitForSelector('[title^="Continue"]');
  await Promise.all([page.waitForNavigation(), goOn?.click()]);
}

/** In Debian's package the settings of the pages are a link to a folder, with which they show nothing. */
async function makePages(folder: string): Promise<void> {
  const debian = '/usr/share/glewlwyd';
  const isSettings = (path: string) => path === join(debian, 'webapp/config.json');
  await cp(join(debian, 'webapp'), folder, {
    recursive: true,
    dereference: true,
    filter: (path) => !isSettings(path),
  });
  await copyFile(join(debian, 'templates/config.json'), join(folder, 'config.json'));
}

async function makeDatabase(file: string): Promise<void> {
  const script = await readFile('/usr/share/doc/glewlwyd/database/init.sqlite3.sql.gz');
  execFileSync('sqlite3', [file], { input: gunzipSync(script) });
}

const settings = (folder: string, port: number): string => {
  const modules = '/usr/lib/glewlwyd';
  const values = {
    port,
    bind_address: '127.0.0.1',
    external_url: `https://localhost:${port}`,
    login_url: 'login.html',
    api_prefix: 'api',
    static_files_path: join(folder, 'pages'),
    log_mode: 'console',
    log_level: 'INFO',
    cookie_domain: 'localhost',
    cookie_secure: 1,
    session_expiration: 3600,
    session_key: 'GLEWLWYD2_SESSION_ID',
    admin_scope: 'g_admin',
    profile_scope: 'g_profile',
    user_module_path: `${modules}/user`,
    client_module_path: `${modules}/client`,
    user_auth_scheme_module_path: `${modules}/scheme`,
    plugin_module_path: `${modules}/plugin`,
    use_secure_connection: true,
    secure_connection_key_file: join(folder, 'key.pem'),
    secure_connection_pem_file: join(folder, 'certificate.pem'),
    hash_algorithm: 'SHA256',
  };
  const types = {
    html: 'text/html',
    css: 'text/css',
    js: 'application/javascript',
    json: 'application/json',
  };
  const mimeTypes = Object.entries(types).map(
    ([name, type]) => `{ extension = ".${name}"; mime_type = "${type}"; compress = 0; }`,
  );
  return [
    ...Object.entries(values).map(([name, value]) => `${name} = ${JSON.stringify(value)}`),
    `database = { type = "sqlite3"; path = "${join(folder, 'database')}"; };`,
    `static_files_mime_types = ( ${mimeTypes.join(', ')} )`,
    '',
  ].join('\n');
};

/** It says on stdout that it starts to listen. */
function started(server: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk;
      if (said.includes('Glewlwyd started on port')) resolve();
    };
    server.stdout?.on('data', listen);
    server.stderr?.on('data', listen);
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`Glewlwyd did not start: ${said}`)));
  });
}

/** It says so a moment before it does; nothing else tells of it. */
async function accepts(port: number, server: ChildProcess): Promise<void> {
  for (let listens = false; !listens && server.exitCode === null; ) {
    const socket = connect(port, '127.0.0.1');
    listens = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
  }
}

/** What an administrator does by hand in its pages, by the interface under them. */
async function configure(
  base: string,
  ca: string,
  { redirectUri, clientId, users }: OidcOptions,
): Promise<void> {
  let cookie = '';
  const call = async (method: string, path: string, body?: unknown) => {
    const sent = request(`${base}${path}`, {
      method,
      ca,
      headers: { 'content-type': 'application/json', cookie },
    });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
    const [answer] = await once(sent, 'response');
    const said = await text(answer);
    if (answer.statusCode !== 200)
      throw new Error(`Glewlwyd: ${method} ${path}: ${answer.statusCode} ${said}`);
    cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? cookie;
    return said === '' ? undefined : JSON.parse(said);
  };
  await call('POST', '/auth/', administrator);
  const [{ parameters }] = await call('GET', '/mod/user');
  parameters['data-format'].groups = { multiple: true, read: true, write: true };
  await call('PUT', '/mod/user/database', { display_name: 'People', parameters });
  await call('PUT', '/mod/user/database/reset');
  await call('POST', '/mod/plugin', {
    module: 'oidc',
    name: 'oidc',
    display_name: 'OpenID Connect',
    parameters: oidcParameters(`${base}/oidc`),
  });
  for (const [username, claims] of Object.entries(users)) {
    await call('POST', '/user', {
      username,
      password,
      name: username,
      enabled: true,
      scope: ['openid', 'g_profile'],
      ...claims,
    });
  }
  await call('POST', '/client', {
    client_id: clientId,
    name: 'Roleferry',
    confidential: false,
    enabled: true,
    redirect_uri: [redirectUri],
    authorization_type: ['code'],
    token_endpoint_auth_method: ['none'],
    scope: [],
  });
}

function oidcParameters(iss: string): Record<string, unknown> {
  const { privateKey: key, publicKey: cert } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return {
    iss,
    'jwt-type': 'ecdsa',
    'jwt-key-size': '256',
    key,
    cert,
    'access-token-duration': 3600,
    'refresh-token-duration': 3600,
    'code-duration': 600,
    'refresh-token-rolling': false,
    'allow-non-oidc': false,
    'auth-type-code-enabled': true,
    'auth-type-token-enabled': false,
    'auth-type-id-token-enabled': true,
    'auth-type-password-enabled': false,
    'auth-type-client-enabled': false,
    'auth-type-device-enabled': false,
    'auth-type-refresh-enabled': false,
    'auth-type-none-enabled': false,
    'pkce-allowed': true,
    'pkce-method-plain-allowed': false,
    'pkce-required': true,
    'subject-type': 'public',
    scope: [],
    claims: [{ name: 'groups', 'user-property': 'groups', type: 'string', mandatory: true, scope: [] }],
    'email-claim': 'mandatory',
    'name-claim': 'no',
    'address-claim': { type: 'no' },
    'scope-claim': 'no',
    'client-pubkey-parameter': 'pubkey',
  };
}
