import { sameRole, sessionNameOf } from '../../core/aws/role.ts';
import { rightsOf, type SessionPolicy } from '../../core/aws/session-policy.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { sessionPolicyFor, widerThanDemanded } from '../../core/policy/demanded-policy.ts';
import { isBoundBy } from '../../core/profile/binding.ts';
import type { Credentials } from '../../core/profile/credentials.ts';
import type { ProfileWrite } from '../../core/protocol/requests.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { assumeRole } from '../../core/sts/assume-role.ts';
import { stsRegion } from '../../core/sts/sts-region.ts';
import { hostRegions } from '../host/host-profiles.ts';
import { sourceOfWrite } from '../profiles/write-profiles.ts';
import { chainRefusal } from '../rules/binding-refusal.ts';
import { type Binding, isOfName, keyOf, readBindings } from '../rules/bindings.ts';
import { readPolicy } from '../rules/read-policy.ts';
import { readRules } from '../settings/read-rules.ts';
import { readSettings } from '../settings/settings.ts';
import { type ChainRun, readChainRuns } from '../state/chain-runs.ts';
import { type Chain, readChains } from '../state/chains.ts';
import { type Login, profileWith, type ReadySession, type RoleSession } from '../state/login.ts';
import { readLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';

/** AWS limits a role assumed from another role to an hour, whatever its own maximum. */
const chainedSeconds = 3600;

const sourceGone = failed(failure('credentials-expired'));

export interface Assumed {
  write: ProfileWrite;
  sessionPolicy: SessionPolicy | undefined;
  region: string;
  endsAt: number;
}

/** Assumes a second role again, for the clipboard, since its credentials are not kept. */
export async function assumeAgain(memory: Memory, profile: string): Promise<Result<Assumed>> {
  const written = (await readChainRuns(memory)).find((one) => one.profile === profile);
  if (written === undefined) return sourceGone;
  const given = await assume(memory, written);
  return given.ok ? stillAllowed(memory, written, given.value) : given;
}

/** What AWS gave, if it may be used now: meanwhile its source may have been forgotten, or the policy may have come. */
export async function stillAllowed(memory: Memory, run: ChainRun, given: Assumed): Promise<Result<Assumed>> {
  const refusal = await runRefusal(memory, run, given);
  return refusal === undefined ? ok(given) : failed(refusal);
}

/** Why a second role may not be assumed, or used once it was: the policy, `chainRefusal`, or its source is gone. */
async function runRefusal(memory: Memory, run: ChainRun, given?: Assumed): Promise<Failure | undefined> {
  const policy = await readPolicy(memory);
  if (!policy.ok) return policy.failure;
  const chain = (await readChains(memory)).find(isOf(run));
  if (chain === undefined || (await sourceOf(memory, run)) === undefined)
    return failure('credentials-expired');
  const refusal = chainRefusal(chain, await readRules(memory));
  if (refusal !== undefined || given === undefined) return refusal;
  return widerThanDemanded(policy.value, { roleArn: run.roleArn, sessionPolicy: given.sessionPolicy });
}

export async function assume(memory: Memory, one: ChainRun): Promise<Result<Assumed>> {
  const refusal = await runRefusal(memory, one);
  if (refusal !== undefined) return failed(refusal);
  const [source, policy] = await Promise.all([sourceOf(memory, one), readPolicy(memory)]);
  if (source === undefined) return sourceGone;
  if (!policy.ok) return policy;
  const narrowed = sessionPolicyFor(policy.value, { roleArn: one.roleArn });
  if (!narrowed.ok) return narrowed;
  const sessionPolicy = narrowed.value;
  const longest = policy.value.maxSessionDuration ?? chainedSeconds;
  const { region: setting } = await readSettings(memory);
  const region = stsRegion({ roleArn: one.roleArn, setting: setting ?? source.session.region });
  // Without a setting, that of the profile it is assumed from.
  const written = setting === undefined ? source.region : region;
  const { accessKeyId, secretAccessKey, sessionToken } = source.credentials;
  const given = await assumeRole({
    roleArn: one.roleArn,
    sessionName: sessionNameOf(source.session.principalArn),
    region,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    sessionDuration: Math.min(chainedSeconds, longest),
    fips: policy.value.fips === true,
    sessionPolicy,
  });
  if (!given.ok) return failed(ofLesser(one, source.session, given.failure));
  const { credentials, principalArn, clockOffset } = given.value;
  return ok({
    write: {
      name: one.profile,
      credentials,
      principalArn,
      ...sourceOfWrite(source.issuer, one.role),
      ...(sessionPolicy && { rights: rightsOf(sessionPolicy) }),
      ...(written === undefined ? {} : { region: written }),
    },
    sessionPolicy,
    region,
    endsAt: Date.parse(credentials.expiration) - clockOffset,
  });
}

/** AWS does not say that the session policy is in the way, and that is likelier than the role's trust. */
function ofLesser({ roleArn }: ChainRun, { sessionPolicy }: ReadySession, reason: Failure): Failure {
  if (sessionPolicy === undefined || reason.code !== 'assume-role-denied') return reason;
  return {
    ...failure('assume-role-lesser', { roleArn }),
    ...(reason.details && { details: reason.details }),
  };
}

const isOf =
  ({ profile, roleArn }: Pick<ChainRun, 'profile' | 'roleArn'>) =>
  (chain: Chain): boolean =>
    chain.profile === profile && chain.roleArn === roleArn;

interface Source {
  issuer: string;
  session: ReadySession;
  credentials: Credentials;
  /** Of its profile. */
  region: string | undefined;
}

/** The credentials to assume a second role with: of a login bound to the source and written. */
export async function sourceOf(
  memory: Memory,
  { loginId, role, profile, roleArn }: ChainRun,
): Promise<Source | undefined> {
  const chain = (await readChains(memory)).find(isOf({ profile, roleArn }));
  const login = (await readLogins(memory)).find(({ id }) => id === loginId);
  const session = login?.sessions.find((other) => sameRole(other.role, role));
  if (chain === undefined || login === undefined || session === undefined) return undefined;
  const bindings = await readBindings(memory);
  if (!isSource(login, session, chain.source, bindings)) return undefined;
  const { credentials, endsAt } = session;
  if (credentials === undefined || Date.now() >= endsAt) return undefined;
  const region =
    bindings.find((one) => one.profile === chain.source)?.region ?? hostRegions(memory)[chain.source];
  return { issuer: login.issuer, session, credentials, region };
}

/**
 * Whether a role's credentials are in a file and its own profile, for its session name, is `source`. The profile may
 * have had another name when written.
 */
export function isSource(
  login: Login,
  session: RoleSession,
  source: string,
  bindings: readonly Binding[],
): session is ReadySession {
  if (session.step !== 'ready' || profileWith(session) === undefined) return false;
  const given = sessionNameOf(session.principalArn);
  const key = keyOf(login, session.role);
  return bindings.some(
    (binding) => binding.profile === source && isBoundBy(binding, key) && isOfName(binding, given),
  );
}
