import { accountOfArn } from '../../core/aws/account-number.ts';
import { browser } from '../../webext/browser.ts';
import { tellChanged } from './changes.ts';
import { type Login, type Logins, profileWith, type RoleSession } from './login.ts';
import type { Memory } from './memory.ts';
import { reportTrouble } from './trouble.ts';

/** Older logins go first. storage.session holds 10 MB; a login with the largest assertion takes 170 KB. */
const most = 30;

const key = 'logins';

interface Held {
  logins?: Logins;
  loading?: Promise<void> | undefined;
  /** Stores what nobody waits for. */
  soon?: ReturnType<typeof setTimeout> | undefined;
  waiting?: Promise<void> | undefined;
  storing: Promise<void>;
}

const held = (): Held => ({ storing: Promise.resolve() });

/** The logins of this browser session, newest first. They live in memory only, and outlast the worker. */
export async function readLogins(memory: Memory): Promise<Logins> {
  if (memory.of(held).logins === undefined) await load(memory);
  return memory.of(held).logins ?? [];
}

function load(memory: Memory): Promise<void> {
  const own = memory.of(held);
  own.loading ??= browser.storage.session
    .get(key)
    .then((stored) => {
      own.logins = (stored[key] as Logins | undefined) ?? [];
    })
    .finally(() => {
      own.loading = undefined;
    });
  return own.loading;
}

/**
 * Replaces the logins by what `change` makes of them, in one synchronous step, so that no two changes interleave. They
 * are stored with the next call of `loginsStored`, or after a moment. Use it alone only for what can be recomputed
 * after a stop of the worker. Resolves with what `change` gives beside the logins.
 */
export async function updateLogins<T>(
  memory: Memory,
  change: (logins: Logins) => readonly [Logins, T],
): Promise<T> {
  await readLogins(memory);
  const own = memory.of(held);
  const before = own.logins ?? [];
  const [after, answer] = change(before);
  if (after !== before) {
    own.logins = withoutLeastNeeded(after);
    own.soon ??= setTimeout(() => store(memory).catch(reportTrouble(memory)), patienceMilliseconds);
    tellChanged(memory);
  }
  return answer;
}

/**
 * Replaces the logins by what `change` makes of them; the same logins mean that nothing changes. Resolves when the
 * change, and all before it, would survive a stop of the worker.
 */
export async function changeLogins(memory: Memory, change: (logins: Logins) => Logins): Promise<void> {
  await updateLogins(memory, (logins) => [change(logins), undefined]);
  await loginsStored(memory);
}

const patienceMilliseconds = 500;

/** Resolves when every change would survive a stop of the worker. */
export function loginsStored(memory: Memory): Promise<void> {
  const { soon, waiting, storing } = memory.of(held);
  return soon === undefined ? (waiting ?? storing) : store(memory);
}

/** Stores the logins as they are in a moment: changes made at once need one copy of them. */
function store(memory: Memory): Promise<void> {
  const own = memory.of(held);
  own.waiting ??= Promise.resolve().then(() => {
    own.waiting = undefined;
    clearTimeout(own.soon);
    own.soon = undefined;
    own.storing = browser.storage.session.set({ [key]: own.logins });
    return own.storing;
  });
  return own.waiting;
}

function withoutLeastNeeded(logins: Logins): Logins {
  if (logins.length <= most) return logins;
  const index = leastNeeded(logins);
  return withoutLeastNeeded(logins.filter((_, other) => other !== index));
}

/**
 * Which login goes: never the newest. First the oldest without credentials, then the oldest unsaved one of the account
 * with the most logins. So a page that posts login after login pushes out its own.
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

/** AWS confirms the account. An issuer can call itself anything. */
const accountOf = ({ sessions }: Login): string => accountOfArn(sessions[0]?.role.roleArn ?? '') ?? '';
