import { failure } from '../core/failure.ts';
import type { ProfileOutcome } from '../core/protocol/answers.ts';
import { ok, type Result } from '../core/result.ts';
import type { Program } from '../machine-policy/audit.ts';
import { judge } from '../machine-policy/judge.ts';
import type { Judged } from '../machine-policy/refusal.ts';
import type { AwsFiles } from './files/locate.ts';
import type { ProfileUpdate } from './format/profile-keys.ts';
import { writeAllowed } from './write-allowed.ts';

/**
 * Writes profiles into the credentials file in one write, then their `region` and `output` into the config file where
 * it has none. Returns one outcome for each update, in order. Of two updates with the same name the last wins. A process
 * profile's credentials go into its cache instead, and temporary ones that the credentials file still has for it are
 * removed, since they would win. Where either file names a profile's account (`aws_account_id`), it becomes the account
 * of the new credentials.
 *
 * The machine's policy is enforced here, below host and CLI. The log lines that it asks for are written first.
 *
 * `stillWanted` is asked right before the write. If it says no, because whoever asked is gone, nothing is written and
 * the failure is `host-gone`.
 *
 * Failures of one profile, with the others written: `profile-name-invalid`, `profile-value-invalid`, `profile-long-lived`,
 * `profile-other-account`, `profile-shadowed`, `file-not-understood` (only this profile's section is in doubt),
 * `policy-forbids`, `policy-no-profiles`, `policy-fixed-profile`, `machine-policy-source-unknown`, and
 * for a process profile those of writing its cache. Failures of all, with nothing written to either file:
 * `file-not-understood`, `file-unreadable`, `file-not-writable`, `file-no-space`, `file-link-broken`, `file-busy`,
 * `machine-policy-invalid`, `audit-not-written`. A failure must mean that no credentials are left behind: nobody would
 * remove them.
 *
 * The config file comes last and costs no login. What cannot be written there is the warning
 * `profile-settings-not-written`. If the AWS CLI cannot read one of the files, the first outcome has the warning
 * `file-not-for-aws-cli`.
 */
export async function writeProfiles(
  files: AwsFiles,
  updates: ProfileUpdate[],
  stillWanted: () => boolean = () => true,
  program: Program = 'host',
): Promise<Result<ProfileOutcome[]>> {
  const judged = await judge(files.machine, program, updates.map(asJudged));
  if (!judged.ok) return judged;
  const { refusals, noteFailures } = judged.value;
  const forbidden = new Map(
    updates.flatMap(({ name }, index) => (refusals[index] ? [[name, refusals[index]] as const] : [])),
  );
  const allowed = updates.filter(({ name }) => !forbidden.has(name));
  const written = await writeAllowed(files, allowed, stillWanted);
  const outcomes = updates.map(({ name }): ProfileOutcome => {
    const reason = forbidden.get(name) ?? (written.ok ? undefined : written.failure);
    if (reason !== undefined) return { name, ok: false, failure: reason };
    const outcome = written.ok ? written.value.find((one) => one.name === name) : undefined;
    // Stryker disable next-line all: each has an outcome
    return outcome ?? { name, ok: false, failure: failure('unexpected', { where: 'credentials-file' }) };
  });
  await noteFailures(outcomes.map((one) => (one.ok ? undefined : one.failure)));
  return written.ok ? ok(outcomes) : written;
}

const asJudged = ({ name, principalArn, credentials, source }: ProfileUpdate): Judged => ({
  arn: principalArn,
  profile: name,
  source: source ?? 'unknown',
  expiration: credentials.expiration,
});
