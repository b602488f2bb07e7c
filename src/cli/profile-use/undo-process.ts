import { ok, type Result } from '../../core/result.ts';
import { printable } from '../../core/words/printable.ts';
import {
  type AwsFiles,
  allOrNothing,
  readCredentials,
  undoProcessProfile,
} from '../../credentials-file/index.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { tell } from '../terminal/tell.ts';

/**
 * Undoes the process profile `name`, completely or not at all. Returns a sentence on the outcome: there may be no
 * credentials to put into the credentials file.
 * Failures: those of `undoProcessProfile`.
 */
export async function undoProcess(files: AwsFiles, name: string): Promise<Result<string>> {
  const undone = await allOrNothing(files, name, () => undoProcessProfile(files, name), reportFailure);
  if (!undone.ok) return undone;
  const { credentialsFile: file } = files;
  for (const kept of undone.value.kept) {
    tell(
      `${printable(kept)} has other settings for ${name} now: what --replace set aside stays there, as comments\n`,
    );
  }
  if (undone.value.restored) return ok(`${name} is as it was before --replace`);
  const read = await readCredentials(files, name);
  return ok(
    read.ok
      ? `${name} is in ${file} again`
      : `${name} no longer uses credential_process; it had no credentials to put into ${file}: the next login saved to it brings new ones`,
  );
}
