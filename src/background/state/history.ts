import * as v from 'valibot';
import { parseRoleArn } from '../../core/aws/role.ts';
import { rightsNames, rightsOf, type SessionPolicy } from '../../core/aws/session-policy.ts';
import { type Failure, isSameFailure, shortened } from '../../core/failure.ts';
import { failureSchema } from '../../core/protocol/failure-schema.ts';
import { printable } from '../../core/words/printable.ts';
import type { HistoryEntry } from '../../webext/view.ts';
import { tellChanged } from './changes.ts';
import type { Memory } from './memory.ts';
import { localItem, sessionItem } from './stored-item.ts';

const short = v.pipe(v.string(), v.maxLength(300));

const entrySchema = v.object({
  at: v.number(),
  what: v.picklist(['login', 'exchange', 'write', 'chain', 'renew', 'forget', 'policy']),
  outcome: v.picklist(['done', 'waiting', 'failed']),
  accountId: v.exactOptional(short),
  roleName: v.exactOptional(short),
  profile: v.exactOptional(short),
  issuer: v.exactOptional(short),
  sessionName: v.exactOptional(short),
  rights: v.exactOptional(v.picklist(rightsNames)),
  failure: v.exactOptional(failureSchema),
  times: v.number(),
});

/** An entry without its time, which is set when it is recorded. */
export type Happening = Omit<HistoryEntry, 'at' | 'times'>;

/** What an entry is about; texts may come from outside. */
interface About {
  roleArn?: string;
  profile?: string;
  issuer?: string;
  sessionName?: string;
  /** What a lesser role may do at most. */
  sessionPolicy?: SessionPolicy | undefined;
  failure?: Failure;
}

/** Makes an entry whose texts are safe to show. Without `outcome`, it failed if there is a failure. */
export function happening(
  what: Happening['what'],
  { roleArn, issuer, sessionName, sessionPolicy, ...rest }: About,
  outcome: Happening['outcome'] = rest.failure === undefined ? 'done' : 'failed',
): Happening {
  const role = roleArn === undefined ? undefined : parseRoleArn(roleArn);
  return {
    what,
    outcome,
    ...rest,
    ...(roleArn === undefined ? {} : { accountId: role?.accountId ?? '', roleName: role?.name ?? '' }),
    ...(issuer ? { issuer: printable(issuer) } : {}),
    ...(sessionName === undefined ? {} : { sessionName: printable(sessionName) }),
    ...(sessionPolicy && { rights: rightsOf(sessionPolicy) }),
  };
}

const lasting = localItem('history', v.array(entrySchema), []);
const fleeting = sessionItem('history', v.array(entrySchema), []);

/** Separate, so that entries anyone can cause do not push out the others. */
const mostLasting = 200;
const mostFleeting = 50;

/**
 * Records on disk what the user did, and the outcome of logins that are bound and confirmed by AWS. Nothing that a web
 * page can cause may be recorded here. See docs/decisions/0019.
 */
export const noteForGood = (memory: Memory, ...happenings: Happening[]): Promise<void> =>
  note(memory, lasting, mostLasting, happenings);

/** Records in memory, until the browser closes, what anyone's login may have caused. */
export const noteForNow = (memory: Memory, ...happenings: Happening[]): Promise<void> =>
  note(memory, fleeting, mostFleeting, happenings);

async function note(
  memory: Memory,
  item: typeof lasting,
  most: number,
  happenings: readonly Happening[],
): Promise<void> {
  if (happenings.length === 0) return;
  await item.change(memory, (entries) => happenings.reduce(withOneMore, entries).slice(0, most));
  tellChanged(memory);
}

/** Newest first. Repeated entries are counted. */
function withOneMore(entries: HistoryEntry[], happening: Happening): HistoryEntry[] {
  const entry = { ...cut(happening), at: Date.now(), times: 1 };
  const [last, ...older] = entries;
  return last !== undefined && isSame(last, entry)
    ? [{ ...entry, times: last.times + 1 }, ...older]
    : [entry, ...entries];
}

const isSame = (a: HistoryEntry, b: HistoryEntry): boolean =>
  a.what === b.what &&
  a.outcome === b.outcome &&
  a.accountId === b.accountId &&
  a.roleName === b.roleName &&
  a.profile === b.profile &&
  a.issuer === b.issuer &&
  a.sessionName === b.sessionName &&
  a.rights === b.rights &&
  isSameFailure(a.failure, b.failure);

/** Texts from outside have any length. AWS's own words are left out: they are long and name people. */
function cut({ failure, ...happening }: Happening): Happening {
  const texts = Object.entries(happening).map(([name, value]) => [name, value.slice(0, 300)]);
  return {
    ...(Object.fromEntries(texts) as Happening),
    ...(failure && { failure: shortened(failure, 300) }),
  };
}

/** All that happened, newest first. */
export async function readHistory(memory: Memory): Promise<HistoryEntry[]> {
  const both = await Promise.all([lasting.read(memory), fleeting.read(memory)]);
  return both.flat().toSorted((a, b) => b.at - a.at);
}

export async function clearHistory(memory: Memory): Promise<void> {
  await Promise.all([lasting.change(memory, () => []), fleeting.change(memory, () => [])]);
}
