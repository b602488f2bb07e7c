import { parseRoleArn } from '../../core/aws/role.ts';
import { browser } from '../../webext/browser.ts';
import { tellChanged } from './changes.ts';
import { type Login, profileWith, type RoleSession } from './login.ts';
import { reportTrouble } from './trouble.ts';

/** Older logins make place for newer ones; storage.session holds 10 MB, a login with the largest assertion has 170 KB. */
const most = 30;

const key = 'logins';

let loaded: Promise<Login[]> | undefined;

/** The logins of this browser session, newest first. They live in memory only, and outlast the worker. */
export function readLogins(): Promise<readonly Login[]> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Login[]> {
  try {
    return ((await browser.storage.session.get(key))[key] as Login[] | undefined) ?? [];
  } catch (error) {
    loaded = undefined;
    throw error;
  }
}

/**
 * Changes the logins in one synchronous step, so that no two changes interleave, and resolves when the
 * change would survive a stop of the worker, with all that were made before. A change that returns false has changed
 * nothing.
 */
export async function changeLogins(change: (logins: Login[]) => unknown): Promise<void> {
  const logins = (await readLogins()) as Login[];
  if (change(logins) === false) return loginsStored();
  tellChanged();
  return store();
}

/**
 * Changes what is stored with the next change, or when there was none for a while: it can be had again after a stop
 * of the worker, or the next change comes at once. Resolves with what `change` gave.
 */
export async function changeForNow<T>(change: (logins: Login[]) => T): Promise<T> {
  const changed = change((await readLogins()) as Login[]);
  soon ??= setTimeout(() => store().catch(reportTrouble), patienceMilliseconds);
  tellChanged();
  return changed;
}

const patienceMilliseconds = 500;

let soon: ReturnType<typeof setTimeout> | undefined;
let waiting: Promise<void> | undefined;
let storing = Promise.resolve();

/** Resolves when all that was changed would survive a stop of the worker. */
export const loginsStored = (): Promise<void> => (soon === undefined ? (waiting ?? storing) : store());

/** Stores the logins as they are in a moment: what changes at once is one copy of all of them. */
function store(): Promise<void> {
  waiting ??= readLogins().then((readonlyLogins) => {
    const logins = readonlyLogins as Login[];
    while (logins.length > most) logins.splice(leastNeeded(logins), 1);
    waiting = undefined;
    clearTimeout(soon);
    soon = undefined;
    storing = browser.storage.session.set({ [key]: logins });
    return storing;
  });
  return waiting;
}

/**
 * Which login makes place: never the newest; the oldest that holds no credentials; else the oldest of the account
 * with the most logins that is in no profile. So a page that posts login after login pushes out its own.
 */
function leastNeeded(logins: readonly Login[]): number {
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
const accountOf = ({ sessions }: Login): string =>
  parseRoleArn(sessions[0]?.role.roleArn ?? '')?.accountId ?? '';
