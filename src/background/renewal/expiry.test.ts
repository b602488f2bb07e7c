import { beforeEach, describe, expect, it, vi } from 'vitest';
import { adminRole, aLogin, issuer, readySession } from '../../../test/fixtures/login.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import { deliver } from '../delivery/deliver.ts';
import type { Login } from '../state/login.ts';
import { Memory } from '../state/memory.ts';
import { handleExpiry } from './expiry.ts';
import {
  giveUpRenewals,
  isOfRenewal,
  renew,
  renewalNeedless,
  renewalVouched,
  signInAnswered,
  signInBegun,
} from './renew.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

const minute = 60_000;
const start = Date.now();
const end = start + 60 * minute;
const link = 'https://idp.example/aws';
const withLink = { signInLinks: { [issuer]: link } };

const saved = (profile: string, role = adminRole) =>
  readySession({ role, endsAt: end, startedAt: start, delivery: { step: 'written', profile } });

/** The worker as it starts with these settings, and a login that is written. */
async function worker(settings: Partial<Settings> = {}, login: Login = aLogin({ sessions: [saved('dev')] })) {
  await fake.local.set({ settings });
  await fake.session.set({ logins: [login] });
  memory = new Memory();
}

const tabs = () => [...fake.tabs.values()];
const notices = () => [...fake.notifications.keys()];

beforeEach(() => fake.reset());

describe('written credentials that are about to end', () => {
  it('are spoken of ten minutes before, not earlier and only once', async () => {
    await worker(withLink);
    await handleExpiry(memory, end - 11 * minute);
    expect(notices()).toEqual([]);
    expect(fake.alarms.get('expiry')).toBe(end - 10 * minute);
    await handleExpiry(memory, end - 10 * minute);
    expect(fake.notifications.get(`ending ${issuer}`)).toMatchObject({
      message: 'dev: 10 minutes left',
      buttons: [{ title: 'Renew' }],
    });
    fake.notifications.clear();
    await handleExpiry(memory, end - 5 * minute);
    expect(notices()).toEqual([]);
    expect(tabs()).toEqual([]);
  });

  it('are spoken of once where two looks come at the same time', async () => {
    await worker({ ...withLink, keepFresh: true });
    fake.permissions.add('idle');
    await Promise.all([handleExpiry(memory, end - 9 * minute), handleExpiry(memory, end - 9 * minute)]);
    expect(tabs()).toHaveLength(1);
  });

  it('are spoken of together where they come from one issuer', async () => {
    const other = { ...adminRole, roleArn: `${adminRole.roleArn}ReadOnly` };
    const login = aLogin({ roles: [adminRole, other], sessions: [saved('dev'), saved('look', other)] });
    await worker({}, login);
    await handleExpiry(memory, end - 9 * minute);
    expect(fake.notifications.get(`ending ${issuer}`)?.message).toMatch(/^dev, look: 9 minutes left\nLog in/);
  });

  it('are not spoken of where the user does not want that, nor when they are over', async () => {
    await worker({ remind: false });
    await handleExpiry(memory, end - 9 * minute);
    await worker();
    await handleExpiry(memory, end);
    expect(notices()).toEqual([]);
  });

  it('are spoken of though they could not be saved under another name since', async () => {
    await worker();
    await fake.local.set({ chains: [{ source: 'x', roleArn: adminRole.roleArn, profile: 'prod' }] });
    expect(await deliver(memory, 'login-1', adminRole, { profile: 'prod' })).toMatchObject({ ok: false });
    expect(await deliver(memory, 'login-1', adminRole, { profile: 'prod' })).toMatchObject({ ok: false });
    await handleExpiry(memory, end - 9 * minute);
    expect(fake.notifications.get(`ending ${issuer}`)?.message).toMatch(/^dev: 9 minutes left/);
  });

  it('are not spoken of while they are in no profile', async () => {
    await worker({}, aLogin({ sessions: [readySession({ endsAt: end })] }));
    await handleExpiry(memory, end - minute);
    expect(notices()).toEqual([]);
  });
});

