import { type Failure, failure } from '../core/failure.ts';
import { maxMessageBytes, type ProfileWrite } from '../core/protocol.ts';
import { failed, ok, type Result } from '../core/result.ts';
import type { Role } from '../core/role.ts';
import { askHost } from './host-port.ts';
import { refreshHostProfiles } from './host-profiles.ts';

let turn: Promise<unknown> = Promise.resolve();

/**
 * Has those who write profiles wait for each other until what came of it is kept, and those who forget for them: so
 * that what was on its way to the host when it was forgotten is known, and goes out again before anybody writes there.
 */
export function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const done = turn.then(task);
  turn = done.catch(() => {});
  return done;
}

/** By name, whose credentials this worker wrote to a profile last: the login may have been let go of meanwhile. */
export const holders = new Map<string, { profile: string; loginId: string; role: Role; endsAt: number }>();

/** Room for what every message has around its profiles. */
const envelopeBytes = 1024;

/**
 * Has the host write profiles of different names, all in one message as long as they fit into one. Gives what became
 * of each, in their order.
 */
export async function writeProfiles(profiles: readonly ProfileWrite[]): Promise<Result<void>[]> {
  const results: Result<void>[] = [];
  for (const together of inMessages(profiles)) results.push(...(await writeTogether(together)));
  if (profiles.length > 0) void refreshHostProfiles();
  return results;
}

async function writeTogether(profiles: ProfileWrite[]): Promise<Result<void>[]> {
  const answer = await askHost('write-profiles', { profiles });
  if (!answer.ok) return profiles.map(() => answer);
  return profiles.map(({ name }) => {
    const outcome = answer.value.profiles.find((one) => one.name === name);
    if (!outcome?.ok) return failed(refusalOf(outcome));
    holders.delete(name);
    return ok(undefined);
  });
}

const refusalOf = (outcome: { failure?: Failure } | undefined): Failure =>
  outcome?.failure ?? failure('host-answer-invalid');

function inMessages(profiles: readonly ProfileWrite[]): ProfileWrite[][] {
  const messages: ProfileWrite[][] = [];
  let left = 0;
  for (const profile of profiles) {
    // Names and values are ASCII.
    const bytes = JSON.stringify(profile).length + 1;
    if (bytes > left || messages.length === 0) {
      messages.push([]);
      left = maxMessageBytes - envelopeBytes;
    }
    messages.at(-1)?.push(profile);
    left -= bytes;
  }
  return messages;
}
