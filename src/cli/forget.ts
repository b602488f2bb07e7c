import { homedir } from 'node:os';
import { failure } from '../core/failure.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { listProfiles } from '../credentials-file/list-profiles.ts';
import { type AwsFiles, locateFiles } from '../credentials-file/locate.ts';
import { removeProfile } from '../credentials-file/remove-profile.ts';
import { readInstallRecord } from '../native-host/registration/install-record.ts';
import { hostFolder } from '../native-host/registration/places.ts';
import type { Define } from './commands.ts';
import { examples } from './examples.ts';
import { reportFailure } from './report-failure.ts';
import { surroundings } from './surroundings.ts';

export const define: Define = (command) => {
  command
    .description(
      'Remove temporary credentials from the credentials file. Long-lived keys, settings and comments stay.',
    )
    .argument('[profile...]', 'the profiles to forget')
    .option('--all', 'every profile with temporary credentials that says when they expire')
    .addHelpText(
      'after',
      examples([
        ['roleferry forget dev', 'one profile'],
        ['roleferry forget --all', 'everything that is temporary'],
      ]),
    )
    .action(async (profiles: string[], { all = false }: { all?: boolean }) => {
      if (all === profiles.length > 0) return reportFailure(failure('profiles-or-all'));
      const files = filesOfHost();
      const names = all ? await temporaryProfiles(files) : ok(profiles);
      if (!names.ok) return reportFailure(names.failure);
      for (const name of names.value) {
        const removed = await removeProfile(files, name);
        if (!removed.ok) reportFailure(removed.failure);
        else process.stdout.write(`forgot ${name}\n`);
      }
      if (names.value.length === 0) process.stderr.write('there is nothing to forget\n');
    });
};

/** The files that the host writes: those of this shell's environment, else what the installation names. */
function filesOfHost(): AwsFiles {
  const { credentialsFile } = readInstallRecord(hostFolder(surroundings()));
  const env = { AWS_SHARED_CREDENTIALS_FILE: credentialsFile, ...process.env };
  return locateFiles(env, process.platform, homedir());
}

async function temporaryProfiles(files: AwsFiles): Promise<Result<string[]>> {
  const listed = await listProfiles(files);
  if (!listed.ok) return failed(listed.failure);
  const temporary = listed.value.filter(
    ({ kind, expiration }) => kind === 'temporary' && expiration !== undefined,
  );
  return ok(temporary.map(({ name }) => name));
}
