import { devNull } from 'node:os';
import { fromIni } from '@aws-sdk/credential-provider-ini';
import { failed, ok, type Result } from '../../../core/result.ts';
import { stsRegion } from '../../../core/sts/sts-region.ts';
import { type AwsFiles, credentialsSource, lastOf, type Settings } from '../../../credentials-file/index.ts';
import { httpsAgentMaker, throughAgent } from '../../network/https-agent.ts';
import { whyNotAskSts } from '../../sts/before-asking-sts.ts';
import type { ProfileInUse } from '../profile-in-use.ts';
import { sdkFailure } from './sdk-failure.ts';
import { whyUnusable } from './why-unusable.ts';

/**
 * The credentials that a profile takes from no other profile, from the SDK's providers: those of `aws sso login`, `aws
 * login`, a `credential_process` or a web identity token. With `credential_source`, those with which it assumes its role.
 *
 * Failures: those of `whyUnusable`, `aws-login-needed`, `profile-process-failed`, `profile-source-failed`, those that
 * forbid asking STS, and those of the way through the network.
 */
export async function askSdk(
  files: AwsFiles,
  name: string,
  settings: Settings,
): Promise<Result<ProfileInUse>> {
  const unusable = await whyUnusable(files, name, settings);
  if (unusable !== undefined) return failed(unusable);
  const source = credentialsSource(settings);
  const obstacle = source === 'process' ? undefined : await whyNotAskSts({ quiet: true });
  if (obstacle !== undefined) return failed(obstacle);
  // Its `ca_bundle` counts, as with AWS tools.
  const agents = await httpsAgentMaker({ ...process.env, AWS_PROFILE: name });
  if (!agents.ok) return agents;
  const agent = agents.value?.();
  const through = throughAgent(agent);
  const provider = fromIni({
    ...through,
    profile: name,
    ignoreCache: true,
    // Only this is for the STS that redeems a web identity token.
    parentClientConfig: { region: regionFor(settings), ...through?.clientConfig },
    roleAssumer: async (from) => from,
    mfaCodeProvider: async () => '',
  });
  // To the AWS CLI, SSO wins over keys. To the SDK keys win.
  const isBesideKeys = source === 'sso' && lastOf(settings, 'aws_access_key_id') !== undefined;
  try {
    const given = await withFiles(isBesideKeys ? { ...files, credentialsFile: devNull } : files, provider);
    const { accessKeyId, secretAccessKey, sessionToken, expiration, accountId } = given;
    return ok({
      credentials: {
        accessKeyId,
        secretAccessKey,
        ...(sessionToken !== undefined && { sessionToken }),
        ...(expiration !== undefined && { expiration: expiration.toISOString() }),
      },
      ...(accountId !== undefined && { account: accountId }),
    });
  } catch (error) {
    return failed(agent?.failure ?? sdkFailure(error, name, settings));
  }
}

/** Where a web identity token is redeemed. */
function regionFor(settings: Settings): string {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const setting = lastOf(settings, 'region') ?? (AWS_REGION || AWS_DEFAULT_REGION);
  return stsRegion({ roleArn: lastOf(settings, 'role_arn') ?? '', ...(setting && { setting }) });
}

/** Runs `ask` while the environment names these files: not all providers take their places as an option. */
async function withFiles<T>({ credentialsFile, configFile }: AwsFiles, ask: () => Promise<T>): Promise<T> {
  const { AWS_SHARED_CREDENTIALS_FILE, AWS_CONFIG_FILE } = process.env;
  const set = (values: Record<string, string | undefined>) => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  set({ AWS_SHARED_CREDENTIALS_FILE: credentialsFile, AWS_CONFIG_FILE: configFile });
  try {
    return await ask();
  } finally {
    set({ AWS_SHARED_CREDENTIALS_FILE, AWS_CONFIG_FILE });
  }
}
