import { existsSync, linkSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumExtensionId } from '../../src/core/product.ts';
import { needs } from '../needs.ts';
import { Windows } from './wine.ts';

const { missing } = needs('wine');
const chromeKey = 'HKCU\\Software\\Google\\Chrome\\NativeMessagingHosts\\roleferry';
const firefoxKey = 'HKCU\\Software\\Mozilla\\NativeMessagingHosts\\roleferry';
const origin = `chrome-extension://${chromiumExtensionId}/`;

// Wine's cmd.exe, unlike that of Windows, loses a % in a path of a batch file.
describe.skipIf(missing)('roleferry on Windows, for a user with an unusual name', () => {
  let windows: Windows;
  let folder: string;
  beforeAll(async () => {
    windows = await Windows.open({ user: 'Jörg & Co (x) ^!' });
    folder = `${windows.windows(windows.home)}\\AppData\\Local\\roleferry`;
  });
  afterAll(() => windows.close());

  const install = (browser: string) => windows.roleferry(['install', '--browser', browser]);
  const askAsChrome = async (...args: string[]) => {
    const script = windows.windows(fileURLToPath(new URL('start-as-chrome.cjs', import.meta.url)));
    const host = JSON.parse(readFileSync(windows.linux(`${folder}\\roleferry.chromium.json`), 'utf8')).path;
    const { stdout, stderr } = await windows.run(windows.node, [script, host, ...args]);
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  };

  it('registers the host with browsers in the registry', async () => {
    for (const browser of ['chrome', 'firefox']) {
      expect(await install(browser)).toMatchObject({ status: 0, stderr: '' });
    }
    expect(await windows.registryKey(chromeKey)).toEqual({
      '@': `${folder}\\roleferry.chromium.json`,
    });
    expect(await windows.registryKey(firefoxKey)).toEqual({
      '@': `${folder}\\roleferry.firefox.json`,
    });
  });

  it('finds at a second time that all is there', async () => {
    const { status, stdout } = await install('chrome');
    expect(status).toBe(0);
    expect(stdout).toContain(`kept  ${chromeKey}`);
    expect(stdout).not.toMatch(/^wrote/m);
  });

  it('is in order, as the doctor finds', async () => {
    const { status, stdout } = await windows.roleferry(['doctor']);
    expect(stdout).toContain('started as Chrome would, the host answers');
    expect(stdout).toContain('started as Firefox would, the host answers');
    expect(stdout).toMatch(/\nno problems found\n$/);
    expect(status).toBe(0);
  });

  it('has a host that answers Chrome, and ends when Chrome closes its stdin', async () => {
    expect(await askAsChrome(origin, '--parent-window=0')).toMatchObject({
      status: 0,
      answer: {
        id: 'a',
        ok: true,
        value: { credentialsFile: `${windows.windows(windows.home)}\\.aws\\credentials` },
      },
    });
  });

  it('has a host that refuses another extension', async () => {
    const other = `chrome-extension://${'a'.repeat(32)}/`;
    expect(await askAsChrome(other, '--parent-window=0')).toMatchObject({
      status: 1,
      answer: { ok: false, failure: { code: 'origin-not-allowed' } },
    });
  });

  it('starts the host on a Node in the folder of this user', async () => {
    const node = `${windows.windows(windows.home)}\\scoop\\apps\\nodejs\\node.exe`;
    mkdirSync(dirname(windows.linux(node)), { recursive: true });
    linkSync(windows.linux(windows.node), windows.linux(node));
    const done = await windows.run(node, [
      windows.product('roleferry.cjs'),
      'install',
      '--browser',
      'chrome',
    ]);
    expect(done).toMatchObject({ status: 0, stderr: '' });
    expect((await windows.roleferry(['doctor'])).stdout).toContain(`the host runs on Node 20.20.2, ${node}`);
    expect(await askAsChrome(origin)).toMatchObject({ status: 0, answer: { ok: true } });
  });

  it('takes away all that it made', async () => {
    expect(await windows.roleferry(['uninstall'])).toMatchObject({ status: 0 });
    expect(await windows.registryKey(chromeKey)).toBeUndefined();
    expect(await windows.registryKey(firefoxKey)).toBeUndefined();
    expect(existsSync(join(windows.home, 'AppData/Local/roleferry'))).toBe(false);
  });
});
