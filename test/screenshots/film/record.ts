import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'puppeteer';
import { openStage, type Stage } from '../../e2e/stage.ts';
import { startConnectProxy } from '../../rehearsal/connect-proxy.ts';
import { shellEnv } from '../../rehearsal/shell-env.ts';

export const colours = ['light', 'dark'] as const;
export type Colours = (typeof colours)[number];

/** What can be seen of a page, as a PNG in base64, in light and in dark. */
type Pictures = Record<Colours, string>;

/** A place on a page; CSS pixels. */
interface Point {
  x: number;
  y: number;
}

/** The main job as it really went, at the rehearsal AWS: what the film is cut from. */
export interface Recording {
  login: Pictures;
  /** Where the button that logs in is. */
  loginButton: Point;
  console: Pictures;
  /** The popup as it opens, then with each letter of the profile's name. */
  naming: Pictures[];
  saveButton: Point;
  saved: Pictures;
  /** A command that was typed in a terminal, and what it printed. */
  command: string;
  output: string;
}

/** How large the browser's page is in the film; CSS pixels. */
export const pageSize = { width: 828, height: 350 };
export const popupWidth = 400;
const deviceScaleFactor = 2;
const profile = 'dev';

export async function record(): Promise<Recording> {
  const stage = await openStage();
  try {
    const page = await stage.browser.newPage();
    await page.setViewport({ ...pageSize, deviceScaleFactor });
    await page.goto('https://idp.rehearsal.test/?user=alice');
    const login = await pictures(page);
    const button = await page.waitForSelector('button');
    const loginButton = (await button?.clickablePoint()) ?? { x: 0, y: 0 };
    await Promise.all([page.waitForSelector('#role'), page.click('button')]);
    const consolePage = await pictures(page);
    const popup = await stage.openPopup();
    await popup.page.setViewport({ width: popupWidth, height: 200, deviceScaleFactor });
    await popup.profileName();
    const naming = [await pictures(popup.page, true)];
    for (let length = 1; length <= profile.length; length++) {
      await popup.typeProfileName(profile.slice(0, length));
      naming.push(await pictures(popup.page, true));
    }
    const saveButton = await popup.saveButtonAt();
    await popup.press('Save');
    await popup.reads('Saved.');
    // It asks for the sign-in link once, in the place of what was just saved.
    await popup.press('No, thanks');
    await popup.readsNoMore('No, thanks');
    const saved = await pictures(popup.page, true);
    return { login, loginButton, console: consolePage, naming, saveButton, saved, ...(await typed(stage)) };
  } finally {
    await stage.close();
  }
}

async function pictures(page: Page, fullPage = false): Promise<Pictures> {
  const taken: Partial<Pictures> = {};
  for (const colour of colours) {
    await page.bringToFront();
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: colour },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    taken[colour] = await page.screenshot({ fullPage, encoding: 'base64' });
  }
  return taken as Pictures;
}

/** What the AWS CLI says when it asks AWS whose credentials the profile has. */
async function typed({ rehearsal, home }: Stage): Promise<Pick<Recording, 'command' | 'output'>> {
  const command = `aws sts get-caller-identity --profile ${profile}`;
  const proxy = await startConnectProxy(rehearsal);
  try {
    const authorityFile = join(home.path, 'authority.pem');
    await writeFile(authorityFile, rehearsal.caCertificatePem);
    const lines = shellEnv({ home: home.path, bin: '/usr/bin', proxyPort: proxy.port, authorityFile });
    const script = `${lines}export AWS_REGION=eu-central-1\n${command}`;
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', script], { env: home.env });
    return { command, output: stdout };
  } finally {
    await proxy.close();
  }
}
