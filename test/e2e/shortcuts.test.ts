import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chromiumExtensionId } from '../../src/core/product.ts';
import { needs } from '../needs.ts';
import { startScreen } from '../rehearsal/screen.ts';
import { soon } from '../soon.ts';
import { openInOrder, openStage, type Popup, popupOn, type Stage, savedAs } from './stage.ts';

const run = promisify(execFile);

const tools = (['chromium', 'certutil', 'xvfb', 'xdotool'] as const).map((name) => needs(name));
const missing = tools.some((tool) => tool.missing);

const popupUrl = `chrome-extension://${chromiumExtensionId}/src/popup/index.html`;

// Keys of the extension are the window's, not the page's: they take a window, and real keys.
describe.skipIf(missing)('keyboard shortcuts, pressed in a window', () => {
  let stage: Stage;
  let close: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    await openInOrder(async (keep, closeAll) => {
      vi.stubEnv('DISPLAY', keep(await startScreen()).display);
      stage = keep(await openStage({ headless: false }));
      close = closeAll;
    });
    const page = await stage.logIn('alice');
    const popup = await stage.openPopup();
    await savedAs(popup, 'dev');
    await popup.close();
    await page.bringToFront();
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    await close?.();
  });

  const press = async (keys: string) => {
    const { stdout } = await run('xdotool', ['search', '--onlyvisible', '--class', 'chromium']);
    const [window = ''] = stdout.split('\n');
    await run('xdotool', ['windowfocus', '--sync', window, 'key', keys]);
  };

  /** The popup that the keys open, below the toolbar. */
  const popupByKeys = async (keys: string): Promise<Popup> => {
    const [target] = await Promise.all([
      stage.browser.waitForTarget((one) => one.url() === popupUrl),
      press(keys),
    ]);
    return popupOn(await target.asPage());
  };

  const closedByEscape = async () => {
    const isOpen = () => stage.browser.targets().some((one) => one.url() === popupUrl);
    await run('xdotool', ['key', 'Escape']);
    await vi.waitUntil(() => !isOpen(), soon);
  };

  it('are those that the manifest suggests: the browser has not taken them for itself', async () => {
    const page = await stage.browser.newPage();
    await page.goto(popupUrl);
    const commands = await page.evaluate('chrome.commands.getAll()');
    await page.close();
    expect(commands).toMatchObject([
      { name: '_execute_action', shortcut: 'Alt+Shift+F' },
      { name: 'copy-newest', shortcut: 'Alt+Shift+E' },
    ]);
  });

  const opensWithoutCopying = async () => {
    const popup = await popupByKeys('alt+shift+f');
    await expect.poll(() => popup.text(), soon).toContain('Developer');
    // Copying takes two answers of the background, one after the other.
    const report = "chrome.runtime.sendMessage({ type: 'report' })";
    await popup.page.evaluate(`${report}.then(() => ${report})`);
    expect(await popup.text()).not.toContain('Copied');
    await closedByEscape();
  };

  it('open the popup, which a key closes again', opensWithoutCopying);

  it('copy the newest credentials, and the popup says which', async () => {
    const popup = await popupByKeys('alt+shift+e');
    await expect.poll(() => popup.text(), soon).toContain('Copied: Developer, account 1111-2222-3333');
    await closedByEscape();
    expect(await stage.clipboard()).toMatch(/^export AWS_ACCESS_KEY_ID='ASIA\w+'$/m);
  });

  it('copy nothing when the popup is opened by its own key after that', opensWithoutCopying);

  it('say so where there is nothing to copy', async () => {
    const opened = await stage.openPopup();
    await opened.press('Forget everything now');
    await opened.reads('Forgotten');
    await opened.close();
    const popup = await popupByKeys('alt+shift+e');
    await expect.poll(() => popup.text(), soon).toContain('There are no credentials to copy');
    await closedByEscape();
  });
});
