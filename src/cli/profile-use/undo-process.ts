import { ok, type Result } from '../../core/result.ts';
import {
  type AwsFiles,
  allOrNothing,
  readCredentials,
  undoProcessProfile,
} from '../../credentials-file/index.ts';
import { reportFailure } from '../terminal/report-failure.ts';

/**
 * Undoes the process profile `name`, completely or not at all. Returns a sentence on the outcome: there may be no
 * credentials to put into the credentials file.
 * Failures: those of `undoProcessProfile`.
 */
export async function undoProcess(files: AwsFiles, name: string): Promise<Result<string>> {
  const undone = await allOrNothing(files, name, () => undoProcessProfile(files, name), reportFailure);
  if (!undone.ok) return undone;
  const { credentialsFile: file } = files;
  const read = await readCredentials(files, name);
  return ok(
    read.ok
      ? `${name} is in ${file} again`
      : `${name} no longer uses credential_process; it had no credentials to put into ${file}: the next login saved to it brings new ones`,
  );
}
