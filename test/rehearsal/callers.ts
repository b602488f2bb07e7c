import { createHash, randomBytes } from 'node:crypto';
import { everything, isAllowed, type PolicyDocument } from './iam-policy.ts';
import type { Fields } from './query-protocol.ts';
import type { KnownKey } from './sigv4.ts';
import type { IamUser, Role, World } from './world.ts';

/** Who signs requests: an IAM user, or a role's session. */
export interface Caller extends KnownKey {
  /** As GetCallerIdentity tells it. */
  arn: string;
  userId: string;
  /** The ARN that trust policies name: the user's, or that of the role behind the session. */
  trustedAs: string;
  user?: IamUser;
  /** What it may do, by what it is allowed itself, and at most. */
  policies: readonly PolicyDocument[];
  sessionPolicies?: readonly PolicyDocument[] | undefined;
}

export const mayDo = ({ policies, sessionPolicies }: Caller, action: string, resource: string): boolean =>
  isAllowed({ action, resource }, policies, sessionPolicies);

/** The keys that the rehearsal AWS knows: those of the users in `world`, and of the sessions that were opened. */
export class Callers {
  readonly #world: World;
  readonly #sessions = new Map<string, Caller>();

  constructor(world: World) {
    this.#world = world;
  }

  readonly find = (accessKeyId: string): Caller | undefined => {
    const user = this.#world.iamUsers.find((candidate) => candidate.accessKeyId === accessKeyId);
    if (user === undefined) return this.#sessions.get(accessKeyId);
    return {
      secretAccessKey: user.secretAccessKey,
      arn: user.arn,
      userId: stableId('AIDA', user.arn),
      trustedAs: user.arn,
      user,
      policies: [everything],
    };
  };

  /** Opens a session of `role`: what both AssumeRole actions answer in common. */
  openSession(
    role: Role,
    sessionName: string,
    expiresAt: number,
    sessionPolicies: readonly PolicyDocument[] | undefined,
  ): Fields {
    const accessKeyId = `ASIA${randomText(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`;
    const [, partition, , , account] = role.arn.split(':');
    const name = role.arn.slice(role.arn.lastIndexOf('/') + 1);
    const caller = {
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(480).toString('base64'),
      expiresAt,
      arn: `arn:${partition}:sts::${account}:assumed-role/${name}/${sessionName}`,
      userId: `${stableId('AROA', role.arn)}:${sessionName}`,
      trustedAs: role.arn,
      policies: role.policies ?? [everything],
      sessionPolicies,
    };
    this.#sessions.set(accessKeyId, caller);
    return {
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: caller.secretAccessKey,
        SessionToken: caller.sessionToken,
        Expiration: new Date(expiresAt).toISOString().replace(/\.\d+/, ''),
      },
      AssumedRoleUser: { Arn: caller.arn, AssumedRoleId: caller.userId },
    };
  }
}

/** An id that AWS would give this ARN: always the same one. */
const stableId = (prefix: string, arn: string) =>
  prefix + createHash('sha256').update(arn).digest('hex').slice(0, 17).toUpperCase();

const randomText = (length: number, alphabet: string) =>
  Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join('');
