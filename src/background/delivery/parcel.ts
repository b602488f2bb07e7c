import { sessionNameOf } from '../../core/aws/role.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { widerThanDemanded } from '../../core/policy/demanded-policy.ts';
import type { Credentials } from '../../core/profile/credentials.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import type { Remarks } from '../profiles/write-profiles.ts';
import { bindingRefusal, describeKey, type Rules } from '../rules/binding-refusal.ts';
import { keyOf } from '../rules/bindings.ts';
import {
  type DeliveryOrder,
  findLogin,
  type Login,
  type Logins,
  type ReadySession,
  type SessionKey,
  sessionOf,
} from '../state/login.ts';

/** A role of a login that has credentials, and where they are to go. */
export interface Errand extends SessionKey {
  readonly order: DeliveryOrder;
}

/**
 * Credentials on their way to a profile. Each station gives it a new result; one that was refused passes the others as
 * it is.
 */
export interface Parcel extends Errand {
  readonly login: Login;
  readonly session: ReadySession;
  readonly credentials: Credentials;
  readonly result: Result<Remarks>;
}

/** What decides whether a parcel may go. */
export interface Standing {
  readonly settings: Settings;
  readonly rules: Rules;
}

/** The credentials that an errand is for; `undefined` where they have expired, or are not there any more. */
export function pickUp(errand: Errand, logins: Logins, now: number): Parcel | undefined {
  const login = findLogin(logins, errand.loginId);
  const session = sessionOf(login, errand.role);
  if (login === undefined || session?.step !== 'ready') return undefined;
  const { credentials, endsAt } = session;
  // The alarm that drops expired credentials comes late when the machine slept over their end.
  if (credentials === undefined || now >= endsAt) return undefined;
  return { ...errand, login, session, credentials, result: ok({}) };
}

/** Whether the very credentials of a parcel are still held: they may have been forgotten, or replaced, meanwhile. */
export function isHeld(logins: Logins, { loginId, role, session }: Parcel): boolean {
  const now = sessionOf(findLogin(logins, loginId), role);
  return now?.step === 'ready' && now.startedAt === session.startedAt;
}

/** Refuses parcels that may not be written, and of several for one profile all but the first. */
export function admit(parcels: readonly Parcel[], standing: Standing): Parcel[] {
  const first = new Map<string, Parcel>();
  return parcels.map((parcel) => {
    const judged = judge(parcel, standing);
    if (!judged.result.ok) return judged;
    const { profile } = judged.order;
    const other = first.get(profile);
    if (other !== undefined) return refuse(judged, twinRefusal(other, judged, standing.rules));
    first.set(profile, judged);
    return judged;
  });
}

function judge(parcel: Parcel, { settings, rules }: Standing): Parcel {
  const { login, session, role, order } = parcel;
  const comer = { ...keyOf(login, role), sessionName: sessionNameOf(session.principalArn) };
  const refusal =
    settings.behaviour === 'never'
      ? failure('writing-off')
      : (bindingRefusal(comer, order, rules) ?? wider(parcel, rules));
  return refusal === undefined ? parcel : refuse(parcel, refusal);
}

/** The policy may have come after STS was asked. */
const wider = ({ role: { roleArn }, session: { sessionPolicy } }: Parcel, { policy }: Rules) =>
  policy.ok ? widerThanDemanded(policy.value, { roleArn, sessionPolicy }) : undefined;

const twinRefusal = (holder: Parcel, other: Parcel, { names }: Rules) =>
  failure('profile-bound-elsewhere', {
    profile: holder.order.profile,
    boundTo: describeKey(keyOf(holder.login, holder.role), names),
    given: describeKey(keyOf(other.login, other.role), names),
  });

export const isAllowed = ({ result }: Parcel): boolean => result.ok;

export const refuse = (parcel: Parcel, reason: Failure): Parcel => ({
  ...parcel,
  result: failed(reason),
});
