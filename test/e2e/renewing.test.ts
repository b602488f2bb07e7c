import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { needs } from '../needs.ts';
import { type NotificationDaemon, startNotificationDaemon } from '../rehearsal/notification-daemon.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { type ExtensionPage, openExtensionPage } from './extension-page.ts';
import { openInOrder, openStage, type Stage } from './stage.ts';

const tools = (['chromium', 'certutil', 'dbus'] as const).map((name) => needs(name));
const missing = tools.some((tool) => tool.missing);

const issuer = 'https://idp.rehearsal.test/metadata';
const link = 'https://idp.rehearsal.test/sso';
const developer = {
  roleArn: iamArn(accounts.development, 'role/Developer'),
  providerArn: iamArn(accounts.development, 'saml-provider/Rehearsal'),
};

describe.skipIf(missing)('renewing through the sign-in link of an identity provider', () => {
  let desktop: NotificationDaemon;
  let stage: Stage;
  let extension: ExtensionPage;
  let close: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    await openInOrder(async (keep, closeAll) => {
      desktop = keep(await startNotificationDaemon());
      vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', desktop.busAddress);
      stage = keep(await openStage());
      close = closeAll;
    });
    extension = await openExtensionPage(stage);
    await stage.logIn('alice');
    const isReady = async () => (await extension.view()).logins[0]?.roles[0]?.state === 'ready';
    await vi.waitUntil(isReady, soon);
    const [login] = (await extension.view()).logins;
    const save = { type: 'save', loginId: login?.id ?? '', role: developer, profile: 'dev' } as const;
    await extension.ask({ ...save, takeOver: false, replace: false });
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    await close?.();
  });

  const renewals = async () => (await extension.view()).renewals;
  const idpTabs = async () =>
    (await stage.browser.pages()).filter((page) => page.url().startsWith('https://idp.rehearsal.test/'));

  /** Makes the held credentials so old that they expire in `minutes`; the worker restarts. */
  async function endIn(minutes: number): Promise<void> {
    await stage.stopWorker();
    await extension.page.evaluate(async (left) => {
      const { storage } = (globalThis as unknown as { chrome: { storage: Storage } }).chrome;
      const { logins } = await storage.session.get<StoredLogin>('logins');
      for (const session of logins.flatMap((login) => login.sessions)) {
        session.startedAt = Date.now() - 3_000_000;
        session.endsAt = Date.now() + left * 60_000;
      }
      await storage.session.set({ logins });
    }, minutes);
    await extension.view();
  }

  const notifications = () =>
    extension.page.evaluate(() =>
      (
        globalThis as unknown as { chrome: { notifications: { getAll(): Promise<object> } } }
      ).chrome.notifications.getAll(),
    );

  /** Clicks on a button of the only notification, on the desktop; `Activate` is the notification itself. */
  async function click(button: string): Promise<void> {
    const notification = await vi.waitUntil(() => desktop.shown()[0], soon);
    desktop.click(notification, notification.buttons[button] ?? `There is no button ${button}.`);
  }

  it('is refused where no link is set, and nothing is opened', async () => {
    const tabs = (await stage.browser.pages()).length;
    expect(await extension.ask({ type: 'renew', issuer })).toMatchObject({
      failure: { code: 'issuer-link-missing' },
    });
    expect((await stage.browser.pages()).length).toBe(tabs);
  });

  it('takes new credentials by itself while the session there lives, and closes its tab', async () => {
    await extension.ask({ type: 'change-settings', settings: { signInLinks: { [issuer]: link } } });
    const before = await stage.credentialsFile();
    const tabs = (await stage.browser.pages()).length;
    expect(await extension.ask({ type: 'renew', issuer })).toEqual({ ok: true });
    await expect.poll(() => stage.credentialsFile(), soon).not.toBe(before);
    await expect.poll(async () => (await stage.browser.pages()).length, soon).toBe(tabs);
    await expect.poll(renewals, soon).toEqual([]);
    expect((await extension.view()).history).toContainEqual(
      expect.objectContaining({ what: 'renew', outcome: 'done', issuer }),
    );
  });

  it('is offered ten minutes before the end, once, and the badge says how much is left', async () => {
    await endIn(9);
    await expect.poll(notifications, soon).toEqual({ [`ending ${issuer}`]: true });
    await expect.poll(() => stage.badge(), soon).toBe('9m');
    const before = await stage.credentialsFile();
    await expect
      .poll(() => desktop.shown(), soon)
      .toMatchObject([{ title: 'AWS credentials expire soon', text: expect.stringContaining('dev') }]);
    await click('Renew');
    await expect.poll(() => stage.credentialsFile(), soon).not.toBe(before);
    await expect.poll(notifications, soon).toEqual({});
    await expect.poll(() => desktop.shown(), soon).toEqual([]);
    await expect.poll(() => stage.badge(), soon).toBe('1');
  });

  it('happens by itself, and nothing is said, once the user has turned that on and is at work', async () => {
    const options = await stage.openPopup('options');
    await options.page.bringToFront();
    await options.page.locator('#keep-fresh').click();
    await options.reads('Saved');
    await options.close();
    const before = await stage.credentialsFile();
    await endIn(9);
    await expect.poll(() => stage.credentialsFile(), soon).not.toBe(before);
    await expect.poll(renewals, soon).toEqual([]);
    expect(desktop.shown()).toEqual([]);
    await extension.ask({ type: 'change-settings', settings: { keepFresh: false } });
  });

  it('gives up visibly when the identity provider asks for a password, and asks for it but once', async () => {
    const session = await extension.page.createCDPSession();
    await session.send('Network.clearBrowserCookies');
    await extension.ask({ type: 'renew', issuer });
    expect(await renewals()).toEqual([{ issuer, state: 'opening' }]);
    await expect.poll(async () => (await idpTabs()).length, soon).toBe(1);
    await extension.ask({ type: 'renew', issuer });
    expect(await idpTabs()).toHaveLength(1);
    // A restarted worker reads what is stored.
    await stage.stopWorker();
    await extension.page.evaluate(async () => {
      const { storage, alarms } = (globalThis as unknown as { chrome: { storage: Storage; alarms: Alarms } })
        .chrome;
      const { renewals: open } = await storage.session.get<{ openedAt: number }>('renewals');
      await storage.session.set({ renewals: open.map((one) => ({ ...one, openedAt: 0 })) });
      await alarms.create('renewal', { when: Date.now() });
    });
    await expect.poll(renewals, soon).toEqual([{ issuer, state: 'needs-you' }]);
    await expect.poll(notifications, soon).toEqual({ [`needs-you ${issuer}`]: true });
    await expect.poll(() => stage.badge(), soon).toBe('?');
  });

  it('is settled by the login of the user in that tab, which a click brings to the front, and which stays open', async () => {
    const before = await stage.credentialsFile();
    const [tab] = await idpTabs();
    const isInFront = () => tab?.evaluate(() => document.visibilityState);
    await extension.page.bringToFront();
    expect(await isInFront()).toBe('hidden');
    await click('Activate');
    // All at once, so that a failure tells what happened to the click.
    const state = async () => [await isInFront(), (await idpTabs()).length, ...(await renewals())];
    await expect.poll(state, soon).toEqual(['visible', 1, { issuer, state: 'needs-you' }]);
    await Promise.all([tab?.waitForSelector('#role'), tab?.click('button')]);
    await expect.poll(() => stage.credentialsFile(), soon).not.toBe(before);
    await expect.poll(renewals, soon).toEqual([]);
    await expect.poll(notifications, soon).toEqual({});
    await expect.poll(() => stage.badge(), soon).toBe('1');
    expect(tab?.isClosed()).toBe(false);
  });
});

interface StoredLogin {
  sessions: { startedAt: number; endsAt: number }[];
}

interface Storage {
  session: {
    get<T>(key: string): Promise<Record<string, T[]> & { logins: T[]; renewals: T[] }>;
    set(values: object): Promise<void>;
  };
}

interface Alarms {
  create(name: string, options: { when: number }): Promise<void>;
}
