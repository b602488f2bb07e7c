import { sessionNameOf } from '../../core/aws/role.ts';
import { rightsOf } from '../../core/aws/session-policy.ts';
import { failure } from '../../core/failure.ts';
import { isBoundBy } from '../../core/profile/binding.ts';
import { failed } from '../../core/result.ts';
import { rebind } from '../profiles/rebind.ts';
import { type SourcedWrite, sourceOfWrite, writeProfiles } from '../profiles/write-profiles.ts';
import { keyOf, learnName } from '../rules/bindings.ts';
import { fixedRegion } from '../rules/fixed-region.ts';
import { rememberRole } from '../rules/role-memory.ts';
import { forgetRuns } from '../state/chain-runs.ts';
import { removeChain } from '../state/chains.ts';
import type { Logins } from '../state/login.ts';
import { readLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { isAllowed, isHeld, type Parcel, refuse, type Standing } from './parcel.ts';

/** Has the host write what is allowed. */
export async function writeParcels(
  memory: Memory,
  parcels: readonly Parcel[],
  standing: Standing,
): Promise<Parcel[]> {
  const logins = await readLogins(memory);
  const held = parcels.map((parcel) => (isAllowed(parcel) ? heldOnly(logins, parcel) : parcel));
  const writes = held.filter(isAllowed).map((parcel) => writeOf(parcel, regionOf(parcel, standing)));
  const results = (await writeProfiles(memory, writes)).values();
  const after = await readLogins(memory);
  // What was forgotten meanwhile is not written as far as anybody else knows.
  return held.map((parcel) =>
    isAllowed(parcel)
      ? // Stryker disable next-line StringLiteral: there is a result for each
        heldOnly(after, { ...parcel, result: results.next().value ?? failed(failure('host-answer-invalid')) })
      : parcel,
  );
}

const heldOnly = (logins: Logins, parcel: Parcel): Parcel =>
  isHeld(logins, parcel) ? parcel : refuse(parcel, failure('credentials-expired'));

/**
 * The administrator's region, else the profile's own, else that of STS if the user has chosen where to ask. The host
 * writes it where none is.
 */
function regionOf(
  { login, role, order, session }: Parcel,
  { settings, rules }: Standing,
): string | undefined {
  const fixed = fixedRegion(rules.policy, role.roleArn);
  if (fixed !== undefined) return fixed;
  const binding = rules.bindings.find((one) => isBoundBy(one, keyOf(login, role)));
  // On-demand profiles got theirs when they were made, so that undoing finds what it wrote.
  if (binding?.onDemand) return undefined;
  return order.region ?? binding?.region ?? (settings.region === undefined ? undefined : session.region);
}

function writeOf(
  { loginId, login, role, order, session, credentials }: Parcel,
  region: string | undefined,
): SourcedWrite {
  const { principalArn, sessionPolicy } = session;
  const { profile, replace, takeOver } = order;
  const write = {
    name: profile,
    credentials,
    principalArn,
    ...sourceOfWrite(login.issuer, role),
    ...(sessionPolicy && { rights: rightsOf(sessionPolicy) }),
    ...(region === undefined ? {} : { region }),
    ...(replace ? { replace } : {}),
    ...(takeOver ? { takeOver } : {}),
  };
  return { loginId, role, write, sessionPolicy };
}

/** Binds what a person ordered and the host has written. One whose binding cannot be stored is refused. */
export const bindParcels = (memory: Memory, parcels: readonly Parcel[]): Promise<Parcel[]> =>
  Promise.all(
    parcels.map((parcel) =>
      isAllowed(parcel)
        ? remember(memory, parcel).then(
            () => parcel,
            () => refuse(parcel, failure('unexpected', { where: 'browser-storage' })),
          )
        : parcel,
    ),
  );

/** Strangers' logins leave nothing on the disk: only of a role that has a profile is anything remembered. */
async function remember(memory: Memory, { login, role, order, session }: Parcel): Promise<void> {
  const { profile, region } = order;
  const bound = {
    ...keyOf(login, role),
    profile,
    sessionName: sessionNameOf(session.principalArn),
    ...(region === undefined ? {} : { region }),
  };
  if (!order.byBinding) {
    // A second role that had the profile before loses it.
    await Promise.all([rebind(memory, [bound]), removeChain(memory, profile), forgetRuns(memory, profile)]);
  }
  await learnName(memory, bound);
  if (session.shortened)
    await rememberRole(memory, login.issuer, role, { maximum: session.shortened.granted });
}
