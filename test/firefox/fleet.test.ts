import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firefoxExtensionId } from '../../src/core/product.ts';
import { submitLogin } from '../e2e/stage.ts';
import { type FileServer, serveFiles } from '../fixtures/serve-files.ts';
import { needs, skippedBecause } from '../needs.ts';
import { type Firefox, launchFirefox } from '../rehearsal/firefox.ts';
import { noFirefoxPolicyBecause } from '../rehearsal/firefox-policy.ts';
import { makeScratchHome, type ScratchHome } from '../rehearsal/scratch-home.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';
import { userNamed } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { openPopup } from './open-popup.ts';

const missing =
  needs('firefox').missing ||
  needs('certutil').missing ||
  needs('zip').missing ||
  skippedBecause(noFirefoxPolicyBecause());

const load = (script: string) => import(new URL(`../../scripts/${script}`, import.meta.url).href);
const { policyFiles } = await load('fleet/policy-files.mjs');
const { policySchema, productIds } = await load('fleet/ready-files.mjs');
const { filesIn, writeZip } = await load('package/write-zip.mjs');
const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

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
  sessionPolicies: [{ roleName: 'Developer', policyArns: [readOnly] }],
};

describe.skipIf(missing)('an add-on that policies.json has Firefox ESR install', () => {
  let folder: string;
  let server: FileServer;
  let rehearsal: Rehearsal;
  let home: ScratchHome;
  let firefox: Firefox;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roleferry-fleet-'));
    server = await serveFiles(folder);
    writeZip(join(folder, 'roleferry-1.xpi'), filesIn(`${dist}firefox`));
    rehearsal = await startRehearsal();
    home = await makeScratchHome();
    const roleferry = [`${dist}node/roleferry.cjs`, 'install', '--browser', 'firefox'];
    await promisify(execFile)(process.execPath, roleferry, { env: home.env });
    firefox = await start('roleferry-1.xpi');
  });

  afterAll(async () => {
    await firefox?.close();
    await home?.close();
    await rehearsal?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Starts the browser with the policies that npm run package makes, of which this is the add-on. */
  function start(addOn: string): Promise<Firefox> {
    const install = { updateUrl: server.url('updates.xml'), addOnUrl: server.url(addOn) };
    const files = policyFiles({ schema: policySchema(), policy, ids: productIds(), install });
    const policies = JSON.parse(files['firefox-policies.json']);
    return launchFirefox({ rehearsal, home, policies, permission: false });
  }

  async function logIn(): Promise<void> {
    const page = await firefox.browser.newPage();
    await page.bringToFront();
    await page.goto(`https://${userNamed(rehearsal.world, 'alice').idp.host}/?user=alice`);
    await submitLogin(page, 'button');
  }

  const keyId = async () => {
    const file = await readFile(home.credentialsFile, 'utf8').catch(() => '');
    return /^\[company-dev\]\naws_access_key_id = (\w+)/m.exec(file)?.[1];
  };

  const version = () =>
    firefox.system(`return WebExtensionPolicy.getByID('${firefoxExtensionId}')?.extension.version`);

  it('is there without a click, and writes the profile of the policy at the first login', async () => {
    await logIn();
    await expect.poll(keyId, soon).toMatch(/^ASIA/);
  });

  it('has AWS asked for no more than the policy demands, and says so', async () => {
    const asked = rehearsal.requests.filter(({ action }) => action === 'AssumeRoleWithSAML');
    expect(asked.map(({ form }) => form.get('PolicyArns.member.1.arn'))).toEqual([readOnly]);
    const popup = await openPopup(firefox);
    await popup.page.locator('.entry-title').click();
    await popup.reads('Your administrator limits this role to: read only.');
    await popup.page.locator('section.card details:nth-last-of-type(2) summary').click();
    await popup.reads('There is nothing narrower to choose.');
    await popup.close();
  });

  it('cannot be turned off or removed by the user', async () => {
    const may = await firefox.system(`
      const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
      const { permissions } = await AddonManager.getAddonByID('${firefoxExtensionId}');
      return [AddonManager.PERM_CAN_DISABLE, AddonManager.PERM_CAN_UNINSTALL].map((one) => (permissions & one) !== 0);
    `);
    expect(may).toEqual([false, false]);
  });

  it('is replaced at the next start once policies.json names another file', async () => {
    const next = join(folder, 'next');
    await cp(`${dist}firefox`, next, { recursive: true });
    const manifest = JSON.parse(await readFile(join(next, 'manifest.json'), 'utf8'));
    await writeFile(join(next, 'manifest.json'), JSON.stringify({ ...manifest, version: '99.0.0' }));
    writeZip(join(folder, 'roleferry-2.xpi'), filesIn(next));
    const before = await keyId();
    await firefox.close();
    firefox = await start('roleferry-2.xpi');
    await expect.poll(version, soon).toBe('99.0.0');
    await logIn();
    await expect.poll(keyId, soon).not.toBe(before);
  });
});
