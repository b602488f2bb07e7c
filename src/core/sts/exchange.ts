import { AssumeRoleWithSAMLCommand } from '@aws-sdk/client-sts';
import * as v from 'valibot';
import { otherPartitionFailure, partitionFailure } from '../aws/partition.ts';
import { parseRoleArn, type Role } from '../aws/role.ts';
import type { SessionPolicy } from '../aws/session-policy.ts';
import { sessionPolicyFailure } from '../aws/session-policy-failure.ts';
import { type Failure, failure } from '../failure.ts';
import { type Credentials, credentialsSchema } from '../profile/credentials.ts';
import { failed, ok, type Result } from '../result.ts';
import { explained } from './explained.ts';
import { clampDuration, longestGranted } from './session-duration.ts';
import { type NewHttpsAgent, stsClient } from './sts-client.ts';
import { stsFailure, withoutSecrets } from './sts-failure.ts';
import { fipsStsHost, stsHost } from './sts-region.ts';
import { watchSts } from './watch-sts.ts';

/** STS answers within a second; what takes longer than this never answers. */
export const patienceMilliseconds = 15_000;

/** How long to wait when throttled: about a second at first, doubled each time, at most 15. */
const firstPauseMilliseconds = 1_000;
const longestPauseMilliseconds = 15_000;

/** What to ask STS for. */
export interface ExchangeRequest {
  /** The SAMLResponse as it was posted, base64. */
  response: string;
  role: Role;
  region: string;
  /** Seconds; without it STS grants an hour. */
  sessionDuration?: number;
  /** The longest duration that the role is known to grant, in seconds. */
  knownMaximum?: number;
  /** Until when to retry while throttled; milliseconds since the epoch. */
  retryUntil?: number;
  /** When the browser sent the response, if one did; milliseconds since the epoch. */
  seenAt?: number;
  /** Whether STS may only be asked at its FIPS endpoints. */
  fips?: boolean;
  /** What the session may do at most. */
  sessionPolicy?: SessionPolicy | undefined;
  newHttpsAgent?: NewHttpsAgent | undefined;
}

/** What STS gave. */
export interface Exchanged {
  credentials: Credentials;
  /** ARN of the assumed-role session. */
  principalArn: string;
  /** The duration that the role grants, if less than asked; both in seconds. */
  shortened?: { asked: number; granted: number };
  /** How far AWS's clock is ahead of this machine's, in milliseconds; 0 if they agree well enough. */
  clockOffset: number;
}

/**
 * Redeems an assertion for temporary credentials of one of its roles (STS AssumeRoleWithSAML). Above the role's
 * maximum duration, it finds the longest that the role grants. A refusal comes with its likeliest cause. Nothing is
 * sent for an ARN in an unknown partition, for provider and role in different partitions, with a session policy that AWS
 * would refuse, or with `fips` in a region without such an STS.
 */
export async function exchange(request: ExchangeRequest): Promise<Result<Exchanged>> {
  const { roleArn, providerArn } = request.role;
  const refusal =
    partitionFailure(roleArn) ??
    partitionFailure(providerArn) ??
    otherPartitionFailure(roleArn, providerArn) ??
    (request.sessionPolicy && sessionPolicyFailure(request.sessionPolicy, roleArn));
  if (refusal !== undefined) return failed(refusal);
  if (request.sessionDuration === undefined) return redeem(request, undefined);
  const asked = clampDuration(request.sessionDuration);
  const wished = Math.min(asked, request.knownMaximum ?? asked);
  // Stryker disable next-line StringLiteral,ObjectLiteral: AWS's refusal takes its place
  let refused: Result<Exchanged> = failed(failure('sts-duration', { seconds: wished }));
  const { seconds, result } = await longestGranted(wished, async (duration) => {
    const answer = await redeem(request, duration);
    if (!isTooLong(answer)) return answer;
    refused = answer;
    return 'too-long';
  });
  const exchanged = result === 'too-long' ? refused : result;
  if (!exchanged.ok || seconds === asked) return exchanged;
  return ok({ ...exchanged.value, shortened: { asked, granted: seconds } });
}

/** Whether AWS says that the role's maximum is lower. */
const isTooLong = (answer: Result<unknown>): boolean =>
  !answer.ok &&
  answer.failure.code === 'sts-duration' &&
  /MaxSessionDuration/.test(answer.failure.details ?? '');

