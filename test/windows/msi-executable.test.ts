import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { madeExecutable, noExecutables } from '../fixtures/made-executable.ts';
import { needs, skippedBecause } from '../needs.ts';
import { ensureTemplate } from './prefix.ts';
import { Windows } from './wine.ts';

const { makeMsi }: { makeMsi: (msi: Record<string, string>) => void } = await import(
  new URL('../../scripts/package/msi/make-msi.mjs', import.meta.url).href
);
const missing = needs('wine').missing || needs('wixl').missing || skippedBecause(noExecutables);

describe.skipIf(missing).each([
  ['machine', 'C:\\Program Files\\Roleferry'],
  ['user', 'C:\\users\\Jo\\AppData\\Local\\Programs\\Roleferry'],
])('the package for a %s, with roleferry.exe in it', (scope, folder) => {
  let windows: Windows;
  beforeAll(async () => {
    await ensureTemplate();
    windows = await Windows.open();
    // By it the doctor finds Chrome.
    mkdirSync(join(windows.home, 'AppData/Local/Google/Chrome/User Data'), { recursive: true });
    makeMsi({
      executable: await madeExecutable('win-x64'),
      version,
      scope,
      file: join(windows.drive, 'roleferry.msi'),
    });
  }, 300_000);
  afterAll(() => windows.close());

  const installer = async (option: string) => {
    const { status } = await windows.run('msiexec', [option, 'C:\\roleferry.msi', '/qn']);
    expect(status).toBe(0);
  };

  it('leaves nothing to do: the doctor finds the host in order', async () => {
    await installer('/i');
    const { status, stdout } = await windows.run(`${folder}\\roleferry.exe`, ['doctor']);
    expect(stdout).toContain(`Chrome lets the Roleferry extension start the host (${folder}\\`);
    expect(stdout).toContain(`started as Chrome would, the host answers: version ${version}`);
    expect(status).toBe(0);
  });

  it('is gone when it is removed', async () => {
    await installer('/x');
    expect(existsSync(windows.linux(folder))).toBe(false);
  });
});
