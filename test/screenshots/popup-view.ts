import type { Page } from 'puppeteer';
import { failure } from '../../src/core/failure.ts';
import type { ProfileSummary } from '../../src/core/protocol/answers.ts';
import type { ChainView, LoginView, RoleView } from '../../src/webext/login-view.ts';
import type { View } from '../../src/webext/view.ts';
import { aBinding, aSettledView, okta } from './a-view.ts';
import { clock } from './show-screen.ts';

export const minute = 60_000;
export const live = '111122223333';
export const staging = '444455556666';
export const play = '777788889999';
export const unnamed = '123412341234';

/** A role of a login: ready to be saved, unless said otherwise. */
export function aRole(accountId: string, roleName: string, change: Partial<RoleView> = {}): RoleView {
  const { roleArn, providerArn } = aBinding(accountId, roleName, '');
  const state = change.state ?? 'ready';
  const held = state === 'ready' || state === 'saving' || state === 'saved';
  const suggestion = `${roleName.toLowerCase()}`;
  return {
    ...{ roleArn, providerArn, accountId, roleName, state, suggestion, profile: suggestion },
    ...{ fixed: false, bound: state === 'saved', chained: [] },
    ...(held ? { startedAt: clock - 13 * minute, endsAt: clock + 47 * minute } : {}),
    ...change,
  };
}

let logins = 0;

export function aLogin(roles: RoleView[], change: Partial<LoginView> = {}): LoginView {
  logins += 1;
  return {
    id: `login ${logins}`,
    seenAt: clock - minute,
    issuer: okta,
    sessionName: 'jo@example.com',
    encrypted: false,
    open: true,
    roles,
    ...change,
  };
}

const profiles: ProfileSummary[] = [
  { name: 'ci', kind: 'long-lived' },
  { name: 'default', kind: 'long-lived' },
  { name: 'live', kind: 'temporary', principalArn: `arn:aws:sts::${live}:assumed-role/ReadOnly/jo` },
  { name: 'play', kind: 'temporary', principalArn: `arn:aws:sts::${play}:assumed-role/Admin/jo` },
  { name: 'staging', kind: 'temporary', principalArn: `arn:aws:sts::${staging}:assumed-role/Developer/jo` },
  { name: 'staging-old', kind: 'temporary' },
];

export const working = (change: Partial<View> = {}) => aSettledView({ profiles, chains: [], ...change });

export const chain: ChainView = {
  source: 'staging',
  roleArn: 'arn:aws:iam::222233334444:role/Deploy',
  profile: 'staging-deploy',
  accountId: '222233334444',
  roleName: 'Deploy',
  state: 'saved',
  startedAt: clock - 13 * minute,
  endsAt: clock + 47 * minute,
};

export const failedChain: ChainView = {
  ...chain,
  state: 'failed',
  failure: failure('assume-role-denied', { roleArn: chain.roleArn }),
};

export const saved = (accountId: string, roleName: string, profile: string, change: Partial<RoleView> = {}) =>
  aLogin([aRole(accountId, roleName, { state: 'saved', profile, ...change })], { open: false });

export const consoleRoleArn = aBinding(staging, 'Developer', '').roleArn;
export const savedStaging = { ...saved(staging, 'Developer', 'staging'), consoleRoleArn };
export const savedLive = saved(live, 'ReadOnly', 'live', {
  endsAt: clock + 8 * minute,
  startedAt: clock - 52 * minute,
});
export const savedPlay = saved(play, 'Admin', 'play', {
  endsAt: clock + 200 * minute,
  startedAt: clock - 280 * minute,
});

/** Opens the entry of a role, or its `nth` in the list, from 0. */
export const open =
  (roleName: string, accountId: string, nth = 0) =>
  async (page: Page) => {
    const titles = `section[aria-label*="${roleName}"][aria-label*="${accountId}"] .entry-title`;
    await page.waitForSelector(titles);
    await (await page.$$(titles))[nth]?.click();
  };
