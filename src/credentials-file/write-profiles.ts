import { failure } from '../core/failure.ts';
import type { ProfileOutcome } from '../core/protocol/protocol.ts';
import { ok, type Result } from '../core/result.ts';
import type { Program } from '../machine-policy/audit.ts';
import { judge } from '../machine-policy/judge.ts';
import type { Judged } from '../machine-policy/refusal.ts';
import type { AwsFiles } from './files/locate.ts';
import type { ProfileUpdate } from './format/profile-keys.ts';
import { writeAllowed } from './write-allowed.ts';

/**
 * Writes profiles into the credentials file, all of them in one write, and then their `region` and `output` into the
 * config file where it has none for them. One outcome for each update, in their order; of two updates with the
 * same name the last one is written. The credentials of a process profile go into its cache instead, and temporary
 * ones that the credentials file still has for it are taken out, since they would win. Where either file names the
 * account of a profile (`aws_account_id`), it names that of the new credentials from then on.
 *
 * What the policy of the machine forbids is refused here, below host and CLI, and the lines that it wants of each
 * decision are written before anything else is.
 *
 * `stillWanted` is asked right before the credentials are written: when whoever asked is gone by then, nothing is
 * written and the failure is `host-gone`.
 *
 * Refused one by one, the others written: `profile-name-invalid`, `profile-value-invalid`, `profile-long-lived`,
 * `profile-other-account`, `profile-shadowed`, `file-not-understood` (only this profile's section is in doubt),
 * `policy-forbids`, `policy-no-profiles`, `policy-fixed-profile`, `machine-policy-source-unknown`, and
 * for a process profile those of writing its cache. For all of them, with
 * nothing written to either file: `file-not-understood`, `file-unreadable`, `file-not-writable`,
 * `file-no-space`, `file-link-broken`, `file-busy`, `machine-policy-invalid`, `audit-not-written`. Credentials that are said not to be there must never be there:
 * nobody would take them out again.
 *
 * No login is lost for the config file, which comes last: what cannot be written there is a warning in the outcome
 * (`profile-settings-not-written`), and so is what keeps the AWS CLI from reading either file (`file-not-for-aws-cli`),
 * which is true of all profiles and said with the first.
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
  const written = allowed.length > 0 ? await writeAllowed(files, allowed, stillWanted) : ok([]);
  const outcomes = updates.map(({ name }): ProfileOutcome => {
    const reason = forbidden.get(name) ?? (written.ok ? undefined : written.failure);
    if (reason !== undefined) return { name, ok: false, failure: reason };
    const outcome = written.ok ? written.value.find((one) => one.name === name) : undefined;
    return outcome ?? { name, ok: false, failure: failure('unexpected', { where: 'the credentials file' }) };
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
