import { AssumeRoleCommand, type STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { partitionFailure } from '../aws/partition.ts';
import type { SessionPolicy } from '../aws/session-policy.ts';
import { sessionPolicyFailure } from '../aws/session-policy-failure.ts';
import { type Failure, failure } from '../failure.ts';
import type { Credentials } from '../profile/credentials.ts';
import { failed, type Result } from '../result.ts';
import { type Exchanged, patienceMilliseconds, policyParameters, readAnswer } from './exchange.ts';
import { type NewHttpsAgent, stsClient } from './sts-client.ts';
import { stsFailure, withoutSecrets } from './sts-failure.ts';
import { fipsStsHost, stsHost } from './sts-region.ts';
import { type Seen, watchSts } from './watch-sts.ts';

type Keys = Pick<Credentials, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>;

/** What to ask STS for. */
export interface AssumeRoleRequest {
  roleArn: string;
  sessionName: string;
  region: string;
  /**
   * Whose request it is: credentials, or an SDK provider of them. By default the SDK's default chain, which browsers
   * don't have.
   */
  credentials?: Keys | Extract<STSClientConfig['credentials'], (...asked: never) => unknown>;
  /** Seconds; without it STS grants an hour. */
  sessionDuration?: number;
  mfa?: { serialNumber: string; tokenCode: string };
  externalId?: string;
  sourceIdentity?: string;
  /** Session tags by name. */
  tags?: Record<string, string>;
  /** What the session may do at most. */
  sessionPolicy?: SessionPolicy | undefined;
  /** Whether STS may only be asked at its FIPS endpoints. */
  fips?: boolean;
  newHttpsAgent?: NewHttpsAgent | undefined;
}

/**
 * Gets a role's temporary credentials with other credentials (STS AssumeRole). If the role doesn't grant the
 * duration, it fails and doesn't ask for less: an MFA code works only once. Nothing is sent for a role in an unknown
 * partition, with a session policy that AWS would refuse, or with `fips` in a region without such an STS.
 */
export async function assumeRole(request: AssumeRoleRequest): Promise<Result<Exchanged>> {
  const { roleArn, region, credentials, fips, sessionPolicy, newHttpsAgent } = request;
  const refused =
    partitionFailure(roleArn) ?? (sessionPolicy && sessionPolicyFailure(sessionPolicy, roleArn));
  if (refused !== undefined) return failed(refused);
  const host = fips ? fipsStsHost(region) : stsHost(region);
  if (host === undefined) return failed(failure('sts-no-fips', { region }));
  const client = stsClient({
    region,
    newHttpsAgent,
    ...(fips && { useFipsEndpoint: true }),
    ...(credentials && { credentials: forSdk(credentials) }),
  });
  try {
    return await askForRole(client, watchSts(client, host), request);
    // Stryker disable next-line BlockStatement: an open connection changes no answer
  } finally {
    client.destroy();
  }
}

/**
 * The same through a client that stays, and its `seen` (see watch-sts.ts); STS is given `patience` milliseconds.
 */
export async function askForRole(
  client: STSClient,
  seen: Seen,
  request: Omit<AssumeRoleRequest, 'credentials' | 'fips' | 'newHttpsAgent'>,
  patience = patienceMilliseconds,
): Promise<Result<Exchanged>> {
  const { roleArn, sessionName, sessionDuration, mfa, externalId, sourceIdentity, tags, sessionPolicy } =
    request;
  try {
    const missing = await whyNoCredentials(client);
    if (missing !== undefined) return failed(missing);
    const answer = await client.send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: sessionName,
        DurationSeconds: sessionDuration,
        ExternalId: externalId,
        SourceIdentity: sourceIdentity,
        Tags: tags && Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        ...policyParameters(sessionPolicy),
        SerialNumber: mfa?.serialNumber,
        TokenCode: mfa?.tokenCode,
      }),
      { abortSignal: AbortSignal.timeout(patience) },
    );
    return readAnswer(answer, request, seen);
  } catch (error) {
    return failed(refusal(error, request, seen.host));
  }
}

/** The SDK expects `expiration` to be a Date, which ours is not. */
function forSdk<T extends (...asked: never) => unknown>(credentials: Keys | T): Keys | T {
  if (typeof credentials === 'function') return credentials;
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** Lets the SDK find credentials to sign with, without a time limit: that may need a login elsewhere. */
async function whyNoCredentials(client: STSClient): Promise<Failure | undefined> {
  try {
    await client.config.credentials();
    return undefined;
  } catch (error) {
    // A failed `credential_process` is quoted with its command line and all its output.
    // Stryker disable next-line StringLiteral: each text has a first line
    const [words = ''] = String((error as { message?: unknown })?.message ?? '').split('\n');
    const reason = words.startsWith('Command failed')
      ? 'the credential_process of the profile failed'
      : words;
    return failure('source-credentials-missing', { reason: withoutSecrets(reason) });
  }
}

const aboutCaller =
  /^(InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|IncompleteSignature|ExpiredToken(Exception)?|MissingAuthenticationToken)$/;

function refusal(
  error: unknown,
  {
    roleArn,
    region,
    sessionDuration,
    sessionPolicy,
  }: Pick<AssumeRoleRequest, 'roleArn' | 'region' | 'sessionDuration' | 'sessionPolicy'>,
  host: string,
): Failure {
  const told = stsFailure(error, {
    role: { roleArn },
    region,
    seconds: sessionDuration,
    host,
    sessionPolicy,
  });
  const { name, message } = error as { name: string; message: string };
  // Stryker disable next-line ConditionalExpression: those below come with AWS's words
  const details = told.details === undefined ? {} : { details: told.details };
  if (aboutCaller.test(name)) {
    return { ...failure('source-credentials-refused', { reason: withoutSecrets(message) }), ...details };
  }
  if (told.code !== 'sts-access-denied') return told;
  const reason = /MultiFactorAuthentication/.test(message)
    ? failure('mfa-refused')
    : failure('assume-role-denied', { roleArn });
  return { ...reason, ...details };
}
