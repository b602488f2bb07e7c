import type { Role } from '../../core/aws/role.ts';
import type { Failure } from '../../core/failure.ts';
import type { Credentials } from '../../core/profile/credentials.ts';

/** Where to, and what the person said yes to. */
export interface DeliveryOrder {
  profile: string;
  /** The profile may be taken from the login that it is bound to. */
  takeOver?: boolean;
  /** Long-lived keys in the profile may be overwritten. */
  replace?: boolean;
  /** The session name may be another than the one that the role's profile is for, which is replaced by it. */
  newName?: boolean;
  /** Nobody asked: a binding did. Only what a person orders makes a binding. */
  byBinding?: boolean;
}

/** Where the credentials of a session are on their way to a profile. */
export type Delivery =
  | { step: 'none' }
  | ({ step: 'writing' } & DeliveryOrder)
  | {
      step: 'written';
      profile: string;
      /** What the host said beside it: the credentials are there, something else is not, or not everyone reads them. */
      warnings?: Failure[];
    }
  | {
      step: 'failed';
      profile: string;
      failure: Failure;
      /** Carried out by itself when the policy comes that was waited for in vain. */
      order?: DeliveryOrder;
    };

/** One role of a login for which STS was asked. Impossible: a delivery before there are credentials. */
export type RoleSession = { role: Role } & (
  | {
      step: 'exchanging';
      /** Where the credentials go as soon as they are there. */
      order?: DeliveryOrder;
    }
  | {
      step: 'failed';
      failure: Failure;
      /** Where they would have gone. */
      profile?: string;
      /** What the person ordered, where it goes on by itself: the policy was waited for in vain. */
      order?: DeliveryOrder;
    }
  | {
      step: 'ready';
      /** Dropped when they have expired. */
      credentials: Credentials | undefined;
      /** When they end by the clock of this machine, which may be wrong; milliseconds since the epoch. */
      endsAt: number;
      /** When they were given. */
      startedAt: number;
      principalArn: string;
      region: string;
      shortened?: { asked: number; granted: number };
      delivery: Delivery;
      /** The profile that they were written to before, when they go to another one or could not. */
      alreadyIn?: string;
      /** It was seen to that these end: by a notification, or by a renewal. */
      endingSeenTo?: true;
    }
  | {
      /** Nothing of it is in memory any more; it stays until the file has nothing of it either. */
      step: 'forgotten';
      /** What could not be taken out of the file; absent while the host is being asked. */
      left?: { profile: string; failure: Failure };
    }
);

/** One login that was seen: an assertion, what it says, and what was made of it. Times in ms since the epoch. */
export interface Login {
  /** Hash of the SAMLResponse: both POSTs of a login with a role chooser are one login. */
  id: string;
  seenAt: number;
  signInHost: string;
  /** Where the person logged in, in Firefox: logins of different containers are different identities. */
  container?: string;
  /** The SAMLResponse; dropped when AWS would no longer redeem it. */
  response: string | undefined;
  /** Zero when everything was forgotten. */
  redeemBefore: number;
  issuer: string;
  sessionName: string | undefined;
  sessionDuration: number | undefined;
  /** Of an encrypted assertion, which only AWS can read, those that were named by the person or known before. */
  roles: Role[];
  encrypted: boolean;
  /** The tab of the renewal that this login came in; until STS vouches for it, anyone may have sent it there. */
  renewalTab?: number;
  /** ARN of the role that the browser itself went into the console with, where that is known. */
  consoleRoleArn?: string;
  /** The role that was chosen on AWS's page, while nobody knows its provider. */
  chosenRoleArn: string | undefined;
  sessions: RoleSession[];
  /** Why the login is of no use, when its assertion could not be read. */
  failure: Failure | undefined;
}

/** The profile that has the credentials of a session; none before they were written. */
export function profileWith(session: RoleSession): string | undefined {
  if (session.step !== 'ready') return undefined;
  return session.delivery.step === 'written' ? session.delivery.profile : session.alreadyIn;
}

/** Puts where credentials are on their way in the place of where they were. */
export function setDelivery(session: Extract<RoleSession, { step: 'ready' }>, delivery: Delivery): void {
  const before = profileWith(session);
  session.delivery = delivery;
  if (before !== undefined && delivery.step !== 'written') session.alreadyIn = before;
  else delete session.alreadyIn;
}

/** Whether the host is still to take out of the file what was forgotten. */
export const isBeingForgotten = (session: RoleSession): boolean =>
  session.step === 'forgotten' && session.left === undefined;
