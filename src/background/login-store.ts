import { browser } from './browser.ts';
import type { Login } from './login.ts';

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
 * change would survive a stop of the worker.
 */
export async function changeLogins(change: (logins: Login[]) => void): Promise<void> {
  const logins = (await readLogins()) as Login[];
  change(logins);
  while (logins.length > most) logins.splice(leastNeeded(logins), 1);
  const stored = browser.storage.session.set({ [key]: logins });
  notifyWatchers();
  await stored;
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

/** The oldest that holds no credentials, so that a page that posts login after login pushes out nobody's. */
function leastNeeded(logins: readonly Login[]): number {
  const holds = (login: Login) => login.sessions.some((session) => session.step === 'ready');
  const empty = logins.findLastIndex((login) => !holds(login));
  return empty === -1 ? logins.length - 1 : empty;
}
