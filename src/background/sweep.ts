import { browser } from './browser.ts';
import type { Login } from './login.ts';
import { changeLogins, readLogins } from './login-store.ts';

/** Name of the alarm at which something of the logins runs out. */
export const sweepAlarm = 'sweep';

/** Drops the assertions and credentials that no longer serve, and sets the alarm for the next that end. */
export async function sweep(now: number): Promise<void> {
  const over = (await readLogins()).some((login) => endsOf(login).some((end) => end <= now));
  if (over) {
    await changeLogins((logins) => {
      for (const login of logins) dropUseless(login, now);
    });
  }
  const next = Math.min(...(await readLogins()).flatMap(endsOf));
  if (Number.isFinite(next)) await browser.alarms.create(sweepAlarm, { when: next });
}

/** When the secrets that a login still holds end, in milliseconds since the epoch. */
function endsOf(login: Login): number[] {
  const credentials = login.sessions.flatMap((session) =>
    session.step === 'ready' && session.credentials !== undefined ? [session.endsAt] : [],
  );
  return login.response === undefined ? credentials : [login.redeemBefore, ...credentials];
}

function dropUseless(login: Login, now: number): void {
  if (login.redeemBefore <= now) login.response = undefined;
  for (const session of login.sessions) {
    if (session.step === 'ready' && session.endsAt <= now) session.credentials = undefined;
  }
}
