import { type Failure, failure } from '../core/failure.ts';
import { maxMessageBytes, type ProfileWrite } from '../core/protocol.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { askHost } from './host-port.ts';
import { refreshHostProfiles } from './host-profiles.ts';

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
    return outcome?.ok ? ok(undefined) : failed(refusalOf(outcome));
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
