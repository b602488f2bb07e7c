import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { chromiumExtensionId } from '../../src/core/product.ts';
import { madeExecutable, noExecutables } from '../fixtures/made-executable.ts';
import { needs, skippedBecause } from '../needs.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { type CallOptions, Windows } from './wine.ts';

const { hostManifests }: { hostManifests: () => Record<string, object> } = await import(
  new URL('../../scripts/package/msi/host-manifests.mjs', import.meta.url).href
);
const missing = needs('wine').missing || skippedBecause(noExecutables);
const chromeKey = 'HKCU\\Software\\Google\\Chrome\\NativeMessagingHosts\\roleferry';
const developer = iamArn(accounts.development, 'role/Developer');

describe.skipIf(missing)('roleferry.exe, on a Windows where its user has no Node', () => {
  let windows: Windows;
  let rehearsal: Rehearsal;
  /** As it was downloaded, and as it is installed. */
  let downloaded: string;
  let installed: string;

  beforeAll(async () => {
    const made = await madeExecutable('win-x64');
    windows = await Windows.open();
    rehearsal = await startRehearsal();
    const home = windows.windows(windows.home);
    downloaded = `${home}\\tools\\roleferry.exe`;
    installed = `${home}\\AppData\\Local\\roleferry\\roleferry.exe`;
    mkdirSync(dirname(windows.linux(downloaded)), { recursive: true });
    copyFileSync(made, windows.linux(downloaded));
  }, 180_000);
  afterAll(async () => {
    await windows?.close();
    await rehearsal?.close();
  });

  const manifest = () =>
    JSON.parse(readFileSync(join(dirname(windows.linux(installed)), 'roleferry.chromium.json'), 'utf8'));
  const call = (args: string[], options?: CallOptions) => windows.run(installed, args, options);
  const removed = () => readdirSync(join(windows.home, 'Temp')).filter((name) => name.includes('-removed-'));

  it('says its version', async () => {
    expect(await windows.run(downloaded, ['--version'])).toMatchObject({
      status: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
  });

  it('installs itself, as the host that Chrome starts without a batch file', async () => {
    expect(await windows.run(downloaded, ['install', '--browser', 'chrome'])).toMatchObject({ status: 0 });
    expect(await windows.registryKey(chromeKey)).toEqual({
      '@': `${dirname(installed.replaceAll('\\', '/')).replaceAll('/', '\\')}\\roleferry.chromium.json`,
    });
    expect(manifest().path).toBe(installed);
  });

  it('answers Chrome, and ends when Chrome closes its stdin', async () => {
    const script = windows.windows(fileURLToPath(new URL('start-as-chrome.cjs', import.meta.url)));
    const origin = `chrome-extension://${chromiumExtensionId}/`;
    const { stdout } = await windows.run(windows.node, [script, manifest().path, origin]);
    expect(JSON.parse(stdout)).toMatchObject({ status: 0, answer: { id: 'a', ok: true } });
  });

  it('writes the profile of a login, and gives it to AWS tools', async () => {
    const done = await call(['saml', '--profile', 'dev', '--role-arn', developer], {
      input: rehearsal.issueResponse({ user: 'alice' }),
      env: { AWS_ENDPOINT_URL_STS: rehearsal.stsHttpUrl },
    });
    expect(done).toMatchObject({ status: 0 });
    const { stdout } = await call(['credential-process', '--profile', 'dev']);
    expect(readFileSync(join(windows.home, '.aws/credentials'), 'utf8')).toContain(
      JSON.parse(stdout).AccessKeyId,
    );
  });

  it('is in order, as the doctor finds', async () => {
    const { status, stdout } = await call(['doctor']);
    expect(stdout).toContain('started as Chrome would, the host answers');
    expect(status).toBe(0);
  });

  it('is replaced by a newer one while it runs', async () => {
    const running = windows.start(installed, [
      'exec',
      'dev',
      '--',
      windows.node,
      '-e',
      'setTimeout(() => {}, 4000)',
    ]);
    expect(await windows.run(downloaded, ['install', '--browser', 'chrome'])).toMatchObject({ status: 0 });
    expect((await running.ended).status).toBe(0);
  });

  it('takes itself away although it runs, says where Windows keeps it, and nothing else is left', async () => {
    const { status, stderr } = await call(['uninstall']);
    expect(status).toBe(0);
    expect(await windows.registryKey(chromeKey)).toBeUndefined();
    expect(existsSync(dirname(windows.linux(installed)))).toBe(false);
    for (const name of removed()) expect(stderr).toContain(name);
    await windows.run(downloaded, ['install', '--browser', 'chrome']);
    await windows.run(downloaded, ['uninstall']);
    expect(removed()).toEqual([]);
  });

  it('is in order too where the package for one user put it', async () => {
    const folder = `${dirname(dirname(windows.linux(installed)))}/Programs/Roleferry`;
    mkdirSync(folder, { recursive: true });
    // By it the doctor finds Chrome.
    mkdirSync(join(windows.home, 'AppData/Local/Google/Chrome/User Data'), { recursive: true });
    renameSync(windows.linux(downloaded), join(folder, 'roleferry.exe'));
    for (const [name, content] of Object.entries(hostManifests()))
      writeFileSync(join(folder, name), JSON.stringify(content));
    const value = windows.windows(join(folder, 'roleferry.chromium.json'));
    await windows.run('reg', ['add', chromeKey, '/ve', '/t', 'REG_SZ', '/d', value, '/f']);
    const { status, stdout } = await windows.run(windows.windows(join(folder, 'roleferry.exe')), ['doctor']);
    expect(stdout).toContain('a package has installed the native host');
    expect(stdout).toContain(`Chrome lets the Roleferry extension start the host (${value})`);
    expect(stdout).toContain('started as Chrome would, the host answers');
    expect(status).toBe(0);
  });
});
