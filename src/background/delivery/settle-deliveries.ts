import { sameRole, sessionNameOf } from '../../core/aws/role.ts';
import { isSameContainer } from '../../core/profile/binding.ts';
import {
  type Delivery,
  isSameKey,
  type Login,
  type Logins,
  profileWith,
  type ReadySession,
  type RoleSession,
  withDelivery,
} from '../state/login.ts';
import { changeAllSessions, changeSession, dropSessions } from '../state/login-changes.ts';
import { changeLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { isHeld, type Parcel } from './parcel.ts';

/**
 * Keeps with their logins how parcels stand: those that were refused as failed, the others as `deliveryOf` says.
 * Parcels whose credentials are not held any more leave nothing. Resolves when that is stored.
 */
export async function settleDeliveries(
  memory: Memory,
  parcels: readonly Parcel[],
  deliveryOf: (parcel: Parcel) => Delivery,
): Promise<void> {
  if (parcels.length === 0) return;
  const now = Date.now();
  await changeLogins(memory, (logins) =>
    parcels.reduce(
      (all, parcel) => settle(all, parcel, failedDelivery(parcel) ?? deliveryOf(parcel), now),
      logins,
    ),
  );
}

function failedDelivery({ order, result }: Parcel): Delivery | undefined {
  if (result.ok) return undefined;
  const { failure } = result;
  return {
    step: 'failed',
    profile: order.profile,
    failure,
    ...(failure.code === 'policy-awaited' ? { order } : {}),
  };
}

function settle(logins: Logins, parcel: Parcel, delivery: Delivery, now: number): Logins {
  if (!isHeld(logins, parcel)) return logins;
  const settled = changeSession(logins, parcel, (session) => {
    const isNews = session.step === 'ready' && !isEqual(session.delivery, delivery);
    return isNews ? withDelivery(session, delivery) : session;
  });
  // Stryker disable next-line ConditionalExpression: without the first it only takes longer
  if (settled === logins || delivery.step !== 'written') return settled;
  return withoutOthersIn(delivery.profile, parcel, settled, now);
}

const isEqual = (a: Delivery, b: Delivery): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What a profile had before is not in it any more. The same login under another name, that it was for, is of no more use. */
function withoutOthersIn(profile: string, written: Parcel, logins: Logins, now: number): Logins {
  const isOther = (session: RoleSession, { id }: Login): session is ReadySession =>
    profileWith(session) === profile && !isSameKey({ loginId: id, role: session.role }, written);
  const left = dropSessions(
    logins,
    (session, login) => isOther(session, login) && isUnderOtherName(login, session, written),
    now,
  );
  return changeAllSessions(left, (session, login) => {
    if (!isOther(session, login)) return session;
    const { alreadyIn: _, ...rest } = session;
    return session.delivery.step === 'written' ? { ...rest, delivery: { step: 'none' } } : rest;
  });
}

const isUnderOtherName = (login: Login, { role, principalArn }: ReadySession, written: Parcel): boolean =>
  login.issuer === written.login.issuer &&
  isSameContainer(login, written.login) &&
  sameRole(role, written.role) &&
  sessionNameOf(principalArn) !== sessionNameOf(written.session.principalArn);
