import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stage as CliStage } from '../acceptance/cli-stage.ts';
import { needs } from '../needs.ts';
import { launchChromium } from '../rehearsal/chromium.ts';
import { makeScratchHome } from '../rehearsal/scratch-home.ts';
import { startRehearsal } from '../rehearsal/server.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { makeNotingBrowser, type NotingBrowser } from './noting-browser.ts';
import { openInOrder } from './stage.ts';

const cli = fileURLToPath(new URL('../../dist/node/roleferry.cjs', import.meta.url));
const missing = needs('chromium').missing || needs('certutil').missing;
const deploy = iamArn(accounts.production, 'role/Deploy');

describe.skipIf(missing)('the console, from the terminal', () => {
  let stage: { cli: CliStage; browser: Browser; noting: NotingBrowser; close(): Promise<void> };

  beforeAll(async () => {
    stage = await openInOrder(async (keep, close) => {
      const rehearsal = keep(await startRehearsal());
      const home = keep(await makeScratchHome(rehearsal.caCertificatePem));
      const browser = keep(await launchChromium({ rehearsal, home }));
      const noting = await makeNotingBrowser(home);
      return { cli: new CliStage(rehearsal, home, [process.execPath, cli]), browser, noting, close };
    });
    const input = stage.cli.rehearsal.issueResponse({ user: 'alice' });
    await stage.cli.run(['saml', '--profile', 'dev'], { input });
    await stage.cli.run(['user', deploy, 'alice', '--source-profile', 'dev', '--profile', 'deploy']);
  });

  afterAll(() => stage?.close());

  /** Runs the command; the browser goes where it is sent. */
  async function open(...args: string[]) {
    const env = { ...stage.noting.env, AWS_ENDPOINT_URL_SIGNIN: stage.cli.rehearsal.stsHttpUrl };
    const ended = stage.cli.run(['console', ...args], { env });
    const address = await stage.noting.address();
    const page = await stage.browser.newPage();
    await page.goto(address);
    // biome-ignore lint/performance/useDomNodeTextContent: only what is rendered is read by a person
    const shown = await page.$eval('body', (body) => body.innerText);
    const url = new URL(page.url());
    return { ...(await ended), address, page, shown, at: url.origin + url.pathname };
  }

  it('is open at the service in the browser, as the role of the profile', async () => {
    const { status, address, page, shown, at } = await open('dev', '--service', 's3');
    expect({ status, at }).toEqual({ status: 0, at: 'https://console.aws.amazon.com/s3/home' });
    expect(shown).toContain('You are signed in.');
    expect(shown).toMatch(/111122223333\s.*Developer\s.*alice/s);
    await expect(page.goto(address)).rejects.toThrow('ERR_CONNECTION_REFUSED');
    await page.close();
  });

  it('is open as a second role', async () => {
    const { status, shown, page } = await open('deploy');
    expect(status).toBe(0);
    expect(shown).toMatch(/444455556666\s.*Deploy\s.*alice/s);
    await page.close();
  });
});
