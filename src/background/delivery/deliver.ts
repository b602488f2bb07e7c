import type { Role } from '../../core/aws/role.ts';
import { sessionNameOf } from '../../core/aws/role.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { beginChains, runChains } from '../chains/run-chains.ts';
import { removeMoved } from '../profiles/left-profiles.ts';
import { inTurn } from '../profiles/write-profiles.ts';
import { renewalNeedless } from '../renewal/renew.ts';
import { keyOf } from '../rules/bindings.ts';
import { lookAtPolicy, readPolicy } from '../rules/read-policy.ts';
import { readRules } from '../settings/read-rules.ts';
import { readSettings } from '../settings/settings.ts';
import type { ChainRun } from '../state/chain-runs.ts';
import { happening, noteForGood, noteForNow } from '../state/history.ts';
import { type DeliveryOrder, isSameKey, type RoleSession, withDelivery } from '../state/login.ts';
import { changeSession } from '../state/login-changes.ts';
import { changeLogins, readLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { admit, type Errand, isAllowed, type Parcel, pickUp } from './parcel.ts';
import { settleDeliveries } from './settle-deliveries.ts';
import { bindParcels, writeParcels } from './write-parcels.ts';

/**
 * Writes the credentials of roles into profiles through the native host, all in one go. What a person ordered is
 * then bound, and second roles are assumed from what was written. How each ended is in the answer, in the same order,
 * and is kept with its login for the popup to show.
 */
export async function deliverAll(memory: Memory, errands: readonly Errand[]): Promise<Result<void>[]> {
  if (errands.length === 0) return [];
  await waitForPolicy(memory, errands);
  const [standing, logins] = await Promise.all([readStanding(memory), readLogins(memory)]);
  const now = Date.now();
  const parcels = errands.flatMap((errand) => pickUp(errand, logins, now) ?? []);
  const admitted = admit(parcels, standing);
  const noted = noteBegin(memory, admitted);
  // What a binding asked for is asked for again after a stop of the worker; what a person said is not.
  if (!errands.every(({ order }) => order.byBinding)) await noted;
  const allowed = admitted.filter(isAllowed);
  const { settled, chained } =
    allowed.length > 0
      ? await inTurn(memory, () => writeAndKeep(memory, allowed))
      : { settled: [], chained: [] };
  await noted;
  const ended = [...admitted.filter((parcel) => !isAllowed(parcel)), ...settled];
  await noteHistory(memory, ended);
  const written = settled.filter(isAllowed);
  await removeMoved(
    memory,
    written.map(({ login, role }) => keyOf(login, role)),
  );
  await renewalNeedless(
    memory,
    written.map(({ login }) => login),
  );
  await runChains(memory, chained);
  return errands.map((errand) => resultOf(ended.find((parcel) => isSameKey(parcel, errand))));
}

/** Writes the credentials of one role. Failures: why they may not be written, and the host's. */
export async function deliver(
  memory: Memory,
  loginId: string,
  role: Role,
  order: DeliveryOrder,
): Promise<Result<void>> {
  const [result] = await deliverAll(memory, [{ loginId, role, order }]);
  return result ?? ok(undefined);
}

function resultOf(parcel: Parcel | undefined): Result<void> {
  if (parcel === undefined) return failed(failure('credentials-expired'));
  return parcel.result.ok ? ok(undefined) : parcel.result;
}

async function readStanding(memory: Memory) {
  const [settings, rules] = await Promise.all([readSettings(memory), readRules(memory)]);
  return { settings, rules };
}

/** While the policy is awaited nothing is decided; what was ordered outlasts a stop of the worker meanwhile. */
async function waitForPolicy(memory: Memory, errands: readonly Errand[]): Promise<void> {
  if ((await lookAtPolicy(memory)).awaited === undefined) return;
  const ordered = (order: DeliveryOrder) => (session: RoleSession) =>
    session.step === 'ready' ? withDelivery(session, { step: 'writing', ...order }) : session;
  await changeLogins(memory, (logins) =>
    errands.reduce((all, errand) => changeSession(all, errand, ordered(errand.order)), logins),
  );
  await readPolicy(memory);
}

const noteBegin = (memory: Memory, admitted: readonly Parcel[]): Promise<void> =>
  settleDeliveries(memory, admitted, ({ order }) => ({ step: 'writing', ...order }));

/** Writes, and keeps what came of it. The second roles that are to be assumed now are in the answer. */
async function writeAndKeep(
  memory: Memory,
  allowed: readonly Parcel[],
): Promise<{ settled: Parcel[]; chained: ChainRun[] }> {
  // While this waited for its turn, another login may have been given the profile.
  const standing = await readStanding(memory);
  const written = await writeParcels(memory, admit(allowed, standing), standing);
  const settled = await bindParcels(memory, written);
  await settleDeliveries(memory, settled, ({ order, result }) => ({
    step: 'written',
    profile: order.profile,
    ...(result.ok ? result.value : {}),
  }));
  return { settled, chained: await beginChains(memory, settled.filter(isAllowed)) };
}

/** What was refused to a login that has no profile, or under another name, is a stranger's, and stays off the disk. */
async function noteHistory(memory: Memory, ended: readonly Parcel[]): Promise<void> {
  const isOwn = ({ order, result }: Parcel) =>
    result.ok || (order.byBinding === true && !isOfOtherName(result.failure));
  await noteForGood(memory, ...ended.filter(isOwn).map(happeningOf));
  await noteForNow(memory, ...ended.filter((one) => !isOwn(one)).map(happeningOf));
}

const isOfOtherName = ({ code }: Failure): boolean =>
  code === 'session-name-changed' || code === 'policy-session-name';

const happeningOf = ({ login: { issuer }, role, order: { profile }, session, result }: Parcel) =>
  happening('write', {
    roleArn: role.roleArn,
    sessionPolicy: session.sessionPolicy,
    profile,
    issuer,
    sessionName: sessionNameOf(session.principalArn),
    ...(result.ok ? {} : { failure: result.failure }),
  });
