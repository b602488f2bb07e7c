import * as v from 'valibot';
import { isSessionOf } from '../../core/aws/role.ts';
import { failure } from '../../core/failure.ts';
import { type BindingKey, isBoundBy } from '../../core/profile/binding.ts';
import type { ProfileSummary } from '../../core/protocol/protocol.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import type { LeftView } from '../../webext/messages.ts';
import { askHost } from '../host/host-port.ts';
import { profileInFile, refreshHostProfiles } from '../host/host-profiles.ts';
import { type Binding, readBindings, readOwnBindings } from '../rules/bindings.ts';
import { readChains } from '../state/chains.ts';
import { happening, noteForGood } from '../state/history.ts';
import { localItem } from '../state/stored-item.ts';
import { dropWrittenProfiles, readWrittenProfiles } from '../state/written-profiles.ts';
import { inTurn } from './write-profiles.ts';

/** A profile that a role had before it was given one of another name: nothing refreshes it any more. */
const leftSchema = v.object({
  profile: v.string(),
  /** When it was left; milliseconds since the epoch. */
  since: v.number(),
  issuer: v.string(),
  providerArn: v.string(),
  roleArn: v.string(),
  container: v.exactOptional(v.string()),
  /** It is removed by itself once the role's new profile is written. */
  move: v.exactOptional(v.literal(true)),
});

type Left = v.InferOutput<typeof leftSchema>;

const item = localItem('leftProfiles', v.array(leftSchema), []);

/** No session is longer: what was written before then has expired. */
const longestSessionMilliseconds = 12 * 60 * 60 * 1000;

const mostLeft = 100;

/** Whether the person is asked about a profile that is left, or has said already that it goes or stays. */
export type OldProfile = 'ask' | 'move' | 'keep';

/** Notes the profiles that these bindings left, and that those of `made` are in use. */
export async function leaveProfiles(
  left: readonly Binding[],
  made: readonly Binding[],
  old: OldProfile,
): Promise<void> {
  const now = Date.now();
  const isOver = ({ profile, since, move }: Left) =>
    (!move && now > since + longestSessionMilliseconds) ||
    [...left, ...made].some((one) => one.profile === profile);
  const noted = (old === 'keep' ? [] : left).map(
    ({ profile, issuer, providerArn, roleArn, container }): Left => ({
      profile,
      since: now,
      issuer,
      providerArn,
      roleArn,
      ...(container === undefined ? {} : { container }),
      ...(old === 'move' ? { move: true } : {}),
    }),
  );
  const before = await item.read();
  if (noted.length === 0 && !before.some(isOver)) return;
  await item.change((all) => [...all.filter((one) => !isOver(one)), ...noted].slice(-mostLeft));
}

/** Asks no more about a profile that was left: the person wants it to stay. */
export const keepLeft = (profile: string): Promise<void> =>
  item.change((all) => all.filter((one) => one.profile !== profile));

/**
 * Takes a profile that was left out of the person's files, if it still has credentials of its role.
 * Failures: `left-profile-changed`, and the host's.
 */
export const removeLeft = (profile: string): Promise<Result<void>> =>
  inTurn(async () => {
    const left = (await item.read()).find((one) => one.profile === profile);
    return left === undefined ? ok(undefined) : takeOut(left);
  });

/** Removes the profiles whose roles have been written to their new ones, where the person said so when renaming. */
export async function removeMoved(written: readonly BindingKey[]): Promise<void> {
  const isMoved = (one: Left) => one.move === true && written.some((key) => isBoundBy({ ...one }, key));
  if (!(await item.read()).some(isMoved)) return;
  await inTurn(async () => {
    for (const left of (await item.read()).filter(isMoved)) await takeOut(left);
  });
}

async function takeOut(left: Left): Promise<Result<void>> {
  const { profile } = left;
  const listed = await refreshHostProfiles();
  if (!listed.ok) return settle(left, listed);
  const found = listed.value.find(({ name }) => name === profile);
  if (found === undefined) return settle(left, ok(undefined));
  if ((await namesInUse()).has(profile) || !isStillOf(left, found)) {
    return settle(left, failed(failure('left-profile-changed', { profile })));
  }
  const answer = await askHost('remove-profile', { name: profile });
  const isOut = answer.ok || answer.failure.code === 'profile-not-found';
  const result = isOut ? ok(undefined) : failed(answer.failure);
  if (isOut)
    await dropWrittenProfiles(...(await readWrittenProfiles()).filter((one) => one.profile === profile));
  void refreshHostProfiles();
  return settle(left, result);
}

/** What could not be removed stays known, and is asked about. */
async function settle({ profile }: Left, result: Result<void>): Promise<Result<void>> {
  const isSettled = result.ok || result.failure.code === 'left-profile-changed';
  await item.change((all) =>
    isSettled
      ? all.filter((one) => one.profile !== profile)
      : all.map((one) => (one.profile === profile ? asked(one) : one)),
  );
  await noteForGood(happening('forget', { profile, ...(result.ok ? {} : { failure: result.failure }) }));
  return result;
}

const asked = ({ move: _, ...left }: Left): Left => left;

/** The profiles that some login or second role is written to. */
async function namesInUse(): Promise<Set<string>> {
  const all = await Promise.all([readBindings(), readOwnBindings(), readChains()]);
  return new Set(all.flat().map(({ profile }) => profile));
}

/** Whether a profile has what Roleferry wrote for this role, and no long-lived keys or another's credentials. */
const isStillOf = ({ roleArn }: Left, { kind, principalArn }: ProfileSummary): boolean =>
  (kind === 'temporary' || kind === 'process') && isSessionOf(principalArn ?? '', roleArn);

/**
 * The profiles that were left and still have credentials, as far as the host tells; none before it was asked. With
 * `shown` as the bindings that are shown.
 */
export async function leftViews(shown: readonly Binding[], now: number): Promise<LeftView[]> {
  const lefts = await item.read();
  if (lefts.length === 0) return [];
  const chains = await readChains();
  const inUse = new Set([...shown, ...chains].map(({ profile }) => profile));
  return lefts.filter(({ profile }) => !inUse.has(profile)).flatMap((left) => leftView(left, shown, now));
}

function leftView(left: Left, shown: readonly Binding[], now: number): LeftView[] {
  const { profile, since, move } = left;
  const movesTo = move && shown.find((one) => isBoundBy(one, left))?.profile;
  const about = { profile, ...(movesTo ? { movesTo } : {}) };
  const found = profileInFile(profile);
  if (found === 'not-asked') return [];
  const mayServe = now <= since + longestSessionMilliseconds;
  if (found === 'no-answer') return mayServe || movesTo ? [{ ...about, unsure: true }] : [];
  if (found === undefined || !isStillOf(left, found)) return [];
  const endsAt = found.expiration === undefined ? undefined : Date.parse(found.expiration);
  if (endsAt !== undefined && endsAt <= now && !movesTo) return [];
  const isProcess = found.kind === 'process';
  return [{ ...about, ...(endsAt ? { endsAt } : {}), ...(isProcess ? { isProcess } : {}) }];
}
