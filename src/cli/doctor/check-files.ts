import { lstat } from 'node:fs/promises';
import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import type { AwsFiles } from '../../credentials-file/locate.ts';
import { parseLines } from '../../credentials-file/parse-lines.ts';
import { readSnapshot } from '../../credentials-file/read-snapshot.ts';
import { broken, type Finding, fine } from './finding.ts';

/** Whether the AWS files can be read and understood. */
export async function checkFiles({ credentialsFile, configFile }: AwsFiles): Promise<Finding[]> {
  return Promise.all(
    [credentialsFile, configFile].map(async (file) => {
      const read = await understood(file);
      if (!read.ok) return broken('files', read.failure.message, read.failure.hint);
      return fine('files', read.value ? `${file} is understood` : `${file} is not there yet`);
    }),
  );
}

/** Whether `file` is there. Failures: `file-unreadable`, `file-link-broken`, `file-not-understood`. */
async function understood(file: string): Promise<Result<boolean>> {
  const snapshot = await readSnapshot(file);
  if (!snapshot.ok) return snapshot;
  if (snapshot.value === undefined) {
    const link = await lstat(file).catch(() => undefined);
    return link ? failed(failure('file-link-broken', { file, target: 'nothing' })) : ok(false);
  }
  const parsed = parseLines(snapshot.value.bytes.toString('latin1'));
  if (parsed.ok) return ok(true);
  return failed(failure('file-not-understood', { file, line: parsed.line, reason: parsed.reason }));
}
