import { lstat } from 'node:fs/promises';
import { failure } from '../../core/failure.ts';
import { type AwsFiles, awsCliRefusal, readUnderstoodFile } from '../../credentials-file/index.ts';
import { whyNotWritable } from '../../disk/why-not-writable.ts';
import { type Finding, fine, ofFailure } from './finding.ts';

/** Whether the AWS files can be read, understood and written. */
export async function checkFiles({ credentialsFile, configFile }: AwsFiles): Promise<Finding[]> {
  const files = [credentialsFile, configFile];
  const read = await Promise.all(files.map(checkFile));
  const [credentials, config] = await Promise.all(
    files.map(async (file, at) => (read[at]?.level === 'broken' ? undefined : whyNotWritable(file))),
  );
  // Many people have the config file made by a program, such as home-manager, and want it so.
  const message = `${configFile} is read-only for Roleferry, so no regions are written there`;
  return [
    ...read,
    ...(credentials ? [ofFailure('files', credentials)] : []),
    ...(config ? [fine('files', message)] : []),
  ];
}

async function checkFile(file: string): Promise<Finding> {
  const read = await readUnderstoodFile(file);
  if (!read.ok) return ofFailure('files', read.failure);
  if (read.value === undefined) return checkMissing(file);
  const refusal = awsCliRefusal(file, read.value);
  return refusal ? ofFailure('files', refusal, 'warning') : fine('files', `${file} is valid`);
}

async function checkMissing(file: string): Promise<Finding> {
  const isLink = await lstat(file).then(
    (stats) => stats.isSymbolicLink(),
    () => false,
  );
  if (!isLink) return fine('files', `${file} does not exist yet`);
  return ofFailure('files', failure('file-link-broken', { file, target: 'nothing' }));
}
