import { browser } from '../../webext/browser.ts';
import { readChainRuns } from '../state/chain-runs.ts';
import { isBeingForgotten, type Login } from '../state/login.ts';
import { changeLogins, readLogins } from '../state/login-store.ts';

/** Name of the alarm at which something of the logins runs out. */
export const sweepAlarm = 'sweep';

/** How long a login may stand still when the browser stops the worker; no alarm of Chromium's comes sooner. */
const resumeMilliseconds = 30_000;

/**
 * Drops the assertions and credentials that no longer serve, and sets the alarm for the next that end, or sooner
 * while something is under way: a worker that is woken goes on with it.
 */
export async function sweep(now: number): Promise<void> {
  const over = (await readLogins()).some((login) => endsOf(login).some((end) => end <= now));
  if (over) {
    await changeLogins((logins) => {
      for (const login of logins) dropUseless(login, now);
    });
  }
  const logins = await readLogins();
  const isChaining = (await readChainRuns()).some(({ step }) => step === 'exchanging');
  const soonest = isChaining || logins.some(isUnderWay) ? now + resumeMilliseconds : Number.POSITIVE_INFINITY;
  const next = Math.min(soonest, ...logins.flatMap(endsOf));
  if (Number.isFinite(next)) await browser.alarms.create(sweepAlarm, { when: next });
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

function dropUseless(login: Login, now: number): void {
  if (login.redeemBefore <= now) login.response = undefined;
  for (const session of login.sessions) {
    if (session.step === 'ready' && session.endsAt <= now) session.credentials = undefined;
  }
}
