import { lstat } from 'node:fs/promises';
import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import type { AwsFiles } from '../../credentials-file/files/locate.ts';
import { awsCliRefusal } from '../../credentials-file/format/aws-cli-refusal.ts';
import { parseLines } from '../../credentials-file/format/parse-lines.ts';
import { readSnapshot } from '../../disk/read-snapshot.ts';
import { whyNotWritable } from '../../disk/why-not-writable.ts';
import { broken, type Finding, fine, warning } from './finding.ts';

/** Whether the AWS files can be read, understood and written. */
export async function checkFiles({ credentialsFile, configFile }: AwsFiles): Promise<Finding[]> {
  const files = [credentialsFile, configFile];
  const read = await Promise.all(files.map(checkFile));
  const [credentials, config] = await Promise.all(
    files.map(async (file, at) => (read[at]?.level === 'broken' ? undefined : whyNotWritable(file))),
  );
  // Many people have the config file made by a program, such as home-manager, and want it so.
  const message = `Roleferry writes no region into ${configFile}, which it may not change`;
  return [
    ...read,
    ...(credentials ? [broken('files', credentials.message, credentials.hint)] : []),
    ...(config ? [fine('files', message)] : []),
  ];
}

async function checkFile(file: string): Promise<Finding> {
  const read = await understood(file);
  if (!read.ok) return broken('files', read.failure.message, read.failure.hint);
  if (!read.value) return fine('files', `${file} is not there yet`);
  const refusal = awsCliRefusal(file, read.value);
  return refusal ? warning('files', refusal.message, refusal.hint) : fine('files', `${file} is understood`);
}

/** What is in the file, where it is there. Failures: `file-unreadable`, `file-link-broken`, `file-not-understood`. */
async function understood(file: string): Promise<Result<Buffer | undefined>> {
  const snapshot = await readSnapshot(file);
  if (!snapshot.ok) return snapshot;
  if (snapshot.value === undefined) {
    const link = await lstat(file).catch(() => undefined);
    return link ? failed(failure('file-link-broken', { file, target: 'nothing' })) : ok(undefined);
  }
  const { bytes } = snapshot.value;
  const parsed = parseLines(bytes.toString('latin1'));
  if (parsed.ok) return ok(bytes);
  return failed(failure('file-not-understood', { file, line: parsed.line, reason: parsed.reason }));
}
