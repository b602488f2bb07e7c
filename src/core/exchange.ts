import { AssumeRoleWithSAMLCommand, STSClient } from '@aws-sdk/client-sts';
import * as v from 'valibot';
import { type Credentials, credentialsSchema } from './credentials.ts';
import { failure } from './failure.ts';
import { failed, ok, type Result } from './result.ts';
import type { Role } from './role.ts';
import { durationsToTry } from './session-duration.ts';
import { isOverMaximum, stsFailure } from './sts-failure.ts';
import { stsHost } from './sts-region.ts';

/** STS answers within a second; what takes longer than this does not answer at all. */
const patienceMilliseconds = 15_000;

/** What to ask of STS. */
export interface ExchangeRequest {
  /** The SAMLResponse as it was posted, base64. */
  response: string;
  role: Role;
  region: string;
  /** Seconds; without it STS grants an hour. */
  sessionDuration?: number;
}

/** What STS gave. */
export interface Exchanged {
  credentials: Credentials;
  /** ARN of the assumed-role session. */
  principalArn: string;
  /** The duration that AWS granted, where it is less than what was asked; both in seconds. */
  shortened?: { asked: number; granted: number };
}

/**
 * Redeems an assertion for temporary credentials of one of its roles (STS AssumeRoleWithSAML). Above the
 * role's maximum duration it asks for less until the role grants it.
 */
export async function exchange(request: ExchangeRequest): Promise<Result<Exchanged>> {
  const { region, role } = request;
  const client = new STSClient({ region, maxAttempts: 3 });
  const durations =
    request.sessionDuration === undefined ? [undefined] : durationsToTry(request.sessionDuration);
  try {
    for (const [index, seconds] of durations.entries()) {
      try {
        const answer = await client.send(
          new AssumeRoleWithSAMLCommand({
            RoleArn: role.roleArn,
            PrincipalArn: role.providerArn,
            SAMLAssertion: packed(request.response),
            DurationSeconds: seconds,
          }),
          { abortSignal: AbortSignal.timeout(patienceMilliseconds) },
        );
        const asked = durations[0];
        const shortened = asked !== undefined && seconds !== asked && { asked, granted: seconds ?? asked };
        return readAnswer(answer, region, shortened || undefined);
      } catch (error) {
        const last = index === durations.length - 1;
        if (last || !isOverMaximum(error)) return failed(stsFailure(error, { role, region, seconds }));
      }
    }
    return failed(failure('unexpected', { where: 'the exchange with AWS' }));
  } finally {
    client.destroy();
  }
}

/** STS wants base64 without the line breaks that a form may carry. */
const packed = (response: string) => response.replace(/\s+/g, '');

const answerSchema = v.object({
  Credentials: v.object({
    AccessKeyId: v.string(),
    SecretAccessKey: v.string(),
    SessionToken: v.string(),
    Expiration: v.date(),
  }),
  AssumedRoleUser: v.object({ Arn: v.string() }),
});

function readAnswer(answer: unknown, region: string, shortened: Exchanged['shortened']): Result<Exchanged> {
  const notAws = () => failed(failure('sts-not-aws', { host: stsHost(region) }));
  const read = v.safeParse(answerSchema, answer);
  if (!read.success) return notAws();
  const given = read.output.Credentials;
  const credentials = v.safeParse(credentialsSchema, {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
    expiration: given.Expiration.toISOString().replace('.000Z', 'Z'),
  });
  if (!credentials.success) return notAws();
  return ok({
    credentials: credentials.output,
    principalArn: read.output.AssumedRoleUser.Arn,
    ...(shortened === undefined ? {} : { shortened }),
  });
}