describe('keeping fresh', () => {
  const fresh = { ...withLink, keepFresh: true };

  it('opens the link in the background while the user is at work, once', async () => {
    await worker(fresh);
    fake.permissions.add('idle');
    await handleExpiry(memory, end - 10 * minute);
    await handleExpiry(memory, end - 9 * minute);
    expect(tabs()).toEqual([{ url: link, active: false }]);
    expect(notices()).toEqual([]);
  });

  it.each(['idle', 'locked'])('waits while the machine is %s, until the user is back', async (state) => {
    await worker(fresh);
    fake.permissions.add('idle');
    fake.idleState = state;
    await handleExpiry(memory, end - 10 * minute);
    expect(tabs()).toEqual([]);
    expect(fake.alarms.get('expiry')).toBe(end - 9 * minute);
    fake.idleState = 'active';
    await handleExpiry(memory, end + 30 * minute);
    expect(tabs()).toHaveLength(1);
  });

  it('does nothing without the permission to know whether somebody is there', async () => {
    await worker(fresh);
    await handleExpiry(memory, end - 9 * minute);
    expect(tabs()).toEqual([]);
  });

  it('speaks where there is no link, or logins are not written by themselves', async () => {
    fake.permissions.add('idle');
    for (const settings of [{ keepFresh: true }, { ...fresh, behaviour: 'ask' as const }]) {
      fake.notifications.clear();
      await worker(settings);
      await handleExpiry(memory, end - 9 * minute);
      expect(notices()).toEqual([`ending ${issuer}`]);
    }
    expect(tabs()).toEqual([]);
  });
});

