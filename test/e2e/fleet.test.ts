import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FileServer, serveFiles } from '../fixtures/serve-files.ts';
import { needs, skippedBecause } from '../needs.ts';
import { launchChromium, userDataDirOf } from '../rehearsal/chromium.ts';
import { noPolicyBecause, setPolicies } from '../rehearsal/chromium-policy.ts';
import { makeScratchHome, type ScratchHome } from '../rehearsal/scratch-home.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';
import { userNamed } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { popupOn, savedAs, submitLogin } from './stage.ts';

const missing =
  needs('chromium').missing ||
  needs('certutil').missing ||
  needs('zip').missing ||
  skippedBecause(noPolicyBecause());

const { makeFleet } = await import(new URL('../../scripts/fleet/make-fleet.mjs', import.meta.url).href);
const { readCompanyKey } = await import(new URL('../../scripts/fleet/company-key.mjs', import.meta.url).href);
const built = fileURLToPath(new URL('../../dist/chromium', import.meta.url));

const policy = {
  allowedAccounts: ['111122223333'],
  profiles: [
    {
      issuer: 'https://idp.rehearsal.test/metadata',
      providerArn: 'arn:aws:iam::111122223333:saml-provider/Rehearsal',
      roleArn: 'arn:aws:iam::111122223333:role/Developer',
      profile: 'company-dev',
    },
  ],
};

describe.skipIf(missing)('a company’s own package, installed and updated by policy', () => {
  let folder: string;
  let server: FileServer;
  let rehearsal: Rehearsal;
  let home: ScratchHome;
  let browser: Browser;
  let id: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roleferry-fleet-'));
    server = await serveFiles(join(folder, 'fleet'));
    id = await release(built);
    rehearsal = await startRehearsal();
    home = await makeScratchHome(rehearsal.caCertificatePem);
    await promisify(execFile)(
      process.execPath,
      [
        fileURLToPath(new URL('../../dist/node/roleferry.cjs', import.meta.url)),
        ...['install', '--browser', 'chromium', '--user-data-dir', userDataDirOf(home), '--extension-id', id],
      ],
      { env: home.env },
    );
    browser = await launchChromium({ rehearsal, home, updates: true, policies: await policies('policies') });
  });

  afterAll(async () => {
    await browser?.close();
    await home?.close();
    await rehearsal?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Signs the extension in a folder, and puts it where the browsers of the company look for updates; its id. */
  async function release(extension: string): Promise<string> {
    const pem = join(folder, 'company.pem');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    // One key for all versions.
    await writeFile(pem, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
      mode: 0o600,
      flag: 'wx',
    }).catch(() => {});
    const key = readCompanyKey(pem);
    makeFleet({
      folder: join(folder, 'fleet'),
      key,
      updateUrl: server.url('updates.xml'),
      policy,
      built: extension,
    });
    return key.extensionId;
  }

  /** The browser's policies as made for this company. */
  const policies = async (kind: 'policies' | 'stop') => ({
    ...JSON.parse(await readFile(join(folder, 'fleet', kind, 'chrome.json'), 'utf8')),
    // Without it, extensions that a policy installed are closed to tests.
    DeveloperToolsAvailability: 1,
  });

  const worker = () =>
    browser.waitForTarget((one) => one.type() === 'service_worker' && new URL(one.url()).host === id);

  async function logIn(user: string, roleArn?: string): Promise<void> {
    const page = await browser.newPage();
    await page.bringToFront();
    await page.goto(`https://${userNamed(rehearsal.world, user).idp.host}/?user=${user}`);
    await submitLogin(page, 'button', roleArn);
    await page.close();
  }

  async function extensionPage(name: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(`chrome-extension://${id}/src/${name}/index.html`);
    await page.waitForSelector('h1');
    return page;
  }

  const keyIdOf = async (profile: string) => {
    const file = await readFile(home.credentialsFile, 'utf8').catch(() => '');
    return new RegExp(`^\\[${profile}\\]\\naws_access_key_id = (\\w+)`, 'm').exec(file)?.[1];
  };

  it('is there without a click, and leaves nothing to do but a login', async () => {
    await worker();
    const target = await browser.waitForTarget((one) => one.url().includes('/src/first-run/'));
    const page = (await target.page()) as Page;
    await page.bringToFront();
    await page.waitForFunction(() => document.querySelectorAll('.step:not(.is-done)').length === 1);
    await popupOn(page).reads('The host is installed.');
    const left = await page.$eval('.step:not(.is-done) h2', (title) => title.textContent);
    expect(left).toContain('Log in to the AWS console');
    await page.close();
  });

  it('writes the profile of the policy at the first login, with nothing to type', async () => {
    await logIn('alice');
    await expect.poll(() => keyIdOf('company-dev'), soon).toMatch(/^ASIA/);
  });

  it('takes the next version from the company’s server, with its bindings', async () => {
    await logIn('bob', 'arn:aws:iam::111122223333:role/Admin');
    const popup = popupOn(await extensionPage('popup'));
    await savedAs(popup, 'my-admin');
    await popup.close();
    const before = [await keyIdOf('company-dev'), await keyIdOf('my-admin')];

    const next = join(folder, 'next');
    await cp(built, next, { recursive: true });
    const manifest = JSON.parse(await readFile(join(next, 'manifest.json'), 'utf8'));
    await writeFile(join(next, 'manifest.json'), JSON.stringify({ ...manifest, version: '99.0.0' }));
    await release(next);
    await updateNow();
    expect(server.requests).toContain('/roleferry-99.0.0.crx');

    await logIn('alice');
    await logIn('bob', 'arn:aws:iam::111122223333:role/Admin');
    await expect.poll(() => keyIdOf('company-dev'), soon).not.toBe(before[0]);
    await expect.poll(() => keyIdOf('my-admin'), soon).not.toBe(before[1]);
  });

  /** Presses “Update” on the page of the extensions, and waits until the new version is there. */
  async function updateNow(): Promise<void> {
    const page = await browser.newPage();
    await page.goto('chrome://extensions');
    await page.evaluate('new Promise((done) => chrome.developerPrivate.autoUpdate(done))');
    const version = () =>
      page.evaluate(
        `new Promise((done) => chrome.developerPrivate.getExtensionInfo('${id}', ({ version }) => done(version)))`,
      );
    await expect.poll(version, soon).toBe('99.0.0');
    await page.close();
    // It shows something once the new background listens.
    await (await extensionPage('popup')).close();
  }

  it('stops while the browser runs once the policy that stops everything arrives', async () => {
    await setPolicies(home, await policies('stop'));
    await expect.poll(() => keyIdOf('company-dev'), soon).toBeUndefined();
    await logIn('alice');
    const popup = popupOn(await extensionPage('popup'));
    await popup.reads('Your administrator does not allow account 111122223333.');
    expect(await keyIdOf('company-dev')).toBeUndefined();
    expect(await keyIdOf('my-admin')).toBeUndefined();
  });
});
