import type { Browser, Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { launchChromium } from './chromium.ts';
import { redirectTo } from './fault.ts';
import { makeScratchHome, type ScratchHome } from './scratch-home.ts';
import { type Rehearsal, startRehearsal } from './server.ts';

const toolsAreMissing = needs('chromium').missing || needs('certutil').missing;

describe.skipIf(toolsAreMissing)('a login in a real browser', { timeout: 60_000 }, () => {
  let rehearsal: Rehearsal;
  let home: ScratchHome;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    rehearsal = await startRehearsal();
    home = await makeScratchHome(rehearsal.caCertificatePem);
    browser = await launchChromium({ rehearsal, home });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await rehearsal?.close();
    await home?.close();
  });

  beforeEach(async () => {
    rehearsal.onSignIn = undefined;
    rehearsal.onLogin = undefined;
    page = await browser.newPage();
  });

  afterEach(() => page.close());

  async function logIn(user: string) {
    await page.goto(`https://idp.rehearsal.test/?user=${user}`);
    await Promise.all([page.waitForSelector('#role, [name=roleIndex], [role=alert]'), page.click('button')]);
  }

  const shown = (selector: string) => page.$eval(selector, (element) => element.textContent);

  it('ends in the console at once for someone with one role', async () => {
    await logIn('alice');
    expect(new URL(page.url()).host).toBe('console.aws.amazon.com');
    expect([await shown('#account'), await shown('#role')]).toEqual(['111122223333', 'Developer']);
  });

  it('lets someone with two roles choose, and ends in the console as the one chosen', async () => {
    await logIn('bob');
    const values = await page.$$eval('[name=roleIndex]', (inputs) =>
      inputs.map((input) => input.getAttribute('value')),
    );
    expect(values).toEqual([
      'arn:aws:iam::111122223333:role/Admin',
      'arn:aws:iam::111122223333:role/AdminReadOnly',
    ]);
    await page.click('[value="arn:aws:iam::111122223333:role/AdminReadOnly"]');
    await Promise.all([page.waitForSelector('#role'), page.click('#signin_button')]);
    expect(await shown('#role')).toBe('AdminReadOnly');
  });

  it('goes to the sign-in page and the console of China for a role there', async () => {
    await logIn('lin');
    expect(new URL(page.url()).host).toBe('console.amazonaws.cn');
  });

  it('carries the POST on to a regional sign-in host', async () => {
    rehearsal.onSignIn = redirectTo('us-west-2.signin.aws.amazon.com');
    await logIn('alice');
    expect(new URL(page.url()).host).toBe('us-west-2.console.aws.amazon.com');
  });

  it('needs no second password at the bookmarked address', async () => {
    await logIn('alice');
    await Promise.all([page.waitForSelector('#role'), page.goto('https://idp.rehearsal.test/sso')]);
    expect(await shown('#role')).toBe('Developer');
  });

  it('is told in a sentence when AWS does not accept the response', async () => {
    rehearsal.onLogin = () => ({ audience: 'urn:somebody:else' });
    await logIn('alice');
    expect(await shown('[role=alert]')).toContain('required audience');
  });

  it('signs a visitor of a hostile page in to the stranger’s account without a question', async () => {
    await page.goto('https://prize.rehearsal.test/');
    await page.waitForSelector('#account');
    expect(await shown('#account')).toBe('999988887777');
  });

  it('really checks certificates: a home that does not trust the authority gets no page', async () => {
    const stranger = await makeScratchHome();
    const distrustful = await launchChromium({ rehearsal, home: stranger });
    try {
      const tab = await distrustful.newPage();
      await expect(tab.goto('https://idp.rehearsal.test/')).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
    } finally {
      await distrustful.close();
      await stranger.close();
    }
  });
});
