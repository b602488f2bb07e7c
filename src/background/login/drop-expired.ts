import { browser } from '../../webext/browser.ts';
import { readChainRuns } from '../state/chain-runs.ts';
import { isBeingForgotten, isOpen, type Login } from '../state/login.ts';
import { changeEach, changeSessions } from '../state/login-changes.ts';
import { changeLogins, readLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';

/** Name of the alarm at which something of the logins expires. */
export const dropAlarm = 'drop-expired';

/** How long a login may stand still when the browser stops the worker; no alarm of Chromium's comes sooner. */
const resumeMilliseconds = 30_000;

/**
 * Drops the assertions and credentials that no longer serve, and sets the alarm for the next that end, or sooner
 * while something is under way: a worker that is woken goes on with it.
 */
export async function dropExpired(memory: Memory, now: number): Promise<void> {
  const isAny = (await readLogins(memory)).some((login) => endsOf(login).some((end) => end <= now));
  if (isAny) await changeLogins(memory, (all) => changeEach(all, (login) => withoutExpired(login, now)));
  const logins = await readLogins(memory);
  const isChaining = (await readChainRuns(memory)).some(({ step }) => step === 'exchanging');
  const soonest = isChaining || logins.some(isUnderWay) ? now + resumeMilliseconds : Number.POSITIVE_INFINITY;
  const next = Math.min(soonest, ...logins.flatMap(endsOf));
  if (Number.isFinite(next)) await browser.alarms.create(dropAlarm, { when: next });
}

/** When the secrets that a login still holds end, in milliseconds since the epoch. */
function endsOf(login: Login): number[] {
  const credentials = login.sessions.flatMap((session) =>
    session.step === 'ready' && session.credentials !== undefined ? [session.endsAt] : [],
  );
  return login.response === undefined ? credentials : [login.redeemBefore, ...credentials];
}

const isUnderWay = ({ sessions }: Login): boolean =>
  sessions.some(
    (session) =>
      session.step === 'exchanging' ||
      isBeingForgotten(session) ||
      (session.step === 'ready' && session.credentials !== undefined && session.delivery.step === 'writing'),
  );

function withoutExpired(login: Login, now: number): Login {
  const rest = changeSessions(login, (session) => {
    const isOver = session.step === 'ready' && session.credentials !== undefined && session.endsAt <= now;
    return isOver ? { ...session, credentials: undefined } : session;
  });
  return rest.response === undefined || isOpen(rest, now) ? rest : { ...rest, response: undefined };
}
