import { execFile } from 'node:child_process';
import { copyFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenBrowser, openChromium, prepareChromium } from '../acceptance/chromium-browser.ts';
import { madeExecutable, noExecutables } from '../fixtures/made-executable.ts';
import { needs, skippedBecause } from '../needs.ts';
import { makeScratchHome, type ScratchHome } from '../rehearsal/scratch-home.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';
import { soon } from '../soon.ts';
import { hostProcesses, savedAs } from './stage.ts';

const run = promisify(execFile);
const missing = needs('chromium').missing || needs('certutil').missing || skippedBecause(noExecutables);

describe.skipIf(missing)('the single executable, with Chromium and without Node', () => {
  let rehearsal: Rehearsal;
  let home: ScratchHome;
  let browser: OpenBrowser | undefined;
  let download: string;

  beforeAll(async () => {
    rehearsal = await startRehearsal();
    home = await makeScratchHome(rehearsal.caCertificatePem);
    await prepareChromium(home);
    download = join(home.path, 'roleferry');
    await copyFile(await madeExecutable('linux-x64'), download);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await home?.close();
    await rehearsal?.close();
  });

  /** With a PATH that has no Node. */
  const roleferry = (...args: string[]) =>
    run(download, args, { cwd: home.path, env: { ...home.env, PATH: '/nowhere' } });
  const hostFolder = () => join(home.path, '.local/share/roleferry');
  const credentials = () => readFile(home.credentialsFile, 'utf8');

  it('registers itself, and says which click is left', async () => {
    const { stdout, stderr } = await roleferry('install');
    expect(stdout).toContain(`wrote ${hostFolder()}/roleferry.bin (the host itself)\n`);
    expect(stderr).toContain(`\n  ${hostFolder()}/extension/chromium\n`);
    expect(stderr).toContain('then: ./roleferry doctor');
  });

  it('writes the profile of a login as the host', async () => {
    browser = await openChromium(rehearsal, home, join(hostFolder(), 'extension/chromium'));
    await browser.logIn('alice');
    const popup = await browser.openPopup();
    await savedAs(popup, 'dev');
    await popup.close();
    expect(await credentials()).toMatch(/^\[dev\]\naws_access_key_id = ASIA/);
    expect(await hostProcesses({ home })).not.toEqual([]);
  });

  it('is in order by its own doctor, which speaks of no Node', async () => {
    const { stdout } = await roleferry('doctor');
    expect(stdout).toContain('the host needs no Node');
    expect(stdout).toContain('started as Chromium would, the host answers');
    expect(stdout).not.toContain('✗');
  });

  it('gives AWS tools the credentials of the next login', async () => {
    await roleferry('configure-process', 'dev');
    await browser?.logIn('alice');
    const [, line = ''] = /^credential_process = (.*)$/m.exec(await readFile(home.configFile, 'utf8')) ?? [];
    expect(line).toContain(`${hostFolder()}/roleferry credential-process`);
    const given = async () =>
      JSON.parse((await run('/bin/sh', ['-c', line], { env: home.env })).stdout).AccessKeyId;
    await expect.poll(given, soon).toMatch(/^ASIA/);
  });

  it('is replaced by an update while the browser has the old host open', async () => {
    await browser?.logIn('alice');
    await expect.poll(() => hostProcesses({ home }), soon).not.toEqual([]);
    await rm(join(hostFolder(), 'roleferry-host'));
    const { stdout } = await roleferry('install');
    expect(stdout).toContain(`wrote ${hostFolder()}/roleferry-host`);
  });

  it('leaves nothing behind but the profiles when it uninstalls itself', async () => {
    await browser?.close();
    browser = undefined;
    const { stdout } = await roleferry('uninstall');
    expect(stdout).toContain(`removed ${hostFolder()}\n`);
    expect(await readdir(home.path)).not.toContain('.local');
    expect(await credentials()).toContain('[dev]');
  });
});
