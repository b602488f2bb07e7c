import { failure } from '../../../core/failure.ts';
import type { UsableCredentials } from '../../../core/profile/credentials.ts';
import { failed, ok, type Result } from '../../../core/result.ts';
import { assumeRole } from '../../../core/sts/assume-role.ts';
import { stsRegion } from '../../../core/sts/sts-region.ts';
import { inEnglish } from '../../../core/words/failures/english.ts';
import { type AwsFiles, lastOf, type Settings } from '../../../credentials-file/index.ts';
import { narrowedBeforeAsking, policyBeforeAsking } from '../../../machine-policy/judge.ts';
import { httpsAgentMaker } from '../../network/https-agent.ts';
import { allowedDuration } from '../../sts/allowed-duration.ts';
import { whyNotAskSts } from '../../sts/before-asking-sts.ts';
import { askMfaCode } from '../../terminal/ask-mfa-code.ts';
import type { ProfileInUse } from '../profile-in-use.ts';
import { whyUnusable } from './why-unusable.ts';

/**
 * Assumes the role of the profile `name` with `credentials`, as its settings say: session name, duration, external id and
 * MFA device, whose code is asked for on the terminal. `first` is the profile that the credentials are of.
 *
 * Failures: `profile-settings-unusable`, `profile-mfa-needed`, `profile-source-failed` if AWS does not accept the credentials,
 * those of the machine's policy, of asking STS and of the way through the network.
 */
export async function assumeRoleOf(
  files: AwsFiles,
  name: string,
  settings: Settings,
  { accessKeyId, secretAccessKey, sessionToken = '' }: UsableCredentials,
  first: string,
): Promise<Result<ProfileInUse>> {
  const unusable = await whyUnusable(files, name, settings);
  if (unusable !== undefined) return failed(unusable);
  const roleArn = lastOf(settings, 'role_arn') ?? '';
  const { machine } = files;
  const policy = policyBeforeAsking(machine);
  if (!policy.ok) return policy;
  const going = { arn: roleArn, source: 'none' } as const;
  const narrowed = await narrowedBeforeAsking(policy.value, machine, 'cli', going);
  if (!narrowed.ok) return narrowed;
  const obstacle = await whyNotAskSts({ quiet: true });
  if (obstacle !== undefined) return failed(obstacle);
  const serialNumber = lastOf(settings, 'mfa_serial');
  const tokenCode = serialNumber === undefined ? undefined : askMfaCode(serialNumber);
  if (serialNumber !== undefined && tokenCode === undefined) {
    return failed(failure('profile-mfa-needed', { profile: name, serialNumber }));
  }
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const setting = lastOf(settings, 'region') ?? (AWS_REGION || AWS_DEFAULT_REGION);
  const wished = Number.parseInt(lastOf(settings, 'duration_seconds') ?? '', 10);
  const sessionDuration = allowedDuration(
    Number.isNaN(wished) ? undefined : wished,
    policy.value.maxSessionDuration,
  );
  const externalId = lastOf(settings, 'external_id');
  // Its `ca_bundle` counts, as with AWS tools.
  const agents = await httpsAgentMaker({ ...process.env, AWS_PROFILE: name });
  if (!agents.ok) return agents;
  const given = await assumeRole({
    roleArn,
    sessionName: lastOf(settings, 'role_session_name') ?? `roleferry-${Date.now()}`,
    region: stsRegion({ roleArn, ...(setting && { setting }) }),
    fips: policy.value.fips === true,
    sessionPolicy: narrowed.value,
    newHttpsAgent: agents.value,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    ...(sessionDuration !== undefined && { sessionDuration }),
    ...(externalId !== undefined && { externalId }),
    ...(serialNumber !== undefined && tokenCode !== undefined && { mfa: { serialNumber, tokenCode } }),
  });
  if (given.ok) return ok(given.value);
  if (given.failure.code !== 'source-credentials-refused') return given;
  const { message } = inEnglish(given.failure);
  return failed(
    failure('profile-source-failed', { profile: name, reason: `it uses those of ${first}. ${message}` }),
  );
}
