import { browser } from '../../webext/browser.ts';
import { expiryLeadMilliseconds } from '../../webext/expiry-lead.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import { refreshAt, refreshChains } from '../chains/run-chains.ts';
import { readSettings } from '../settings/settings.ts';
import { readChainRuns } from '../state/chain-runs.ts';
import {
  findSession,
  type Logins,
  profileWith,
  type ReadySession,
  type RoleSession,
  type SessionKey,
} from '../state/login.ts';
import { changeSession } from '../state/login-changes.ts';
import { loginsStored, readLogins, updateLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { readRenewals } from '../state/renewals.ts';
import { showNotice } from './notice.ts';
import { renew } from './renew.ts';

/** Name of the alarm at which written credentials are about to expire. */
export const expiryAlarm = 'expiry';

const minuteMilliseconds = 60_000;

/** Seconds without keyboard or mouse after which the user counts as away. */
const awaySeconds = 300;

/** Credentials that were written to a profile. */
interface Saved extends SessionKey {
  issuer: string;
  session: ReadySession;
  profile: string;
}

/**
 * Handles credentials that are about to expire at `now` (ms since the epoch): renews them through the sign-in link if
 * the user wants that and is at work, else shows a notification. All credentials are handled once only: a renewal
 * that gives as short ones would start the next. Sets the alarm for the next expiry.
 */
export async function handleExpiry(memory: Memory, now: number): Promise<void> {
  await refreshChains(memory, now);
  const settings = await readSettings(memory);
  const isAway = settings.keepFresh && !(await isAtWork());
  // If the identity provider is already waiting for the user, a renewal cannot run.
  const waiting = new Set((await readRenewals(memory)).map(({ issuer }) => issuer));
  const due = savedIn(await readLogins(memory)).filter(
    ({ session }) => !isHandled(session) && expiryNoticeAt(session) <= now,
  );
  for (const [issuer, saved] of byIssuer(due)) {
    const isRenewable = settings.keepFresh && canRenew(settings, issuer) && !waiting.has(issuer);
    if (isRenewable && isAway) continue;
    if (!(await take(memory, saved))) continue;
    if (isRenewable) await renew(memory, issuer);
    else if (settings.remind) await remind(issuer, saved, settings, now);
  }
  await setAlarm(memory, now);
}

const canRenew = ({ signInLinks, behaviour }: Settings, issuer: string): boolean =>
  behaviour === 'write' && Object.hasOwn(signInLinks, issuer);

/** Whether the user is active, and the permission to know that was given. */
async function isAtWork(): Promise<boolean> {
  if (!(await browser.permissions.contains({ permissions: ['idle'] }))) return false;
  return (await browser.idle.queryState(awaySeconds)) === 'active';
}

function savedIn(logins: Logins): Saved[] {
  return logins.flatMap(({ id: loginId, issuer, sessions }) =>
    sessions.flatMap((session) => {
      const profile = profileWith(session);
      return session.step === 'ready' && profile !== undefined
        ? [{ loginId, role: session.role, issuer, session, profile }]
        : [];
    }),
  );
}

const isHandled = (session: RoleSession | undefined): boolean =>
  session?.step === 'ready' && session.expiryHandled === true;

/** Ten minutes before they expire; for short sessions, after half their time. */
const expiryNoticeAt = ({ startedAt, endsAt }: ReadySession): number =>
  endsAt - Math.min(expiryLeadMilliseconds, (endsAt - startedAt) / 2);

function byIssuer(saved: readonly Saved[]): Map<string, Saved[]> {
  const groups = new Map<string, Saved[]>();
  for (const one of saved) groups.set(one.issuer, [...(groups.get(one.issuer) ?? []), one]);
  return groups;
}

/** Marks these as handled; false if a simultaneous check was faster. */
async function take(memory: Memory, saved: readonly Saved[]): Promise<boolean> {
  const handled = (session: RoleSession): RoleSession =>
    session.step === 'ready' ? { ...session, expiryHandled: true } : session;
  const taken = await updateLogins(memory, (logins) => {
    const open = saved.filter((one) => !isHandled(findSession(logins, one)));
    return [open.reduce((all, one) => changeSession(all, one, handled), logins), open.length > 0] as const;
  });
  await loginsStored(memory);
  return taken;
}

async function remind(
  issuer: string,
  saved: readonly Saved[],
  settings: Settings,
  now: number,
): Promise<void> {
  const running = saved.filter(({ session }) => session.endsAt > now);
  if (running.length === 0) return;
  const first = Math.min(...running.map(({ session }) => session.endsAt));
  await showNotice({
    kind: 'ending',
    issuer,
    profiles: running.map(({ profile }) => profile),
    minutesLeft: Math.max(1, Math.round((first - now) / 60_000)),
    canRenew: Object.hasOwn(settings.signInLinks, issuer),
  });
}

/** Checks every minute what expires soon: the badge shows the time left, and the user may be back. */
async function setAlarm(memory: Memory, now: number): Promise<void> {
  const saved = savedIn(await readLogins(memory)).filter(({ session }) => session.endsAt > now);
  const runs = await readChainRuns(memory);
  const chained = runs.flatMap((run) => (run.step === 'written' && run.endsAt ? [run.endsAt] : []));
  const looks = [
    ...saved.map(({ session }) => expiryNoticeAt(session)),
    ...chained.filter((endsAt) => endsAt > now).map((endsAt) => endsAt - expiryLeadMilliseconds),
  ].map((at) => (at > now ? at : now + minuteMilliseconds));
  const refreshes = runs.flatMap((run) => refreshAt(run) ?? []).filter((at) => at > now);
  const next = Math.min(...looks, ...refreshes);
  if (Number.isFinite(next)) await browser.alarms.create(expiryAlarm, { when: next });
}
