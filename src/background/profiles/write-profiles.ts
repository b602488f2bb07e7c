import type { Role } from '../../core/aws/role.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { longestIssuer, maxMessageBytes, type ProfileWrite } from '../../core/protocol/protocol.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { askHost } from '../host/host-port.ts';
import { refreshHostProfiles } from '../host/host-profiles.ts';
import { hostUnderstands } from '../host/host-status.ts';
import { isSameKey, type Login, type RoleSession, type SessionKey } from '../state/login.ts';
import { changeAllSessions, dropSessions } from '../state/login-changes.ts';
import { changeLogins, readLogins } from '../state/login-store.ts';
import { inWorker } from '../state/worker.ts';
import { putWrittenProfiles, readWrittenProfiles } from '../state/written-profiles.ts';

/** What goes to a profile, and the role of a login that it is of or was assumed from. */
export interface SourcedWrite extends SessionKey {
  write: ProfileWrite;
  /** ARN of the second role that it is of, where it was assumed from that login's. */
  assumed?: string;
}

const memory = inWorker(() => ({ turn: Promise.resolve() as Promise<unknown> }));

/**
 * Has those who write profiles wait for each other until what came of it is kept, and those who forget for them: so
 * that what was on its way to the host when it was forgotten is known, and goes out again before anybody writes there.
 */
export function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const done = memory().turn.then(task);
  memory().turn = done.catch(() => {});
  return done;
}

const encoder = new TextEncoder();

/** Room for what every message has around its profiles. */
const envelopeBytes = 1024;

/** What is to be known of a profile that was written. */
export interface Remarks {
  warnings?: Failure[];
}

/**
 * Has the host write profiles of different names, all in one message as long as they fit into one. Gives what became
 * of each, in their order.
 */
export async function writeProfiles(writes: readonly SourcedWrite[]): Promise<Result<Remarks>[]> {
  const results: Result<Remarks>[] = [];
  for (const together of inMessages(writes)) results.push(...(await writeTogether(together)));
  if (writes.length > 0) void refreshHostProfiles();
  return results;
}

async function writeTogether(writes: SourcedWrite[]): Promise<Result<Remarks>[]> {
  const withSource = await hostUnderstands('source');
  const profiles = writes.map(({ write }) => (withSource ? write : withoutSource(write)));
  const answer = await askHost('write-profiles', { profiles });
  if (!answer.ok) return writes.map(() => answer);
  const results = writes.map(({ write }): Result<Remarks> => {
    const outcome = answer.value.profiles.find(({ name }) => name === write.name);
    if (!outcome?.ok) return failed(refusalOf(outcome));
    return ok(outcome.warnings === undefined ? {} : { warnings: outcome.warnings });
  });
  const written = writes.filter((_, index) => results[index]?.ok);
  const logins = await readLogins();
  const issuerOf = (loginId: string) => logins.find(({ id }) => id === loginId)?.issuer ?? '';
  putWrittenProfiles(
    ...written.map(({ write, loginId, role, assumed }) => ({
      profile: write.name,
      loginId,
      role,
      issuer: issuerOf(loginId),
      ...(assumed === undefined ? {} : { assumed }),
    })),
  );
  await dropLeft(new Set(written.map(({ write }) => write.name)));
  return results;
}

const withoutSource = ({ source: _, ...write }: ProfileWrite): ProfileWrite => write;

/** What a host may know of the login that credentials come from; nothing where it would refuse the request for it. */
export const sourceOfWrite = (issuer: string, { providerArn }: Role): Pick<ProfileWrite, 'source'> =>
  issuer.length > longestIssuer ? {} : { source: { issuer, providerArn } };

/** What was forgotten and could not be taken out of these profiles is not in them any more. */
async function dropLeft(profiles: ReadonlySet<string>): Promise<void> {
  const isOver = (session: RoleSession) =>
    session.step === 'forgotten' && session.left !== undefined && profiles.has(session.left.profile);
  if (!(await readLogins()).some(({ sessions }) => sessions.some(isOver))) return;
  const written = await readWrittenProfiles();
  const otherProfile = (session: RoleSession, { id }: Login) =>
    written.find((one) => isSameKey(one, { loginId: id, role: session.role }))?.profile;
  await changeLogins((logins) => {
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
    if (bytes > left || messages.length === 0) {
      messages.push([]);
      left = maxMessageBytes - envelopeBytes;
    }
    messages.at(-1)?.push(one);
    left -= bytes;
  }
  return messages;
}
