import type { Command } from 'commander';
import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { type AwsFiles, noteUse, readCredentials, type UsableProfile } from '../../credentials-file/index.ts';
import { refusalByPolicy } from '../../machine-policy/refusal.ts';
import { needsLogin, secondsLeft } from '../login/needs-login.ts';

/** The profile of `command`: the one that it names, else that of the AWS tools. Failure: `profile-unsaid`. */
export function profileName(command: Command, named: string | undefined): Result<string> {
  const name = named ?? (process.env.AWS_PROFILE || process.env.AWS_DEFAULT_PROFILE);
  return name ? ok(name) : failed(failure('profile-unsaid', { command: command.name() }));
}

/**
 * The unexpired credentials of a profile. If they have expired, will soon, or are missing, calls `renew`, which returns
 * whether it tried, and reads them again.
 *
 * Also enforces the machine's policy on credentials written earlier. The file does not say which login they are from, so
 * only account, role and time count.
 *
 * Failures: `profile-expired`, those of `readCredentials`, those of the machine's policy, and those of
 * `renew`.
 */
export async function currentProfile(
  files: AwsFiles,
  name: string,
  renew?: (name: string) => Promise<Result<boolean>>,
): Promise<Result<UsableProfile>> {
  const read = await readAllowed(files, name);
  if (read.ok && read.value.isProcess) await noteUse(files, name);
  if (renew && needsLogin(read)) {
    const renewed = await renew(name);
    if (!renewed.ok) return renewed;
    if (renewed.value) return unexpired(name, await readAllowed(files, name));
  }
  return unexpired(name, read);
}

async function readAllowed(files: AwsFiles, profile: string): Promise<Result<UsableProfile>> {
  const read = await readCredentials(files, profile);
  if (!read.ok) return read;
  const { principalArn: arn = '', credentials } = read.value;
  const refusal = refusalByPolicy(files.machine, {
    arn,
    profile,
    source: 'none',
    expiration: credentials.expiration,
  });
  return refusal === undefined ? read : failed(refusal);
}

function unexpired(profile: string, read: Result<UsableProfile>): Result<UsableProfile> {
  if (!read.ok || secondsLeft(read.value) > 0) return read;
  return failed(failure('profile-expired', { profile, expiration: read.value.credentials.expiration }));
}
