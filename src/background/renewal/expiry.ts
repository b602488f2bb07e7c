import { browser } from '../../webext/browser.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import { refreshAt, refreshChains } from '../chains/run-chains.ts';
import { readSettings } from '../settings/settings.ts';
import { readChainRuns } from '../state/chain-runs.ts';
import { type Login, profileWith, type RoleSession } from '../state/login.ts';
import { changeLogins, readLogins } from '../state/login-store.ts';
import { readRenewals } from '../state/renewals.ts';
import { showNotice } from './notice.ts';
import { renew } from './renew.ts';

/** Name of the alarm at which written credentials are about to end. */
export const endingAlarm = 'ending';

const leadMilliseconds = 10 * 60_000;

const minuteMilliseconds = 60_000;

/** Seconds without a key or the mouse after which a person counts as away. */
const awaySeconds = 300;

type Ready = Extract<RoleSession, { step: 'ready' }>;

/** Credentials that were written to a profile. */
interface Saved {
  issuer: string;
  session: Ready;
  profile: string;
}

/**
 * Sees to credentials that are about to end at `now` (ms since the epoch): renews them through the sign-in link if the
 * person wants that and is at work, else says so once. Each credentials are seen to once, so that nothing goes round
 * in circles. Sets the alarm for the next.
 */
export async function seeToEnding(now: number): Promise<void> {
  await refreshChains(now);
  const settings = await readSettings();
  const isAway = settings.keepFresh && !(await isAtWork());
  // Where the identity provider waits for the person already, nothing goes without them.
  const waiting = new Set((await readRenewals()).map(({ issuer }) => issuer));
  const due = savedIn(await readLogins()).filter(
    ({ session }) => isOpen(session) && endingAt(session) <= now,
  );
  for (const [issuer, saved] of byIssuer(due)) {
    const isRenewable = settings.keepFresh && canRenew(settings, issuer) && !waiting.has(issuer);
    if (isRenewable && isAway) continue;
    if (!(await take(saved))) continue;
    if (isRenewable) await renew(issuer);
    else if (settings.remind) await remind(issuer, saved, settings, now);
  }
  await setAlarm(now);
}

const canRenew = ({ signInLinks, behaviour }: Settings, issuer: string): boolean =>
  behaviour === 'write' && Object.hasOwn(signInLinks, issuer);

/** Whether the permission is given to know that somebody is at this machine, and somebody is. */
async function isAtWork(): Promise<boolean> {
  if (!(await browser.permissions.contains({ permissions: ['idle'] }))) return false;
  return (await browser.idle.queryState(awaySeconds)) === 'active';
}

function savedIn(logins: readonly Login[]): Saved[] {
  return logins.flatMap(({ issuer, sessions }) =>
    sessions.flatMap((session) => {
      const profile = profileWith(session);
      return session.step === 'ready' && profile !== undefined ? [{ issuer, session, profile }] : [];
    }),
  );
}

const isOpen = ({ endingSeenTo }: Ready): boolean => endingSeenTo !== true;

/** Ten minutes before the end; of short sessions at half their time. */
const endingAt = ({ startedAt, endsAt }: Ready): number =>
  endsAt - Math.min(leadMilliseconds, (endsAt - startedAt) / 2);

function byIssuer(saved: readonly Saved[]): Map<string, Saved[]> {
  const groups = new Map<string, Saved[]>();
  for (const one of saved) groups.set(one.issuer, [...(groups.get(one.issuer) ?? []), one]);
  return groups;
}

/** Notes that it was seen to these; false when another look, at the same time, was faster. */
async function take(saved: readonly Saved[]): Promise<boolean> {
  let taken = false;
  await changeLogins(() => {
    for (const { session } of saved.filter((one) => isOpen(one.session))) {
      session.endingSeenTo = true;
      taken = true;
    }
  });
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

/** What ends soon is looked at each minute: the badge says how much is left, and who was away may be back. */
async function setAlarm(now: number): Promise<void> {
  const saved = savedIn(await readLogins()).filter(({ session }) => session.endsAt > now);
  const runs = await readChainRuns();
  const chained = runs.flatMap((run) => (run.step === 'written' && run.endsAt ? [run.endsAt] : []));
  const looks = [
    ...saved.map(({ session }) => endingAt(session)),
    ...chained.filter((endsAt) => endsAt > now).map((endsAt) => endsAt - leadMilliseconds),
  ].map((at) => (at > now ? at : now + minuteMilliseconds));
  const refreshes = runs.flatMap((run) => refreshAt(run) ?? []).filter((at) => at > now);
  const next = Math.min(...looks, ...refreshes);
  if (Number.isFinite(next)) await browser.alarms.create(endingAlarm, { when: next });
}
