import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { type ExtensionPage, openExtensionPage } from './extension-page.ts';
import { openStage, type Stage } from './stage.ts';

const missing = needs('chromium').missing || needs('certutil').missing;

const developer = {
  roleArn: iamArn(accounts.development, 'role/Developer'),
  providerArn: iamArn(accounts.development, 'saml-provider/Rehearsal'),
};

describe.skipIf(missing)('what happened', () => {
  let stage: Stage;
  let extension: ExtensionPage;

  beforeAll(async () => {
    stage = await openStage({ host: false });
    extension = await openExtensionPage(stage);
  });

  afterAll(() => stage?.close());

  const history = async () =>
    (await extension.view()).history.map(({ what, outcome }) => `${what} ${outcome}`);

  async function save(profile: string): Promise<void> {
    const [login] = (await extension.view()).logins;
    const message = { type: 'save', loginId: login?.id ?? '', role: developer, profile } as const;
    await extension.ask({ ...message, takeOver: false, replace: false });
  }

  const stored = () =>
    extension.page.evaluate(async () => {
      const { storage } = (
        globalThis as unknown as {
          chrome: { storage: { local: { get(): Promise<{ history?: object[] }> } } };
        }
      ).chrome;
      return JSON.stringify((await storage.local.get()).history ?? []);
    });

  it('can be looked into, failures with their reasons', async () => {
    await stage.logIn('alice');
    await expect.poll(history, soon).toEqual(['exchange done', 'login done']);
    await save('dev');
    await stage.installHost();
    await save('dev');
    expect(await history()).toEqual(['write done', 'write failed', 'exchange done', 'login done']);
    const [, refused] = (await extension.view()).history;
    expect(refused).toMatchObject({
      accountId: accounts.development,
      roleName: 'Developer',
      profile: 'dev',
      failure: { code: 'host-not-installed' },
    });
  });

  it('leaves of a stranger’s login nothing on the disk', async () => {
    const page = await stage.browser.newPage();
    await page.goto('https://prize.rehearsal.test/');
    await expect
      .poll(async () => (await extension.view()).history.map(({ accountId }) => accountId), soon)
      .toContain(accounts.attacker);
    expect(JSON.parse(await stored())).toHaveLength(1);
    expect(await stored()).not.toMatch(/prize|999988887777/);
    expect(await stage.credentialsFile()).not.toContain(accounts.attacker);
  });

  it('is reported without a name and without a whole number', async () => {
    await expect.poll(async () => (await extension.view()).host, soon).toBeDefined();
    const report = await extension.ask({ type: 'report' });
    const text = report.ok ? report.value : '';
    expect(text).toContain('write  failed  account …3333  profile 1  host-not-installed');
    expect(text).toMatch(/Host: \d+\.\d+\.\d+/);
    expect(text).not.toMatch(/\d{12}|\bdev\b|Developer|rehearsal\.test|alice/);
  });

  it('never holds a secret', async () => {
    const file = await stage.credentialsFile();
    const secrets = [...file.matchAll(/ = (\S+)/g)].map(([, value = '']) => value);
    const shown = JSON.stringify((await extension.view()).history) + (await stored());
    expect(secrets.length).toBeGreaterThan(3);
    for (const secret of secrets.slice(0, 3)) expect(shown).not.toContain(secret);
  });

  it('can be cleared', async () => {
    await extension.ask({ type: 'clear-history' });
    expect(await history()).toEqual([]);
    expect(await stored()).toBe('[]');
  });
});
