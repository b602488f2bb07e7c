import { type Role, sameRole } from '../../core/aws/role.ts';
import type { SessionPolicy } from '../../core/aws/session-policy.ts';
import type { Failure } from '../../core/failure.ts';
import type { Credentials } from '../../core/profile/credentials.ts';

/** Where to, and what the user said yes to. */
export interface DeliveryOrder {
  readonly profile: string;
  /** The profile may be taken from the login that it is bound to. */
  readonly takeOver?: boolean;
  /** Long-lived keys in the profile may be overwritten. */
  readonly replace?: boolean;
  /** The session name may differ from the one that the role's profile is for, and replaces it. */
  readonly newName?: boolean;
  /** The region that the user gave the profile. */
  readonly region?: string;
  /** Nobody asked: a binding did. Only what a person orders makes a binding. */
  readonly byBinding?: boolean;
}

/** How far the credentials of a session are on their way to a profile. */
export type Delivery =
  | { readonly step: 'none' }
  | ({ readonly step: 'writing' } & DeliveryOrder)
  | {
      readonly step: 'written';
      readonly profile: string;
      /** What the host adds: something beside the credentials is missing, or some tool cannot read them. */
      readonly warnings?: readonly Failure[];
    }
  | {
      readonly step: 'failed';
      readonly profile: string;
      readonly failure: Failure;
      /** Carried out as soon as the policy comes that was awaited in vain. */
      readonly order?: DeliveryOrder;
    };

/** STS is being asked for the role. */
interface ExchangingSession {
  readonly role: Role;
  readonly step: 'exchanging';
  /** Where the credentials go as soon as they are there. */
  readonly order?: DeliveryOrder;
}

/** STS gave credentials for the role. */
export interface ReadySession {
  readonly role: Role;
  readonly step: 'ready';
  /** Dropped when they have expired. */
  readonly credentials: Credentials | undefined;
  /** When they end by the clock of this machine, which may be wrong; milliseconds since the epoch. */
  readonly endsAt: number;
  /** When they were given. No two of one role were given at the same time. */
  readonly startedAt: number;
  readonly principalArn: string;
  readonly region: string;
  /** What AWS was asked to narrow them to: the role's own session policy, or one that the administrator demands. */
  readonly sessionPolicy?: SessionPolicy;
  readonly shortened?: { readonly asked: number; readonly granted: number };
  readonly delivery: Delivery;
  /** The profile that still has them, while they are written to another one or could not be. */
  readonly alreadyIn?: string;
  /** A notification or a renewal has dealt with their coming end. */
  readonly expiryHandled?: true;
}

/** There are no credentials, and why. */
interface FailedSession {
  readonly role: Role;
  readonly step: 'failed';
  readonly failure: Failure;
  /** Where they would have gone. */
  readonly profile?: string;
  /** What the user ordered. It goes on by itself when the policy comes that was awaited in vain. */
  readonly order?: DeliveryOrder;
}

/** Nothing of it is in memory any more. It stays until nothing of it is in the file either. */
interface ForgottenSession {
  readonly role: Role;
  readonly step: 'forgotten';
  /** The profile that still has it, and why; absent while the host is being asked. */
  readonly left?: { readonly profile: string; readonly failure: Failure };
}

/** One role of a login for which STS was asked. */
export type RoleSession = ExchangingSession | ReadySession | FailedSession | ForgottenSession;

/** One login that was seen: an assertion, what it says, and what was made of it. Times in ms since the epoch. */
export interface Login {
  /** Hash of the SAMLResponse: both POSTs of a login with a role chooser are one login. */
  readonly id: string;
  readonly seenAt: number;
  readonly signInHost: string;
  /** Firefox's container of the tab. Logins of different containers are different identities. */
  readonly container?: string;
  /** The SAMLResponse; dropped when AWS would no longer redeem it. */
  readonly response: string | undefined;
  /** Zero when everything was forgotten. */
  readonly redeemBefore: number;
  readonly issuer: string;
  readonly sessionName: string | undefined;
  readonly sessionDuration: number | undefined;
  /** Of an encrypted assertion, which only AWS can read: the roles that the user named or that are known. */
  readonly roles: readonly Role[];
  readonly encrypted: boolean;
  /** The tab of the renewal that this login came in. Anyone may have sent it there, until STS vouches for it. */
  readonly renewalTab?: number;
  /** ARN of the role that the browser itself went into the console with, where that is known. */
  readonly consoleRoleArn?: string;
  /** The role that was chosen on AWS's page, while nobody knows its provider. */
  readonly chosenRoleArn: string | undefined;
  readonly sessions: readonly RoleSession[];
  /** Why the login is of no use, when its assertion could not be read. */
  readonly failure: Failure | undefined;
}

/** All logins that are held, newest first. */
export type Logins = readonly Login[];

/** What a session is found by: its login and its role. */
export interface SessionKey {
  readonly loginId: string;
  readonly role: Role;
}

export const isSameKey = (a: SessionKey, b: SessionKey): boolean =>
  a.loginId === b.loginId && sameRole(a.role, b.role);

export const findLogin = (logins: Logins, loginId: string): Login | undefined =>
  logins.find(({ id }) => id === loginId);

export const sessionOf = (login: Login | undefined, role: Role): RoleSession | undefined =>
  login?.sessions.find((session) => sameRole(session.role, role));

/** The session that a key stands for. */
export const findSession = (logins: Logins, { loginId, role }: SessionKey): RoleSession | undefined =>
  sessionOf(findLogin(logins, loginId), role);

/** Whether AWS may still take the assertion of a login at `now` (ms since the epoch). */
export const isOpen = ({ redeemBefore }: Login, now: number): boolean => now < redeemBefore;

/** The profile that has the credentials of a session; none before they were written. */
export function profileWith(session: RoleSession): string | undefined {
  if (session.step !== 'ready') return undefined;
  return session.delivery.step === 'written' ? session.delivery.profile : session.alreadyIn;
}

/** The session with another delivery. It still knows the profile that has its credentials. */
export function withDelivery(session: ReadySession, delivery: Delivery): ReadySession {
  const { alreadyIn: _, ...rest } = session;
  const before = profileWith(session);
  const stays = before !== undefined && delivery.step !== 'written';
  return { ...rest, delivery, ...(stays ? { alreadyIn: before } : {}) };
}

/** Whether the host is still to take out of the file what was forgotten. */
export const isBeingForgotten = (session: RoleSession): boolean =>
  session.step === 'forgotten' && session.left === undefined;
