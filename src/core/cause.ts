/**
 * What keeps AWS from taking an assertion, as plain data. Each code has words in words/causes. Tag values, session
 * names and source identities are never part of it.
 */
export type Cause =
  // The identity provider's side
  | { code: 'login-failed'; status: string }
  | { code: 'too-large'; characters: number }
  | { code: 'audience'; found: string[]; expected: string }
  | { code: 'recipient'; found: string[]; expected: string }
  | { code: 'roles-missing' }
  | { code: 'roles-unread'; count: number }
  | { code: 'role-reserved'; roleArn: string }
  | { code: 'arn-invalid'; arn: string }
  | { code: 'accounts-differ'; roleArn: string; providerArn: string }
  | { code: 'session-name-missing' }
  | { code: 'session-name-invalid'; problem?: NameFault }
  | { code: 'session-duration'; seconds: number }
  | { code: 'source-identity-invalid'; problem?: NameFault }
  | { code: 'tags-invalid'; problem?: TagFault }
  | { code: 'tags-too-large'; count: number }
  | { code: 'subject-missing' }
  | { code: 'unsigned' }
  // Time, by AWS's clock as far as it is known
  | { code: 'too-early'; from?: string; minutes?: number }
  | { code: 'old-when-seen'; minutes: number }
  | { code: 'expired'; until?: string }
  | { code: 'short-lived'; seconds: number }
  // The AWS account's side
  | { code: 'provider-missing'; providerArn: string }
  | { code: 'other-issuer'; issuer: string; providerArn: string }
  | { code: 'signature'; providerArn: string }
  | { code: 'metadata'; providerArn: string }
  | { code: 'decryption'; providerArn: string }
  | { code: 'role-not-trusting'; roleArn: string; providerArn: string }
  | { code: 'recipient-not-trusted'; found: string }
  | { code: 'tags-not-allowed'; keys: string[] }
  | { code: 'source-identity-not-allowed' }
  | { code: 'duration-over-role'; seconds: number }
  | { code: 'region-disabled'; region: string; accountId: string }
  | { code: 'throttled'; accountId: string };

export type CauseCode = Cause['code'];

export type CauseOf<C extends CauseCode> = Extract<Cause, { code: C }>;

/** What is wrong with a session name or a source identity. `characters`: those that AWS does not allow in it. */
export type NameFault =
  | { is: 'short' }
  | { is: 'long'; length: number }
  | { is: 'reserved' }
  | { is: 'characters'; characters: string[] };

/** What is wrong with session tags, and with which. */
export type TagFault =
  | { is: 'many'; count: number }
  | { is: 'key' | 'value' | 'doubled' | 'transitive'; key: string };

/** A statement of a role's trust policy, as IAM reads it. */
export interface TrustStatement {
  Effect: 'Allow';
  Principal: { Federated: string };
  Action: string | string[];
  Condition?: { StringEquals: { 'SAML:aud': string | string[] } };
}

/** What AWS was asked when it refused, and why it probably did. */
export interface Refusal {
  roleArn: string;
  providerArn: string;
  issuer: string;
  /** The STS that was asked. */
  host: string;
  /** The session's duration that was asked for, in seconds. */
  seconds?: number;
  /** Milliseconds since the epoch, by this machine's clock. */
  at: number;
  /** The likeliest one; none where AWS's answer and the assertion tell nothing. */
  cause?: Cause;
  /** What the role's trust policy lacks; nothing where it is not the cause. */
  statements?: TrustStatement[];
}
