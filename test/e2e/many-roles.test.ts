import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { hold, stsError } from '../rehearsal/fault.ts';
import { accounts, iamArn, userNamed } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { type ExtensionPage, openExtensionPage } from './extension-page.ts';
import { openStage, type Stage } from './stage.ts';

const missing = needs('chromium').missing || needs('certutil').missing;

const provider = iamArn(accounts.development, 'saml-provider/Rehearsal');
const names = Array.from({ length: 200 }, (_, index) => `Service-${String(index + 1).padStart(3, '0')}`);
const roleOf = (name: string) => ({
  roleArn: iamArn(accounts.development, `role/${name}`),
  providerArn: provider,
});

describe.skipIf(missing)('two hundred roles in one assertion', () => {
  let stage: Stage;
  let extension: ExtensionPage;

  beforeAll(async () => {
    stage = await openStage();
    const { world } = stage.rehearsal;
    for (const name of names) {
      const arn = iamArn(accounts.development, `role/${name}`);
      world.roles.push({ arn, maxSessionDuration: 3600, trusts: [provider] });
    }
    userNamed(world, 'dave').user.roles = names.map((name) => ({
      role: iamArn(accounts.development, `role/${name}`),
      provider,
    }));
    extension = await openExtensionPage(stage);
  });

  afterAll(() => stage?.close());

  const asked = () =>
    stage.rehearsal.requests
      .filter(({ action }) => action === 'AssumeRoleWithSAML')
      .map(({ form }) => form.get('RoleArn') ?? '');

  const profilesWritten = async () =>
    [...(await stage.credentialsFile()).matchAll(/^\[(.+)\]$/gm)].map(([, name]) => name);

  it('are all offered, and twelve of them are saved at once, each with its own result', async () => {
    await stage.logIn('dave');
    await expect.poll(async () => (await extension.view()).logins[0]?.roles.length, soon).toBe(200);
    stage.rehearsal.onSts = ({ form }) =>
      form.get('RoleArn')?.endsWith('-005') ? stsError(403, 'AccessDenied', 'Not authorized') : undefined;
    const [login] = (await extension.view()).logins;
    const roles = names.slice(0, 12).map((name) => ({ role: roleOf(name), profile: name.toLowerCase() }));
    expect(await extension.ask({ type: 'save-many', loginId: login?.id ?? '', roles })).toEqual({ ok: true });
    const after = (await extension.view()).logins[0]?.roles ?? [];
    expect(after.filter(({ state }) => state === 'saved')).toHaveLength(11);
    expect(after.filter(({ state }) => state === 'offered')).toHaveLength(188);
    expect(after.find(({ state }) => state === 'failed')).toMatchObject({
      roleName: 'Service-005',
      profile: 'service-005',
      failure: { code: 'sts-access-denied' },
    });
    expect(await profilesWritten()).toHaveLength(11);
    await expect.poll(() => stage.badge(), soon).toBe('!');
  });

  it('are refreshed together where they are bound, at the next login, without a click', async () => {
    stage.rehearsal.onSts = undefined;
    stage.rehearsal.requests.length = 0;
    const before = await stage.credentialsFile();
    await stage.logIn('dave');
    // Before that the newest login may still be the first, with as many that are saved.
    await expect.poll(() => stage.credentialsFile(), soon).not.toBe(before);
    await expect
      .poll(
        async () => (await extension.view()).logins[0]?.roles.filter(({ state }) => state === 'saved').length,
        soon,
      )
      .toBe(11);
    expect(asked()).toHaveLength(11);
    expect(await profilesWritten()).toHaveLength(11);
    await expect.poll(() => stage.badge(), soon).toBe('11');
  });

  it('are all at STS before it answers, more than a browser opens connections of one sort', async () => {
    const { hook, release } = hold();
    stage.rehearsal.onSts = hook;
    stage.rehearsal.requests.length = 0;
    const before = await stage.credentialsFile();
    try {
      await stage.logIn('dave');
      await expect.poll(() => asked().length, soon).toBe(11);
    } finally {
      stage.rehearsal.onSts = undefined;
      release();
    }
    await expect.poll(() => stage.credentialsFile(), soon).not.toBe(before);
  });

  it('go on after a stop of the worker in the middle', async () => {
    await extension.ask({ type: 'change-settings', settings: { refreshTogether: false } });
    const newest = async () => (await extension.view()).logins[0];
    const earlier = await newest();
    await stage.logIn('dave');
    await expect.poll(async () => (await newest())?.id, soon).not.toBe(earlier?.id);
    const login = await newest();
    const writes = await stage.holdWrites();
    const roles = names.slice(20, 23).map((name) => ({ role: roleOf(name), profile: name.toLowerCase() }));
    const saving = extension.ask({ type: 'save-many', loginId: login?.id ?? '', roles });
    await expect
      .poll(
        async () =>
          (await extension.view()).logins[0]?.roles.filter(({ state }) => state === 'saving').length,
        soon,
      )
      .toBe(3);
    await Promise.all([stage.stopWorker(), saving.catch(() => {})]);
    await writes.release();
    await expect
      .poll(
        async () => (await extension.view()).logins[0]?.roles.filter(({ state }) => state === 'saved').length,
        soon,
      )
      .toBe(3);
    expect(await profilesWritten()).toEqual(expect.arrayContaining(roles.map(({ profile }) => profile)));
  });

  it('are found and saved by keys alone, and the button that saves stays in sight under all of them', async () => {
    const popup = await stage.openPopup();
    const { page } = popup;
    await page.setViewport({ width: 400, height: 600 });
    await page.bringToFront();
    await page.keyboard.type('service-150');
    await popup.reads('Service-150');
    await popup.readsNoMore('Service-151');
    await page.keyboard.press('Enter');
    await popup.reads('Save 1 profile');
    await page.keyboard.press('Enter');
    await expect.poll(profilesWritten, soon).toContain('service-150');
    await popup.reopen();
    await page.keyboard.type('service-1');
    await page.locator('::-p-text(Tick all)').click();
    await popup.reads('Save 99 profiles');
    await page.evaluate('document.querySelector(".other-roles").scrollIntoView()');
    const bottom = await page.$eval(
      '.picker-foot',
      (foot) => foot.getBoundingClientRect().bottom - innerHeight,
    );
    expect(bottom).toBeLessThanOrEqual(0);
    await popup.close();
  });

  it('are asked about once where a login has another name, and one yes writes all of them', async () => {
    await extension.ask({ type: 'change-settings', settings: { refreshTogether: true } });
    stage.rehearsal.onLogin = () => ({ roleSessionName: 'dave.two@rehearsal.test' });
    await stage.logIn('dave');
    stage.rehearsal.onLogin = undefined;
    const bound = (await extension.view()).bindings.length;
    const popup = await stage.openPopup();
    await popup.reads('Is this also you?');
    await popup.reads(`${bound} profiles are for`);
    expect(await stage.credentialsFile()).not.toContain('dave.two');
    await popup.page.locator('.entry-title').click();
    await popup.reads('Use this name from now on');
    expect((await popup.text()).match(/Is this also you/g)).toHaveLength(1);
    await popup.press(`Yes, for all ${bound} profiles`);
    await expect
      .poll(async () => (await stage.credentialsFile()).match(/Service-\d+\/dave\.two/g)?.length, soon)
      .toBe(bound);
    await popup.readsNoMore('Is this also you?');
    await popup.close();
  });
});