/** Asks for one duration, and retries while AWS throttles and there is time. */
async function redeem(request: ExchangeRequest, seconds: number | undefined): Promise<Result<Exchanged>> {
  // Stryker disable next-line ArithmeticOperator,MethodExpression: how long it waits
  for (let pause = firstPauseMilliseconds; ; pause = Math.min(2 * pause, longestPauseMilliseconds)) {
    const result = await redeemOnce(request, seconds);
    if (result.ok || result.failure.code !== 'sts-throttled') return result;
    // Thousands log in at nine in the morning, so each waits a different time.
    // Stryker disable next-line ArithmeticOperator: how long it waits
    const wait = pause * (0.5 + Math.random());
    // Stryker disable next-line EqualityOperator: no clock meets the millisecond
    if (Date.now() + wait > (request.retryUntil ?? 0)) return result;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

async function redeemOnce(request: ExchangeRequest, seconds: number | undefined): Promise<Result<Exchanged>> {
  const { response, role, region, fips = false, sessionPolicy, newHttpsAgent } = request;
  const host = fips ? fipsStsHost(region) : stsHost(region);
  if (host === undefined) return failed(failure('sts-no-fips', { region }));
  const client = stsClient({ region, newHttpsAgent, ...(fips && { useFipsEndpoint: true }) });
  const seen = watchSts(client, host);
  try {
    const answer = await client.send(
      new AssumeRoleWithSAMLCommand({
        RoleArn: role.roleArn,
        PrincipalArn: role.providerArn,
        SAMLAssertion: strictBase64(response),
        DurationSeconds: seconds,
        ...policyParameters(sessionPolicy),
      }),
      { abortSignal: AbortSignal.timeout(patienceMilliseconds) },
    );
    return readAnswer(answer, role, seen);
  } catch (error) {
    const asked = { role, region, seconds, host: seen.host, sessionPolicy };
    const reason = withClock(stsFailure(error, asked), seen.clockOffset);
    return failed(explained(reason, error, { ...request, seconds, ...seen }));
    // Stryker disable next-line BlockStatement: an open connection changes no answer
  } finally {
    client.destroy();
  }
}

/** How both ways of assuming a role spell a session policy. */
export const policyParameters = (of: SessionPolicy | undefined) => ({
  PolicyArns: of?.policyArns?.map((arn) => ({ arn })),
  Policy: of?.policy,
});

/** Without line breaks, which forms may add, and with padding, which some omit. */
function strictBase64(response: string): string {
  const bare = response.replace(/\s+/g, '');
  return bare.padEnd(Math.ceil(bare.length / 4) * 4, '=');
}

function withClock(reason: Failure, offset: number): Failure {
  if (reason.code !== 'sts-expired' || offset === 0) return reason;
  const minutes = Math.round(offset / 60_000);
  return { ...failure('clock-skew', { minutes }), ...(reason.details && { details: reason.details }) };
}

const answerSchema = v.object({
  Credentials: v.object({
    AccessKeyId: v.string(),
    SecretAccessKey: v.string(),
    SessionToken: v.string(),
    Expiration: v.date(),
  }),
  AssumedRoleUser: v.object({ Arn: v.string() }),
});

/** IAM's RoleName and STS's RoleSessionName after the account; without the role's path. */
const sessionArn = /^arn:[\w-]+:sts::\d{12}:assumed-role\/[\w+=,.@-]{1,64}\/[\w+=,.@-]{2,64}$/;

/**
 * Checks STS's answer to both ways of assuming a role: it counts only for the requested role, account and partition,
 * and for the session name if one was requested. Failures: `sts-not-aws`, `sts-other-role`.
 */
export function readAnswer(
  answer: unknown,
  { roleArn, sessionName = '' }: { roleArn: string; sessionName?: string },
  { host, clockOffset }: { host: string; clockOffset: number },
): Result<Exchanged> {
  const notAws = () => failed(failure('sts-not-aws', { host }));
  const read = v.safeParse(answerSchema, answer);
  if (!read.success) return notAws();
  const principalArn = read.output.AssumedRoleUser.Arn;
  if (!sessionArn.test(principalArn)) return notAws();
  const { partition, accountId, name } = parseRoleArn(roleArn) ?? {};
  const asked = `arn:${partition}:sts::${accountId}:assumed-role/${name}/${sessionName}`;
  if (sessionName === '' ? !principalArn.startsWith(asked) : principalArn !== asked) {
    const given = withoutSecrets(principalArn);
    return failed(failure('sts-other-role', { host, asked, given }));
  }
  const given = read.output.Credentials;
  const credentials = v.safeParse(credentialsSchema, {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
    expiration: given.Expiration.toISOString().replace('.000Z', 'Z'),
  });
  if (!credentials.success) return notAws();
  return ok({ credentials: credentials.output, principalArn, clockOffset });
}
