import { accountOfArn } from '../../core/aws/account-number.ts';
import { browser } from '../../webext/browser.ts';
import { tellChanged } from './changes.ts';
import { type Login, type Logins, profileWith, type RoleSession } from './login.ts';
import { reportTrouble } from './trouble.ts';

/** Older logins make place for newer ones; storage.session holds 10 MB, a login with the largest assertion has 170 KB. */
const most = 30;

const key = 'logins';

let held: Logins | undefined;
let loading: Promise<void> | undefined;

/** The logins of this browser session, newest first. They live in memory only, and outlast the worker. */
export async function readLogins(): Promise<Logins> {
  if (held === undefined) await load();
  return held ?? [];
}

function load(): Promise<void> {
  loading ??= browser.storage.session
    .get(key)
    .then((stored) => {
      held = (stored[key] as Logins | undefined) ?? [];
    })
    .finally(() => {
      loading = undefined;
    });
  return loading;
}

/**
 * Replaces the logins by what `change` makes of them, in one synchronous step, so that no two changes interleave. They
 * are stored with the next call of `loginsStored`, or after a moment. Use it alone only for what can be recomputed
 * after a stop of the worker. Resolves with what `change` gives beside the logins.
 */
export async function updateLogins<T>(change: (logins: Logins) => readonly [Logins, T]): Promise<T> {
  const before = await readLogins();
  const [after, answer] = change(held ?? before);
  if (after !== held) {
    held = withoutLeastNeeded(after);
    soon ??= setTimeout(() => store().catch(reportTrouble), patienceMilliseconds);
    tellChanged();
  }
  return answer;
}

/**
 * Replaces the logins by what `change` makes of them; the same logins mean that nothing changes. Resolves when the
 * change, and all before it, would survive a stop of the worker.
 */
export async function changeLogins(change: (logins: Logins) => Logins): Promise<void> {
  await updateLogins((logins) => [change(logins), undefined]);
  await loginsStored();
}

const patienceMilliseconds = 500;

let soon: ReturnType<typeof setTimeout> | undefined;
let waiting: Promise<void> | undefined;
let storing: Promise<void> = Promise.resolve();

/** Resolves when every change would survive a stop of the worker. */
export const loginsStored = (): Promise<void> => (soon === undefined ? (waiting ?? storing) : store());

/** Stores the logins as they are in a moment: changes made at once need one copy of them. */
function store(): Promise<void> {
  waiting ??= Promise.resolve().then(() => {
    waiting = undefined;
    clearTimeout(soon);
    soon = undefined;
    storing = browser.storage.session.set({ [key]: held });
    return storing;
  });
  return waiting;
}

function withoutLeastNeeded(logins: Logins): Logins {
  if (logins.length <= most) return logins;
  const index = leastNeeded(logins);
  return withoutLeastNeeded(logins.filter((_, other) => other !== index));
}

/**
 * Which login makes place: never the newest; the oldest that holds no credentials; else the oldest of the account
 * with the most logins that is in no profile. So a page that posts login after login pushes out its own.
 */
function leastNeeded(logins: Logins): number {
  const older = logins.map((login, index) => ({ login, index })).slice(1);
  const empty = older.findLast(({ login }) => !login.sessions.some(holdsCredentials));
  if (empty !== undefined) return empty.index;
  const unsaved = older.filter(({ login }) => !login.sessions.some(isSaved));
  const counts = new Map<string, number>();
  for (const { login } of unsaved) counts.set(accountOf(login), (counts.get(accountOf(login)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const crowded = unsaved.findLast(({ login }) => counts.get(accountOf(login)) === most);
  return crowded?.index ?? logins.length - 1;
}

const holdsCredentials = (session: RoleSession): boolean =>
  session.step === 'forgotten' || (session.step === 'ready' && session.credentials !== undefined);

const isSaved = (session: RoleSession): boolean =>
  session.step === 'forgotten' || profileWith(session) !== undefined;

/** The account is what AWS vouches for; an issuer can call itself anything. */
const accountOf = ({ sessions }: Login): string => accountOfArn(sessions[0]?.role.roleArn ?? '') ?? '';
