import { parseRoleArn } from '../core/role.ts';
import { browser } from './browser.ts';
import type { Login, RoleSession } from './login.ts';

/** Older logins make place for newer ones; storage.session holds 10 MB, a login at most 100 KB. */
const most = 30;

const key = 'logins';

let loaded: Promise<Login[]> | undefined;
const watchers = new Set<() => void>();

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
  if (change(logins) === false) return waiting ?? storing;
  while (logins.length > most) logins.splice(leastNeeded(logins), 1);
  const stored = store(logins);
  notifyWatchers();
  await stored;
}

let storing: Promise<void> | undefined;
let waiting: Promise<void> | undefined;

/**
 * Stores the logins as they are by then. What changes while they are being stored goes with the next time, all
 * together: with hundreds of roles under way each change for itself would be a copy of all of them.
 */
function store(logins: Login[]): Promise<void> {
  if (storing === undefined) {
    storing = browser.storage.session.set({ [key]: logins }).finally(() => {
      storing = undefined;
    });
    return storing;
  }
  waiting ??= storing
    .catch(() => {})
    .then(() => {
      waiting = undefined;
      return store(logins);
    });
  return waiting;
}

/** Has all that show something look again, also after changes of what is not kept here. */
export function notifyWatchers(): void {
  for (const watcher of watchers) watcher();
}

/** Calls `watcher` after each change. */
export function watchLogins(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
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
  session.step === 'ready' && session.credentials !== undefined;

const isSaved = (session: RoleSession): boolean =>
  session.step === 'ready' && session.delivery.step === 'written';

/** The account is what AWS vouches for; an issuer can call itself anything. */
const accountOf = ({ sessions }: Login): string =>
  parseRoleArn(sessions[0]?.role.roleArn ?? '')?.accountId ?? '';
