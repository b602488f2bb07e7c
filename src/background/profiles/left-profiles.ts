import * as v from 'valibot';
import { isSessionOf, plainRole } from '../../core/aws/role.ts';
import { roleEntries } from '../../core/aws/role-schema.ts';
import { failure } from '../../core/failure.ts';
import { type BindingKey, isBoundBy } from '../../core/profile/binding.ts';
import type { ProfileSummary } from '../../core/protocol/answers.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import type { LeftView } from '../../webext/view.ts';
import { askHost } from '../host/host-port.ts';
import { profileInFile, refreshHostProfiles } from '../host/host-profiles.ts';
import { hostUnderstands } from '../host/host-status.ts';
import { type Binding, readBindings, readOwnBindings } from '../rules/bindings.ts';
import { readChains } from '../state/chains.ts';
import { happening, noteForGood } from '../state/history.ts';
import type { Memory } from '../state/memory.ts';
import { localItem } from '../state/stored-item.ts';
import { dropWrittenProfiles, readWrittenProfiles } from '../state/written-profiles.ts';
import { inTurn } from './write-profiles.ts';

/** A profile that a role had before it got another one. Nothing updates it any more. */
const leftSchema = v.object({
  profile: v.string(),
  /** When it was left; milliseconds since the epoch. */
  since: v.number(),
  issuer: v.string(),
  ...roleEntries,
  container: v.exactOptional(v.string()),
  /** It is removed once the role's new profile is written. */
  move: v.exactOptional(v.literal(true)),
});

type Left = v.InferOutput<typeof leftSchema>;

const item = localItem('leftProfiles', v.array(leftSchema), []);

/** No session is longer, so older credentials have expired. */
const longestSessionMilliseconds = 12 * 60 * 60 * 1000;

const mostLeft = 100;

/** What happens to the old profile: ask the user, move it, or keep it. */
export type OldProfile = 'ask' | 'move' | 'keep';

/** Records the old profiles of these bindings; those of `made` are in use again. */
export async function leaveProfiles(
  memory: Memory,
  left: readonly Binding[],
  made: readonly Binding[],
  old: OldProfile,
): Promise<void> {
  const now = Date.now();
  const isOver = ({ profile, since, move }: Left) =>
    (!move && now > since + longestSessionMilliseconds) ||
    [...left, ...made].some((one) => one.profile === profile);
  const noted = (old === 'keep' ? [] : left).map(
    ({ profile, issuer, container, ...role }): Left => ({
      profile,
      since: now,
      issuer,
      ...plainRole(role),
      ...(container === undefined ? {} : { container }),
      ...(old === 'move' ? { move: true } : {}),
    }),
  );
  const before = await item.read(memory);
  if (noted.length === 0 && !before.some(isOver)) return;
  await item.change(memory, (all) => [...all.filter((one) => !isOver(one)), ...noted].slice(-mostLeft));
}

/** Keeps an old profile without asking again. */
export const keepLeft = (memory: Memory, profile: string): Promise<void> =>
  item.change(memory, (all) => all.filter((one) => one.profile !== profile));

/**
 * Removes an old profile from the user's files, if it still has credentials of its role. Failures:
 * `left-profile-changed`, and the host's.
 */
export const removeLeft = (memory: Memory, profile: string): Promise<Result<void>> =>
  inTurn(memory, async () => {
    const left = (await item.read(memory)).find((one) => one.profile === profile);
    return left === undefined ? ok(undefined) : takeOut(memory, left);
  });

/** Removes the old profiles of roles that were written to their new ones, if the user chose to move them. */
export async function removeMoved(memory: Memory, written: readonly BindingKey[]): Promise<void> {
  const isMoved = (one: Left) => one.move === true && written.some((key) => isBoundBy({ ...one }, key));
  if (!(await item.read(memory)).some(isMoved)) return;
  await inTurn(memory, async () => {
    for (const left of (await item.read(memory)).filter(isMoved)) await takeOut(memory, left);
  });
}

