import type { Command } from 'commander';
import { type Failure, failure } from '../../core/failure.ts';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { printable } from '../../core/words/printable.ts';
import {
  type AwsFiles,
  listProfiles,
  readConfigSettings,
  readCredentials,
  removeProfile,
} from '../../credentials-file/index.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { namedProfile, profileOption } from '../profile-use/named-profile.ts';
import type { Define } from '../program/define.ts';
import { examples } from '../terminal/examples.ts';
import { print } from '../terminal/print.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { tell } from '../terminal/tell.ts';

interface Options {
  profile?: string;
  all?: boolean;
}

export const define: Define = (command) => {
  command
    .description(
      'Remove temporary credentials from the credentials file. Long-lived keys, settings and comments stay.',
    )
    .argument('[profile...]', 'the profiles to forget')
    .addOption(profileOption())
    .option('--all', 'all profiles with temporary credentials that say when they expire')
    .addHelpText(
      'after',
      examples([
        ['roleferry forget dev', 'one profile'],
        ['roleferry forget --all', 'everything that is temporary'],
      ]),
    )
    .action(async (byPosition: string[], { profile: byOption, all = false }: Options) => {
      const profiles = namedProfiles(command, byPosition, byOption);
      if (all === profiles.length > 0) return reportFailure(failure('profiles-or-all'));
      const unnamed = profiles.includes('') ? profileNameFailure('') : undefined;
      if (unnamed !== undefined) return reportFailure(unnamed);
      const files = filesOfHost();
      const names = all ? await temporaryProfiles(files) : ok(profiles);
      if (!names.ok) return reportFailure(names.failure);
      for (const name of names.value) {
        const removed = await removeProfile(files, name);
        if (removed.ok) print(`forgot ${printable(name)}\n`);
        else await explain(files, name, removed.failure);
      }
      if (names.value.length === 0) tell('nothing to forget\n');
    });
};

/** The profiles that the command line names, by position or one with `--profile`. Ends `command` as misused if they differ. */
function namedProfiles(command: Command, byPosition: string[], byOption: string | undefined): string[] {
  for (const name of byPosition) namedProfile(command, name, byOption);
  return byPosition.length === 0 && byOption !== undefined ? [byOption] : byPosition;
}

/** Says why there was nothing to forget of `profile`, which is no failure if it only has no credentials yet. */
async function explain(files: AwsFiles, profile: string, reason: Failure): Promise<void> {
  const read = reason.code === 'profile-not-found' ? await readCredentials(files, profile) : undefined;
  const { code, ...why } = read?.ok === false ? read.failure : reason;
  if (code === 'profile-no-credentials') return tell(`${printable(profile)} had no credentials\n`);
  // What is not to be overwritten is not there to be forgotten.
  await reportFailure({ ...why, code: code === 'profile-long-lived' ? 'profile-not-temporary' : code });
}

async function temporaryProfiles(files: AwsFiles): Promise<Result<string[]>> {
  const config = await readConfigSettings(files.configFile);
  if (!config.ok) return config;
  const listed = await listProfiles(files);
  if (!listed.ok) return failed(listed.failure);
  const temporary = listed.value.filter(
    ({ kind, expiration }) => ['temporary', 'process'].includes(kind) && expiration !== undefined,
  );
  return ok(temporary.map(({ name }) => name));
}
