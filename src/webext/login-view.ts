import type { Role } from '../core/aws/role.ts';
import type { SessionPolicy } from '../core/aws/session-policy.ts';
import type { Failure } from '../core/failure.ts';

/** A role of a login, as the popup shows it. Never contains a secret. */
export interface RoleView extends Role {
  accountId: string;
  roleName: string;
  state: 'offered' | 'exchanging' | 'ready' | 'saving' | 'saved' | 'expired' | 'failed' | 'forgotten';
  /** The profile it was or is being written to, or could not be written to or removed from; else a suggestion. */
  profile: string;
  /** By this machine's clock; milliseconds since the epoch. */
  endsAt?: number;
  /** Seconds. */
  /** The session policy that its credentials have because the administrator demands it. */
  demanded?: SessionPolicy;
  shortened?: { asked: number; granted: number };
  /** The duration the user chose for logins that don't set one; seconds, 0 for AWS's default. */
  wish?: number;
  /** A name that no other login has. */
  suggestion: string;
  /** The administrator fixed this role's profile. */
  fixed: boolean;
  /**
   * Whether this login is bound to `profile`, and so written there automatically. False under another name than the
   * known one.
   */
  bound: boolean;
  /** Its profile is an on-demand profile. */
  onDemand?: true;
  /** The session name that STS confirmed; absent until there are credentials. */
  sessionName?: string;
  /** The name that the role's profile is for, if it differs. */
  expectedName?: string;
  /** The administrator fixed that name. */
  nameFixed?: true;
  /** When the credentials were given; milliseconds since the epoch. With `endsAt` it tells the share of time left. */
  startedAt?: number;
  /** Second roles assumed from this one once it is written, and their outcomes. */
  chained: ChainView[];
  /** Why there are no credentials, why they are in no profile, or, once forgotten, why they are still in one. */
  failure?: Failure;
  /** The credentials are saved, but something else isn't, or some AWS tools can't read it. */
  warnings?: readonly Failure[];
}

/** A second role (AssumeRole, an hour at most), with its own profile. */
export interface ChainView {
  /** The profile whose credentials are used. */
  source: string;
  roleArn: string;
  profile: string;
  accountId: string;
  roleName: string;
  state: 'waiting' | 'exchanging' | 'saved' | 'expired' | 'failed';
  endsAt?: number;
  startedAt?: number;
  failure?: Failure;
  /** The credentials are saved, but something else isn't, or some AWS tools can't read it. */
  warnings?: readonly Failure[];
}

export interface LoginView {
  id: string;
  /** Milliseconds since the epoch. */
  seenAt: number;
  issuer: string;
  sessionName?: string;
  /** What the assertion asks for; seconds. */
  sessionDuration?: number;
  /** The region of the sign-in host, if it has one. */
  region?: string;
  /** Firefox's id of the login's container. */
  container?: string;
  /** Whether only AWS can read the roles. */
  encrypted: boolean;
  /** For an encrypted login: the role chosen on AWS's page. */
  chosenRoleArn?: string;
  /** The role that the browser itself went into the console with, if that is known. */
  consoleRoleArn?: string;
  /** Whether a role can still be chosen. */
  open: boolean;
  roles: RoleView[];
  failure?: Failure;
}