describe('a renewal', () => {
  it('opens only a link that is set, the administrator’s before the user’s', async () => {
    await worker(withLink);
    expect(await renew(memory, 'https://stranger.example')).toMatchObject({
      failure: { code: 'issuer-link-missing' },
    });
    expect(await renew(memory, 'constructor')).toMatchObject({ failure: { code: 'issuer-link-missing' } });
    fake.managed = { signInLinks: [{ title: 'Work', issuer, url: 'https://work.example/' }] };
    await renew(memory, issuer);
    expect(tabs()).toEqual([{ url: 'https://work.example/', active: false }]);
  });

  it('opens one tab where it is asked for twice at once', async () => {
    await worker(withLink);
    expect(await Promise.all([renew(memory, issuer), renew(memory, issuer)])).toMatchObject([
      { ok: true },
      { ok: true },
    ]);
    expect(tabs()).toHaveLength(1);
  });

  it('is that of its own tab and issuer alone; the tab goes when AWS has answered', async () => {
    await worker(withLink);
    await renew(memory, issuer);
    const [tabId = 0] = fake.tabs.keys();
    expect(await isOfRenewal(memory, issuer, tabId + 1)).toBe(false);
    expect(await isOfRenewal(memory, 'https://stranger.example', tabId)).toBe(false);
    expect(await isOfRenewal(memory, issuer, tabId)).toBe(true);
    await renewalVouched(memory, issuer, tabId + 1);
    await renewalVouched(memory, 'https://stranger.example', tabId);
    await signInAnswered(memory, tabId + 1);
    expect(tabs()).toHaveLength(1);
    await renewalVouched(memory, issuer, tabId);
    expect(tabs()).toHaveLength(1);
    await signInAnswered(memory, tabId);
    expect(tabs()).toEqual([]);
    expect((await fake.session.get('renewals')).renewals).toEqual([]);
  });

  it('closes its tab too where the answer was there first, and never one that is looked at', async () => {
    await worker(withLink);
    await renew(memory, issuer);
    const [tabId = 0] = fake.tabs.keys();
    await signInAnswered(memory, tabId);
    await renewalVouched(memory, issuer, tabId);
    expect(tabs()).toEqual([]);
    await renew(memory, issuer);
    const [[again = 0, tab] = []] = fake.tabs;
    if (tab) tab.active = true;
    await renewalVouched(memory, issuer, again);
    await signInAnswered(memory, again);
    expect(tabs()).toHaveLength(1);
  });

  it('keeps its tab until AWS has answered the very login that STS has vouched for', async () => {
    await worker(withLink);
    await renew(memory, issuer);
    const [tabId = 0] = fake.tabs.keys();
    signInBegun(memory, tabId);
    await signInAnswered(memory, tabId);
    signInBegun(memory, tabId);
    await renewalVouched(memory, issuer, tabId);
    expect(tabs()).toHaveLength(1);
    await signInAnswered(memory, tabId);
    expect(tabs()).toEqual([]);
  });

  it('is noted once as done, though STS vouches for several roles at the same time', async () => {
    await worker(withLink);
    await renew(memory, issuer);
    const [tabId = 0] = fake.tabs.keys();
    await Promise.all([renewalVouched(memory, issuer, tabId), renewalVouched(memory, issuer, tabId)]);
    const { history } = await fake.local.get('history');
    expect(history).toMatchObject([{ what: 'renew', outcome: 'done', times: 1 }]);
  });

  it('gives up after a minute, says so, and is not tried again by itself', async () => {
    await worker({ ...withLink, keepFresh: true });
    fake.permissions.add('idle');
    await renew(memory, issuer);
    await giveUpRenewals(memory, Date.now());
    expect(notices()).toEqual([]);
    await giveUpRenewals(memory, Date.now() + minute);
    expect(notices()).toEqual([`needs-you ${issuer}`]);
    expect((await fake.session.get('renewals')).renewals).toMatchObject([{ state: 'needs-you' }]);
    fake.notifications.clear();
    await giveUpRenewals(memory, Date.now() + 2 * minute);
    await handleExpiry(memory, end - 9 * minute);
    await handleExpiry(memory, end - 8 * minute);
    expect(notices()).toEqual([`ending ${issuer}`]);
    expect(tabs()).toEqual([{ url: link, active: false }]);
  });

  it('says so once where alarm and start of the worker look at the same time', async () => {
    await worker(withLink);
    await renew(memory, issuer);
    await Promise.all([
      giveUpRenewals(memory, Date.now() + minute),
      giveUpRenewals(memory, Date.now() + minute),
    ]);
    expect(notices()).toEqual([`needs-you ${issuer}`]);
    const { history } = await fake.local.get('history');
    expect(history).toMatchObject([{ what: 'renew', outcome: 'waiting', times: 1 }]);
  });

  it('shows the tab that waits when the user asks for it again, or a new one where it is gone', async () => {
    await worker(withLink);
    await renew(memory, issuer);
    await giveUpRenewals(memory, Date.now() + minute);
    await renew(memory, issuer);
    expect(tabs()).toEqual([{ url: link, active: true }]);
    fake.tabs.clear();
    await renew(memory, issuer);
    expect(tabs()).toEqual([{ url: link, active: false }]);
  });

  it('is settled when a login of its issuer was written, however the user logged in', async () => {
    await worker(withLink);
    await renew(memory, issuer);
    await giveUpRenewals(memory, Date.now() + minute);
    await renewalNeedless(memory, [{ issuer }]);
    expect(notices()).toEqual([]);
    expect((await fake.session.get('renewals')).renewals).toEqual([]);
  });

  it('that has not had its minute yet goes on when an older one is given up', async () => {
    const younger = 'https://younger.example/metadata';
    await fake.session.set({
      renewals: [
        { issuer, tabId: 1, openedAt: start, state: 'opening' },
        { issuer: younger, tabId: 2, openedAt: start + minute / 2, state: 'opening' },
      ],
    });
    await worker();
    await giveUpRenewals(memory, start + minute);
    expect(notices()).toEqual([`needs-you ${issuer}`]);
    expect((await fake.session.get('renewals')).renewals).toMatchObject([
      { issuer, state: 'needs-you' },
      { issuer: younger, state: 'opening' },
    ]);
  });
});
