import { parseRoleArn, sessionNameOf } from '../aws/role.ts';
import { type Failure, failure } from '../failure.ts';
import { forbiddenRole, type Policy } from './policy.ts';

/** The login that credentials come from. The issuer is only the assertion's claim. */
export interface LoginSource {
  issuer: string;
  providerArn: string;
}

/** A role's credentials, and where they go. */
export interface PolicyQuestion {
  /** ARN of the role, or of its session. */
  arn: string;
  /** Without it, they go to no file. */
  profile?: string;
  /**
   * `unknown` if there was a login but nobody said which. `none` if there was none (AssumeRole), or it is no longer
   * recorded: what a file holds was checked when it was written.
   */
  source: LoginSource | 'unknown' | 'none';
}

/** A clock may be slightly wrong, and an answer slightly late. */
const graceSeconds = 60;

/**
 * Why the machine's policy forbids writing credentials or handing them out; `undefined` if it doesn't. Failures:
 * `policy-no-profiles`, `policy-forbids`, `policy-fixed-profile`, `policy-session-name`,
 * `machine-policy-source-unknown`.
 */
export function forbiddenDelivery(policy: Policy, question: PolicyQuestion): Failure | undefined {
  const { arn, profile, source } = question;
  if (policy.forbidProfiles && profile !== undefined) return failure('policy-no-profiles');
  const { allowedIssuers, ...others } = policy;
  if (allowedIssuers && source === 'unknown') return failure('machine-policy-source-unknown');
  const login = typeof source === 'object' ? source : undefined;
  const role = roleOf(arn);
  return (
    // Stryker disable next-line StringLiteral: what is not known is not asked for here
    forbiddenRole(login ? policy : others, login?.issuer ?? '', { roleArn: role ?? '' }) ??
    (profile === undefined ? undefined : elsewhereFixed(policy, { arn, role, profile, login }))
  );
}

/**
 * Why credentials that expire at `expiration` (ISO 8601) last longer from `now` (milliseconds) than the policy
 * allows.
 */
export function forbiddenLength(policy: Policy, expiration: string, now: number): Failure | undefined {
  const { maxSessionDuration: most } = policy;
  const seconds = Math.ceil((Date.parse(expiration) - now) / 1000);
  if (most === undefined || seconds <= most + graceSeconds) return undefined;
  return failure('policy-forbids', {
    what: { is: 'session', most: minutes(most), minutes: minutes(seconds) },
  });
}

const minutes = (seconds: number) => Math.ceil(seconds / 60);

/**
 * A fixed profile takes only its role, and a fixed role goes only to its profiles. Issuer and provider count if
 * known, and the session name if one is fixed.
 */
function elsewhereFixed(
  // Stryker disable next-line ArrayDeclaration: what is no fixed profile fits nothing
  { profiles = [] }: Policy,
  going: { arn: string; role: string | undefined; profile: string; login: LoginSource | undefined },
): Failure | undefined {
  const { arn, role, profile, login } = going;
  const ofRole = profiles.filter((fixed) => role !== undefined && roleOf(fixed.roleArn) === role);
  const ofProfile = profiles.filter((fixed) => fixed.profile === profile);
  const isOfLogin = ({ issuer, providerArn }: LoginSource) =>
    login === undefined || (issuer === login.issuer && providerArn === login.providerArn);
  const meant = ofRole.find((fixed) => ofProfile.includes(fixed) && isOfLogin(fixed));
  if (meant !== undefined) return otherName(meant, arn);
  const [fixed] = [...ofProfile, ...ofRole];
  return fixed && failure('policy-fixed-profile', { profile: fixed.profile });
}

/** Before AWS is asked there is no session, so no name. */
function otherName(
  { profile, sessionName: known }: { profile: string; sessionName?: string },
  arn: string,
): Failure | undefined {
  if (known === undefined || !arn.includes(':assumed-role/')) return undefined;
  const given = sessionNameOf(arn);
  return given === known ? undefined : failure('policy-session-name', { profile, known, given });
}

/** The role as its session's ARN can name it, without a path; from that ARN or the role's own. */
function roleOf(arn: string): string | undefined {
  const [, partition, accountId, name] =
    // Stryker disable next-line ArrayDeclaration: only what stands behind the first is read
    /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/.exec(arn) ?? [];
  const own = name === undefined ? parseRoleArn(arn) : { partition, accountId, name };
  const role = own && `arn:${own.partition}:iam::${own.accountId}:role/${own.name}`;
  return role && parseRoleArn(role) && role;
}