async function takeOut(memory: Memory, left: Left): Promise<Result<void>> {
  const { profile } = left;
  const listed = await refreshHostProfiles(memory);
  if (!listed.ok) return settle(memory, left, listed);
  const found = listed.value.find(({ name }) => name === profile);
  const isInUse = (await namesInUse(memory)).has(profile);
  if (found === undefined && isInUse) return settle(memory, left, ok(undefined));
  if (isInUse || (found !== undefined && !isStillOf(left, found))) {
    return settle(memory, left, failed(failure('left-profile-changed', { profile })));
  }
  const renamed = await hostUnderstands(memory, 'renamed');
  // Without credentials, there may still be what Roleferry wrote in the config file.
  if (found === undefined && !renamed) return settle(memory, left, ok(undefined));
  const answer = await askHost(memory, 'remove-profile', { name: profile, ...(renamed && { renamed }) });
  const isOut = answer.ok || answer.failure.code === 'profile-not-found';
  const result = isOut ? ok(undefined) : failed(answer.failure);
  if (isOut)
    await dropWrittenProfiles(
      memory,
      ...(await readWrittenProfiles(memory)).filter((one) => one.profile === profile),
    );
  void refreshHostProfiles(memory);
  return settle(memory, left, result);
}

/** If it could not be removed, the user is asked. */
async function settle(memory: Memory, { profile }: Left, result: Result<void>): Promise<Result<void>> {
  const isSettled = result.ok || result.failure.code === 'left-profile-changed';
  await item.change(memory, (all) =>
    isSettled
      ? all.filter((one) => one.profile !== profile)
      : all.map((one) => (one.profile === profile ? asked(one) : one)),
  );
  await noteForGood(
    memory,
    happening('forget', { profile, ...(result.ok ? {} : { failure: result.failure }) }),
  );
  return result;
}

const asked = ({ move: _, ...left }: Left): Left => left;

/** The profiles of all bindings and second roles. */
async function namesInUse(memory: Memory): Promise<Set<string>> {
  const all = await Promise.all([readBindings(memory), readOwnBindings(memory), readChains(memory)]);
  return new Set(all.flat().map(({ profile }) => profile));
}

/** Whether a profile still has temporary credentials of this role. */
const isStillOf = ({ roleArn }: Left, { kind, principalArn }: ProfileSummary): boolean =>
  (kind === 'temporary' || kind === 'process') &&
  // Stryker disable next-line StringLiteral: what has no name is a session of no role
  isSessionOf(principalArn ?? '', roleArn);

/** The old profiles that still have credentials, as far as the host has said. `shown`: the bindings in effect. */
export async function leftViews(memory: Memory, shown: readonly Binding[], now: number): Promise<LeftView[]> {
  const lefts = await item.read(memory);
  if (lefts.length === 0) return [];
  const chains = await readChains(memory);
  const inUse = new Set([...shown, ...chains].map(({ profile }) => profile));
  return lefts
    .filter(({ profile }) => !inUse.has(profile))
    .flatMap((left) => leftView(left, profileInFile(memory, left.profile), shown, now));
}

function leftView(
  left: Left,
  found: ReturnType<typeof profileInFile>,
  shown: readonly Binding[],
  now: number,
): LeftView[] {
  const { profile, since, move } = left;
  const movesTo = move && shown.find((one) => isBoundBy(one, left))?.profile;
  const about = { profile, ...(movesTo ? { movesTo } : {}) };
  // Stryker disable next-line StringLiteral: what nobody has asked for is no profile either
  if (found === 'not-asked') return [];
  const mayServe = now <= since + longestSessionMilliseconds;
  if (found === 'no-answer') return mayServe || movesTo ? [{ ...about, unsure: true }] : [];
  if (found === undefined || !isStillOf(left, found)) return [];
  const endsAt = found.expiration === undefined ? undefined : Date.parse(found.expiration);
  if (endsAt !== undefined && endsAt <= now && !movesTo) return [];
  const isProcess = found.kind === 'process';
  return [{ ...about, ...(endsAt ? { endsAt } : {}), ...(isProcess ? { isProcess } : {}) }];
}
