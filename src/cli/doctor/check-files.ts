import { lstat } from 'node:fs/promises';
import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { readAsAwsTools } from '../../credentials-file/aws-readers.ts';
import type { AwsFiles } from '../../credentials-file/locate.ts';
import { type AwsFile, parseLines } from '../../credentials-file/parse-lines.ts';
import { readSnapshot } from '../../credentials-file/read-snapshot.ts';
import { broken, type Finding, fine, warning } from './finding.ts';

/** Whether the AWS files can be read and understood. */
export async function checkFiles({ credentialsFile, configFile }: AwsFiles): Promise<Finding[]> {
  return Promise.all(
    [credentialsFile, configFile].map(async (file) => {
      const read = await understood(file);
      if (!read.ok) return broken('files', read.failure.message, read.failure.hint);
      if (!read.value) return fine('files', `${file} is not there yet`);
      return notForAwsCli(file, read.value) ?? fine('files', `${file} is understood`);
    }),
  );
}

/** The file, where it is there. Failures: `file-unreadable`, `file-link-broken`, `file-not-understood`. */
async function understood(file: string): Promise<Result<AwsFile | undefined>> {
  const snapshot = await readSnapshot(file);
  if (!snapshot.ok) return snapshot;
  if (snapshot.value === undefined) {
    const link = await lstat(file).catch(() => undefined);
    return link ? failed(failure('file-link-broken', { file, target: 'nothing' })) : ok(undefined);
  }
  const parsed = parseLines(snapshot.value.bytes.toString('latin1'));
  if (parsed.ok) return ok(parsed.value);
  return failed(failure('file-not-understood', { file, line: parsed.line, reason: parsed.reason }));
}

/** What keeps the AWS CLI from reading the whole file, though other AWS tools, and Roleferry, do. */
function notForAwsCli(file: string, { bom, lines }: AwsFile): Finding | undefined {
  if (bom !== '') {
    const message = `the AWS CLI cannot read ${file}: it begins with a byte order mark`;
    return warning('files', message, 'save it as UTF-8 without one');
  }
  const refuses = (count: number) => {
    const text = lines.slice(0, count).map((line) => line.text);
    return readAsAwsTools(text.join('\n')).botocore === undefined;
  };
  if (!refuses(lines.length)) return undefined;
  // The first line with which it refuses the file.
  let [good, bad] = [0, lines.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (refuses(middle)) bad = middle;
    else good = middle;
  }
  const message = `the AWS CLI cannot read line ${bad} of ${file}, and with it the whole file`;
  return warning('files', message, 'look whether its section or setting is there twice, and take one out');
}
