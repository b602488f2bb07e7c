import { failure } from '../../core/failure.ts';
import { onDemandNameFailure } from '../../core/profile/on-demand-name.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { readSnapshot } from '../../disk/read-snapshot.ts';
import { rewriteFile } from '../../disk/rewrite-file.ts';
import { readMachinePolicy } from '../../machine-policy/read-policy.ts';
import { settingsByProfile } from '../config/config-settings.ts';
import type { AwsFiles } from '../files/locate.ts';
import { readText } from '../files/read-text.ts';
import { notUnderstood } from '../format/not-understood.ts';
import { profilesIn } from '../format/profiles-in.ts';
import { removeCache } from '../process/cache.ts';
import { processCommand } from '../process/command-line.ts';
import { changeBatches } from './record.ts';
import { appendSections, type OnDemandProfile } from './sections.ts';

/** A profile to make; `region` is written beside its `credential_process`. */
interface WantedProfile {
  name: string;
  region?: string;
}

/**
 * Makes on-demand profiles: appends a section to the config file for each, all in one write. AWS tools then run `program`
 * (an absolute path) for credentials. All are made or none. What was appended is recorded first, so that it can always
 * be undone.
 *
 * Failures: `profile-name-invalid`, `profiles-exist`, `policy-no-profiles`, `machine-policy-invalid`,
 * `process-path-unfit`, `host-gone`, `file-not-understood`, and those of reading and writing files.
 */
export async function makeOnDemand(
  files: AwsFiles,
  wanted: readonly WantedProfile[],
  program: string,
  stillWanted: () => boolean = () => true,
): Promise<Result<void>> {
  const policy = readMachinePolicy(files.machine);
  if (!policy.ok) return policy;
  if (policy.value?.forbidProfiles) return failed(failure('policy-no-profiles'));
  const { configFile } = files;
  const profiles = withCommands(wanted, program);
  if (!profiles.ok) return profiles;
  const snapshot = await readSnapshot(configFile);
  if (!snapshot.ok) return snapshot;
  const before = snapshot.value?.bytes.toString('latin1');
  // Stryker disable next-line StringLiteral: neither has a profile
  const clash = await existing(files, before ?? '', wanted);
  if (!clash.ok) return clash;
  const appended = appendSections(before, profiles.value);
  if (!appended.ok) return notUnderstood(configFile, appended);
  const { content, batch } = appended.value;

  // The name may have been another profile's once.
  for (const { name } of wanted) {
    const dropped = await removeCache(files, name);
    if (!dropped.ok) return dropped;
  }
  const recorded = await changeBatches(files, (batches) => [...batches, batch]);
  if (!recorded.ok) return recorded;
  const written = await rewriteFile<void>(configFile, (now) => {
    if (!stillWanted()) return failed(failure('host-gone'));
    if (now !== (before ?? '')) return failed(failure('file-busy', { file: configFile }));
    return ok({ content, value: undefined });
  });
  if (!written.ok) await changeBatches(files, (batches) => batches.slice(0, -1));
  return written;
}

/** The profiles with the commands that AWS tools run for them. */
export function withCommands(wanted: readonly WantedProfile[], program: string): Result<OnDemandProfile[]> {
  const profiles: OnDemandProfile[] = [];
  for (const { name, region } of wanted) {
    const unfit = onDemandNameFailure(name);
    if (unfit !== undefined) return failed(unfit);
    const line = processCommand(program, name, { login: true, platform: process.platform });
    if (!line.ok) return line;
    const command = Buffer.from(line.value).toString('latin1');
    // Stryker disable next-line ConditionalExpression: a region that is undefined is none
    profiles.push({ name, command, ...(region !== undefined && { region }) });
  }
  return ok(profiles);
}

/** Fails if one of the files has one of these profiles already: nothing that is not ours is changed. */
export async function existing(
  { credentialsFile, configFile }: AwsFiles,
  config: string,
  wanted: readonly WantedProfile[],
): Promise<Result<void>> {
  const content = await readText(credentialsFile);
  const profiles = content.ok ? profilesIn(credentialsFile, content.value) : content;
  if (!profiles.ok) return profiles;
  const inConfig = settingsByProfile(config);
  const taken = wanted.filter(({ name }) => profiles.value.names.has(name) || inConfig.has(name));
  if (taken.length === 0) return ok(undefined);
  const names = taken.map(({ name }) => name).join(', ');
  return failed(failure('profiles-exist', { profiles: names, file: configFile }));
}
