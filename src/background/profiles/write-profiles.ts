import type { Role } from '../../core/aws/role.ts';
import type { SessionPolicy } from '../../core/aws/session-policy.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { longestIssuer, maxMessageBytes } from '../../core/protocol/protocol.ts';
import type { ProfileWrite } from '../../core/protocol/requests.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { askHost } from '../host/host-port.ts';
import { refreshHostProfiles } from '../host/host-profiles.ts';
import { hostUnderstands } from '../host/host-status.ts';
import { isSameKey, type Login, type RoleSession, type SessionKey } from '../state/login.ts';
import { changeAllSessions, dropSessions } from '../state/login-changes.ts';
import { changeLogins, readLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { putWrittenProfiles, readWrittenProfiles } from '../state/written-profiles.ts';

/** What is written to a profile, and the session that it comes from. */
export interface SourcedWrite extends SessionKey {
  write: ProfileWrite;
  /** What AWS was asked to narrow the credentials to. */
  sessionPolicy?: SessionPolicy | undefined;
  /** ARN of the second role, if it was assumed from that session. */
  assumed?: string;
}

const queue = () => ({ last: Promise.resolve() as Promise<unknown> });

/**
 * Runs writes and removals one after the other, each until its outcome is stored. So forgetting knows what was on its
 * way to the host, and removes it before the next write.
 */
export function inTurn<T>(memory: Memory, task: () => Promise<T>): Promise<T> {
  const done = memory.of(queue).last.then(task);
  memory.of(queue).last = done.catch(() => {});
  return done;
}

const encoder = new TextEncoder();

/** Bytes of a message besides its profiles. */
const envelopeBytes = 1024;

/** What the host adds about a written profile. */
export interface Remarks {
  warnings?: Failure[];
}

/** Writes profiles of different names, in one message if they fit. Gives one result each, in the same order. */
export async function writeProfiles(
  memory: Memory,
  writes: readonly SourcedWrite[],
): Promise<Result<Remarks>[]> {
  const results: Result<Remarks>[] = [];
  for (const together of inMessages(writes)) results.push(...(await writeTogether(memory, together)));
  if (writes.length > 0) void refreshHostProfiles(memory);
  return results;
}

async function writeTogether(memory: Memory, writes: SourcedWrite[]): Promise<Result<Remarks>[]> {
  const [withSource, withRights] = await Promise.all([
    hostUnderstands(memory, 'source'),
    hostUnderstands(memory, 'rights'),
  ]);
  const profiles = writes.map(({ write: { source, rights, ...write } }) => ({
    ...write,
    ...(withSource && source && { source }),
    ...(withRights && rights && { rights }),
  }));
  const answer = await askHost(memory, 'write-profiles', { profiles });
  if (!answer.ok) return writes.map(() => answer);
  const results = writes.map(({ write }): Result<Remarks> => {
    const outcome = answer.value.profiles.find(({ name }) => name === write.name);
    if (!outcome?.ok) return failed(refusalOf(outcome));
    return ok(outcome.warnings === undefined ? {} : { warnings: outcome.warnings });
  });
  const written = writes.filter((_, index) => results[index]?.ok);
  const logins = await readLogins(memory);
  const issuerOf = (loginId: string) => logins.find(({ id }) => id === loginId)?.issuer ?? '';
  putWrittenProfiles(
    memory,
    ...written.map(({ write, loginId, role, sessionPolicy, assumed }) => ({
      profile: write.name,
      loginId,
      role,
      issuer: issuerOf(loginId),
      ...(sessionPolicy && { sessionPolicy }),
      ...(assumed === undefined ? {} : { assumed }),
    })),
  );
  await dropLeft(memory, new Set(written.map(({ write }) => write.name)));
  return results;
}

/** The origin of the credentials, for the host; nothing if the issuer is longer than it accepts. */
export const sourceOfWrite = (issuer: string, { providerArn }: Role): Pick<ProfileWrite, 'source'> =>
  issuer.length > longestIssuer ? {} : { source: { issuer, providerArn } };

/** Updates forgotten sessions whose profile could not be removed: it now has other credentials. */
async function dropLeft(memory: Memory, profiles: ReadonlySet<string>): Promise<void> {
  const isOver = (session: RoleSession) =>
    session.step === 'forgotten' && session.left !== undefined && profiles.has(session.left.profile);
  if (!(await readLogins(memory)).some(({ sessions }) => sessions.some(isOver))) return;
  const written = await readWrittenProfiles(memory);
  const otherProfile = (session: RoleSession, { id }: Login) =>
    written.find((one) => isSameKey(one, { loginId: id, role: session.role }))?.profile;
  await changeLogins(memory, (logins) => {
    const isGone = (session: RoleSession, login: Login) =>
      isOver(session) && otherProfile(session, login) === undefined;
    return changeAllSessions(dropSessions(logins, isGone, Date.now()), (session, login) => {
      const profile = isOver(session) ? otherProfile(session, login) : undefined;
      if (session.step !== 'forgotten' || session.left === undefined || profile === undefined) return session;
      return { ...session, left: { ...session.left, profile } };
    });
  });
}

const refusalOf = (outcome: { failure?: Failure } | undefined): Failure =>
  outcome?.failure ?? failure('host-answer-invalid');

function inMessages(writes: readonly SourcedWrite[]): SourcedWrite[][] {
  const messages: SourcedWrite[][] = [];
  let left = 0;
  for (const one of writes) {
    const bytes = encoder.encode(JSON.stringify(one.write)).length + 1;
    if (bytes > left) {
      messages.push([]);
      left = maxMessageBytes - envelopeBytes;
    }
    messages.at(-1)?.push(one);
    left -= bytes;
  }
  return messages;
}
