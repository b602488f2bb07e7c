import { homedir } from 'node:os';
import type { Answer } from '../core/protocol/answers.ts';
import type { Request } from '../core/protocol/requests.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { credentialsFileFailure } from './credentials-file-place.ts';
import { awsFilesOf } from './registration/aws-files.ts';
import { changeInstallRecord, readInstallRecord } from './registration/install-record.ts';

type SettingsRequest = Extract<Request, { type: 'settings' }>;

/** Where the host's settings are, and the environment, which wins over them. */
export interface SettingsPlace {
  /** The user's own folder, in which the settings are kept. */
  folder: string;
  env: Record<string, string | undefined>;
}

/**
 * Stores the settings in the request and returns those in force. A request without settings only asks.
 * Failures: `credentials-file-refused`, `place-is-link`, and those of writing a file.
 */
export async function settings(
  { credentialsFile, signInLinks }: SettingsRequest,
  { folder, env }: SettingsPlace,
): Promise<Result<Answer<'settings'>>> {
  if (typeof credentialsFile === 'string') {
    const place = { platform: process.platform, home: homedir(), folder };
    const { configFile } = awsFilesOf(folder, env);
    const refusal = await credentialsFileFailure(credentialsFile, { ...place, configFile });
    if (refusal !== undefined) return failed(refusal);
  }
  if (credentialsFile !== undefined || signInLinks !== undefined) {
    const changed = await changeInstallRecord(folder, ({ credentialsFile: before, ...record }) => {
      const file = credentialsFile === undefined ? before : credentialsFile;
      return { ...record, ...(file && { credentialsFile: file }), ...(signInLinks && { signInLinks }) };
    });
    if (!changed.ok) return changed;
  }
  const files = awsFilesOf(folder, env);
  return ok({
    credentialsFile: files.credentialsFile,
    configFile: files.configFile,
    fixedByEnvironment: Boolean(env.AWS_SHARED_CREDENTIALS_FILE),
    signInLinks: readInstallRecord(folder).signInLinks ?? [],
  });
}
