import { lstat } from 'node:fs/promises';
import { failure } from '../../core/failure.ts';
import { type AwsFiles, awsCliRefusal, readUnderstoodFile } from '../../credentials-file/index.ts';
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
  const read = await readUnderstoodFile(file);
  if (!read.ok) return broken('files', read.failure.message, read.failure.hint);
  if (read.value === undefined) return checkMissing(file);
  const refusal = awsCliRefusal(file, read.value);
  return refusal ? warning('files', refusal.message, refusal.hint) : fine('files', `${file} is understood`);
}

async function checkMissing(file: string): Promise<Finding> {
  const isLink = await lstat(file).then(
    (stats) => stats.isSymbolicLink(),
    () => false,
  );
  if (!isLink) return fine('files', `${file} is not there yet`);
  const { message, hint } = failure('file-link-broken', { file, target: 'nothing' });
  return broken('files', message, hint);
}
