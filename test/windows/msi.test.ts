import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { needs } from '../needs.ts';
import { Windows } from './wine.ts';

interface Msi {
  executable: string;
  version: string;
  scope: string;
  file: string;
}
const { makeMsi }: { makeMsi: (msi: Msi) => void } = await import(
  new URL('../../scripts/package/msi/make-msi.mjs', import.meta.url).href
);
const missing = needs('wine').missing || needs('wixl').missing;

// A small program of Windows stands in for the executable, which takes half a minute to compress.
describe.skipIf(missing).each([
  ['machine', 'HKLM', 'C:\\Program Files\\Roleferry'],
  ['user', 'HKCU', 'C:\\users\\Jo\\AppData\\Local\\Programs\\Roleferry'],
])('the package of Windows Installer for a %s', (scope, root, folder) => {
  let windows: Windows;
  beforeAll(async () => {
    windows = await Windows.open();
    for (const version of ['0.1.0', '0.2.0']) {
      const executable = join(windows.drive, 'windows/system32/cmd.exe');
      makeMsi({ executable, version, scope, file: join(windows.drive, `${version}.msi`) });
    }
  });
  afterAll(() => windows.close());

  const installer = async (option: string, version: string, ...more: string[]) => {
    const { status } = await windows.run('msiexec', [option, `C:\\${version}.msi`, ...more, '/qn']);
    expect(status).toBe(0);
  };
  const registered = async (browser: string) =>
    (await windows.registryKey(`${root}\\Software\\${browser}\\NativeMessagingHosts\\roleferry`))?.['@'];
  const files = () =>
    ['roleferry.exe', 'roleferry.chromium.json', 'roleferry.firefox.json'].filter((name) =>
      existsSync(windows.linux(`${folder}\\${name}`)),
    );

  it('registers the host with every browser', async () => {
    await installer('/i', '0.1.0');
    expect(files()).toHaveLength(3);
    for (const browser of ['Google\\Chrome', 'Chromium', 'Microsoft\\Edge'])
      expect(await registered(browser)).toBe(`${folder}\\roleferry.chromium.json`);
    expect(await registered('Mozilla')).toBe(`${folder}\\roleferry.firefox.json`);
  });

  it('puts back what is missing, when it is repaired', async () => {
    rmSync(windows.linux(`${folder}\\roleferry.chromium.json`));
    await windows.run('reg', ['delete', `${root}\\Software\\Mozilla\\NativeMessagingHosts\\roleferry`, '/f']);
    // What msiexec /f stands for. Wine's takes no file for /f.
    await installer('/i', '0.1.0', 'REINSTALL=ALL', 'REINSTALLMODE=amus');
    expect(files()).toHaveLength(3);
    expect(await registered('Mozilla')).toBe(`${folder}\\roleferry.firefox.json`);
  });

  it('is replaced by a newer one while the program runs, which goes on', async () => {
    // It ends by itself, if it is let.
    const running = windows.start(`${folder}\\roleferry.exe`, [
      '/c',
      'echo started& ping -n 8 127.0.0.1 >nul& echo ended',
    ]);
    await vi.waitFor(() => expect(running.said().stdout).toContain('started'), { timeout: 30_000 });
    await installer('/i', '0.2.0');
    expect(files()).toHaveLength(3);
    expect(await registered('Mozilla')).toBe(`${folder}\\roleferry.firefox.json`);
    expect((await running.ended).stdout).toContain('ended');
  });

  it('leaves nothing behind', async () => {
    await installer('/x', '0.2.0');
    expect(existsSync(windows.linux(folder))).toBe(false);
    for (const browser of ['Google\\Chrome', 'Chromium', 'Microsoft\\Edge', 'Mozilla'])
      expect(await registered(browser)).toBeUndefined();
  });
});
