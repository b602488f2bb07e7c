import { execFile } from 'node:child_process';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hostProcesses, openStage, type Popup, type Stage, savedAs } from '../e2e/stage.ts';
import { needs } from '../needs.ts';
import { userDataDirOf } from '../rehearsal/chromium.ts';
import { writtenProfiles } from '../rehearsal/credentials-watch.ts';
import { hold } from '../rehearsal/fault.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { type AnotherBrowser, extensionDir, openBrowser } from './another-browser.ts';
import { killHostDuringWrite } from './kill-host.ts';
import { letNamesChange, lookIntoMemory } from './memory.ts';
import { isWhole, sessionOf } from './profile-versions.ts';
import { makeReadOnly, mountSmallDisk } from './small-disk.ts';

const missing = needs('chromium').missing || needs('certutil').missing;
const run = promisify(execFile);

describe.skipIf(missing)('what dies under the extension', () => {
  let stage: Stage;
  let popup: Popup;
  let others: AnotherBrowser[];
  let logins: number;

  beforeAll(async () => {
    stage = await openStage();
  });

  afterAll(() => stage?.close());

  beforeEach(async () => {
    others = [];
    logins = 0;
    if (!stage.browser.connected) {
      await stage.close();
      stage = await openStage();
    }
    stage.rehearsal.onLogin = () => {
      logins += 1;
      return { roleSessionName: `login-${logins}` };
    };
    popup = await stage.openPopup();
    await letNamesChange(popup.page);
  });

  afterEach(async () => {
    for (const other of others) await other.close();
    if (stage.browser.connected) await makeNew();
  });

  /** As in the beginning: nothing is open, held, bound or written, and the host is the built one. */
  async function makeNew(): Promise<void> {
    const { page } = await lookIntoMemory(stage);
    for (const other of await stage.browser.pages()) if (other !== page) await other.close();
    await stage.stopWorker();
    await page.evaluate('Promise.all([chrome.storage.local.clear(), chrome.storage.session.clear()])');
    stage.rehearsal.onSts = undefined;
    await expect.poll(() => hostProcesses(stage), soon).toEqual([]);
    await rm(stage.home.credentialsFile, { force: true });
    await rm(join(stage.home.path, '.local'), { recursive: true });
    await stage.installHost();
  }

  const fileOrNothing = () => readFile(stage.home.credentialsFile, 'utf8').catch(() => '');

  /** Whose credentials are in a profile, by the name of the session. */
  const sessionIn = async (profile: string) =>
    sessionOf(writtenProfiles(await fileOrNothing()).find(({ name }) => name === profile));

  async function bindDev(): Promise<void> {
    await stage.logIn('alice');
    await savedAs(popup, 'dev');
  }

  async function openAnother(folder?: string): Promise<AnotherBrowser> {
    const other = await openBrowser(stage, folder);
    others.push(other);
    return other;
  }

  describe('the native host', () => {
    it('killed during a write by itself leaves the file as it was, says so, and Try again goes on', async () => {
      await bindDev();
      await killHostDuringWrite(stage, popup);
      // What has just moved to the top takes no click for half a second; a popup that is opened now does.
      await popup.reopen();
      await popup.press('Try again');
      await popup.reads('Saved.');
      expect(await sessionIn('dev')).toBe('login-2');
    });

    it('installed anew while it is in use ends its work, and the next start is the new one', async () => {
      await stage.logIn('alice');
      await popup.reads('Profile name');
      const newer = join(stage.home.path, 'newer');
      await cp(fileURLToPath(new URL('../../dist/node', import.meta.url)), newer, { recursive: true });
      const host = join(newer, 'native-host.cjs');
      const marker = join(stage.home.path, 'new-host-started');
      const line = `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '');\n`;
      await writeFile(host, line + (await readFile(host, 'utf8')).replace(/^#!.*\n/, ''));

      const lock = await stage.holdWrites();
      await popup.typeProfileName('dev');
      await popup.press('Save');
      await popup.reads('Saving…');
      // Said before the host is asked, which may have to be started for it.
      await expect.poll(() => hostProcesses(stage), soon).toHaveLength(1);
      const [old] = await hostProcesses(stage);
      const { stdout } = await run(
        process.execPath,
        [
          join(newer, 'roleferry.cjs'),
          'install',
          '--browser',
          'chromium',
          '--user-data-dir',
          userDataDirOf(stage.home),
        ],
        { env: stage.home.env },
      );
      expect(stdout).toMatch(/^wrote .*native-host\.cjs/m);
      expect(await hostProcesses(stage)).toEqual([old]);
      await lock.release();
      await popup.reads('Saved.');
      expect(await readdir(stage.home.path)).not.toContain('new-host-started');
      await expect.poll(() => hostProcesses(stage), soon).toEqual([]);
      await stage.logIn('alice');
      await expect.poll(() => sessionIn('dev'), soon).toBe('login-2');
      expect(await readdir(stage.home.path)).toContain('new-host-started');
    });
  });

  describe('the disk', () => {
    const writeTo = (file: string) =>
      stage.roleferry(
        ...['install', '--browser', 'chromium', '--user-data-dir', userDataDirOf(stage.home)],
        ...['--credentials-file', file],
      );

    it('full: the file stays as it was, the popup says so, and Save goes on when there is space', async (test) => {
      const disk = await mountSmallDisk(join(stage.home.path, 'small'));
      if (disk === undefined) return test.skip('only root can mount a small disk');
      try {
        const file = join(disk.path, 'credentials');
        const before = '# mine\n';
        await writeFile(file, before, { mode: 0o600 });
        await writeTo(file);
        await stage.stopWorker();
        await disk.fill();
        await stage.logIn('alice');
        await popup.reads('Profile name');
        await popup.typeProfileName('dev');
        await popup.press('Save');
        await popup.reads('There is no space left to write');
        await expect.poll(() => stage.badge(), soon).toBe('!');
        expect(await readFile(file, 'utf8')).toBe(before);
        expect((await readdir(disk.path)).sort()).toEqual(['credentials', 'filler']);
        await disk.makeSpace();
        await popup.press('Save');
        await popup.reads('Saved.');
        expect(await readFile(file, 'utf8')).toMatch(/^# mine\n\n?\[dev\]\n/);
      } finally {
        disk.close();
      }
    });

    it('read-only: the popup says so, and Save goes on when it can be written to', async () => {
      const folder = dirname(stage.home.credentialsFile);
      await stage.logIn('alice');
      await popup.reads('Profile name');
      await popup.typeProfileName('dev');
      const giveBack = await makeReadOnly(folder);
      try {
        await popup.press('Save');
        await popup.reads('cannot be written');
        expect(await readdir(folder)).toEqual([]);
      } finally {
        await giveBack();
      }
      await popup.press('Save');
      await popup.reads('Saved.');
      expect(await sessionIn('dev')).toBe('login-1');
    });
  });

  describe('the browser', () => {
    /** After a restart it knows nothing of the login during which it died, and delivers the next one automatically. */
    async function expectToStartAfresh(): Promise<void> {
      const again = await openAnother();
      await again.popupReads('Log in to the AWS console as usual.');
      expect(isWhole(await fileOrNothing())).toBe(true);
      await again.logIn('alice');
      await expect.poll(() => sessionIn('dev'), soon).toBe(`login-${logins}`);
      await again.popupReads('min left');
    }

    it('killed while STS is asked writes nothing of that login', async () => {
      await bindDev();
      const before = await fileOrNothing();
      const { hook, release } = hold();
      stage.rehearsal.onSts = hook;
      await stage.logIn('alice');
      await popup.reads('Asking AWS');
      const closed = new Promise((resolve) => stage.browser.once('disconnected', resolve));
      stage.browser.process()?.kill('SIGKILL');
      await closed;
      stage.rehearsal.onSts = undefined;
      release();
      expect(await fileOrNothing()).toBe(before);
      await expectToStartAfresh();
    });

    it('closed during the write leaves no half of it', async () => {
      await bindDev();
      const lock = await stage.holdWrites();
      await stage.logIn('alice');
      await popup.reads('Saving…');
      await stage.browser.close();
      await lock.release();
      await expectToStartAfresh();
      // The lock goes after the file has come.
      await expect.poll(() => readdir(dirname(stage.home.credentialsFile)), soon).toEqual(['credentials']);
    });

    it('asleep while the credentials end shows them as expired, gives them to nobody, and drops them', async () => {
      await popup.close();
      const memory = await lookIntoMemory(stage);
      await stage.logIn('alice');
      await expect.poll(() => memory.stepOf('login-1'), soon).toBe('none');
      expect(await memory.all()).toContain('secretAccessKey');
      // Nothing runs on a machine that sleeps, and its alarms ring some time after it is awake.
      await stage.stopWorker();
      await memory.page.evaluate('chrome.alarms.clearAll()');
      await memory.letPass(24 * 3600);
      const late = await stage.openPopup();
      await late.reads('expired');
      expect(await late.text()).not.toMatch(/Copy as env vars|Save/);
      await expect.poll(memory.all, soon).not.toMatch(/secretAccessKey|sessionToken/);
    });

    it('with the extension loaded anew in the middle keeps its bindings and delivers the next login', async () => {
      await bindDev();
      const lock = await stage.holdWrites();
      await stage.logIn('alice');
      await popup.reads('Saving…');
      await stage.browser.installExtension(extensionDir);
      await lock.release();
      const after = await stage.openPopup();
      await after.reads('Log in to the AWS console as usual.');
      expect(isWhole(await fileOrNothing())).toBe(true);
      await stage.logIn('alice');
      await after.reads('Saved.');
      expect(await sessionIn('dev')).toBe('login-3');
    });
  });

  describe('at the same moment', () => {
    const issuer = 'https://idp.rehearsal.test/metadata';
    const providerArn = iamArn(accounts.development, 'saml-provider/Rehearsal');

    /** Binds roles in a browser, as if the user had done it before. */
    async function bind({ browser }: Pick<Stage, 'browser'>, roles: Record<string, string>): Promise<void> {
      const bindings = Object.entries(roles).map(([name, profile]) => ({
        issuer,
        providerArn,
        roleArn: iamArn(accounts.development, `role/${name}`),
        profile,
      }));
      const { page } = await lookIntoMemory({ browser });
      await page.evaluate(`chrome.storage.local.set(${JSON.stringify({ bindings })})`);
      await page.close();
    }

    const onlyAdmin = {
      roles: [{ role: iamArn(accounts.development, 'role/Admin'), provider: providerArn }],
    };

    it.each([
      ['two profiles', 'admin', ['dev', 'admin']],
      ['one profile', 'dev', ['dev']],
    ])('two browsers that write %s lose nothing', async (_, second, profiles) => {
      stage.rehearsal.onLogin = ({ name }) => ({
        roleSessionName: name,
        ...(name === 'bob' && second === 'admin' ? onlyAdmin : {}),
        ...(name === 'bob' && second === 'dev'
          ? { roles: [{ role: iamArn(accounts.development, 'role/Developer'), provider: providerArn }] }
          : {}),
      });
      const other = await openAnother('second');
      await bind(stage, { Developer: 'dev' });
      await bind(other, second === 'admin' ? { Admin: 'admin' } : { Developer: 'dev' });
      const lock = await stage.holdWrites();
      const memories = [await lookIntoMemory(stage), await lookIntoMemory(other)] as const;
      await Promise.all([stage.logIn('alice'), other.logIn('bob')]);
      await expect.poll(() => memories[0].stepOf('alice'), soon).toBe('writing');
      await expect.poll(() => memories[1].stepOf('bob'), soon).toBe('writing');
      await lock.release();
      await expect.poll(() => memories[0].stepOf('alice'), soon).toBe('written');
      await expect.poll(() => memories[1].stepOf('bob'), soon).toBe('written');
      const file = await fileOrNothing();
      expect(isWhole(file)).toBe(true);
      expect(
        writtenProfiles(file)
          .map(({ name }) => name)
          .sort(),
      ).toEqual(profiles.sort());
      if (second === 'admin') {
        expect(await sessionIn('dev')).toBe('alice');
        expect(await sessionIn('admin')).toBe('bob');
      } else expect(['alice', 'bob']).toContain(await sessionIn('dev'));
    });

    it('two windows that log in with two roles both have their profiles', async () => {
      stage.rehearsal.onLogin = ({ name }) => ({
        roleSessionName: name,
        ...(name === 'bob' ? onlyAdmin : {}),
      });
      await bind(stage, { Developer: 'dev', Admin: 'admin' });
      const openWindow = async (user: string): Promise<Page> => {
        const url = `https://idp.rehearsal.test/?user=${user}`;
        await popup.page.evaluate(`chrome.windows.create({ url: ${JSON.stringify(url)} }).then(() => {})`);
        const target = await stage.browser.waitForTarget((one) => one.url() === url);
        const page = await target.page();
        if (page === null) throw new Error('A window without a page.');
        await page.waitForSelector('button');
        return page;
      };
      const pages = [await openWindow('alice'), await openWindow('bob')];
      const asked = () => stage.rehearsal.requests.filter(({ action }) => action === 'AssumeRoleWithSAML');
      const before = asked().length;
      const { hook, release } = hold();
      stage.rehearsal.onSts = hook;
      await Promise.all(pages.map((page) => page.evaluate(() => document.querySelector('button')?.click())));
      await expect.poll(() => asked().length, soon).toBe(before + 2);
      release();
      await expect.poll(() => sessionIn('dev'), soon).toBe('alice');
      await expect.poll(() => sessionIn('admin'), soon).toBe('bob');
      expect(isWhole(await fileOrNothing())).toBe(true);
    });
  });
});
