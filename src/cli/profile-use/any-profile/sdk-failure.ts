import { type Failure, failure } from '../../../core/failure.ts';
import { connectionReason } from '../../../core/sts/connection-reason.ts';
import { FailedRequest } from '../../../core/sts/failed-request.ts';
import { withoutSecrets } from '../../../core/sts/sts-failure.ts';
import { credentialsSource, lastOf, type Settings } from '../../../credentials-file/index.ts';

/** What an error of the SDK's providers means for the profile `profile`. Some of them tell only in words. */
export function sdkFailure(error: unknown, profile: string, settings: Settings): Failure {
  if (error instanceof FailedRequest) return error.failure;
  const words = String((error as { message?: unknown } | undefined)?.message ?? '');
  const connection = connectionReason({
    name: /\bTimeoutError\b/.exec(words)?.[0],
    code: /\bE[A-Z_]{4,}\b/.exec(words)?.[0],
  });
  if (connection !== undefined) {
    return failure('profile-source-failed', {
      profile,
      reason: `a server could not be reached: ${connection}.`,
    });
  }
  const source = credentialsSource(settings);
  if (source === 'sso' && /aws sso login|^UnauthorizedException/.test(words)) {
    return failure('aws-login-needed', { profile, login: 'aws sso login' });
  }
  if (source === 'login' && /re-?authenticate|load token|token validation/i.test(words)) {
    return failure('aws-login-needed', { profile, login: 'aws login' });
  }
  if (source === 'process') {
    return failure('profile-process-failed', { profile, reason: ofProcess(words, settings) });
  }
  return failure('profile-source-failed', { profile, reason: firstLine(words) });
}

/** Node puts the command line, which may hold a secret, before what the program said on stderr. */
function ofProcess(words: string, settings: Settings): string {
  if (!words.startsWith('Command failed: ')) return firstLine(words);
  const line = lastOf(settings, 'credential_process') ?? '';
  const said = words.slice('Command failed: '.length).replace(line, '').trim();
  return said === '' ? 'it ended with an error and said nothing.' : firstLine(said);
}

function firstLine(words: string): string {
  const [line = ''] = words.trim().split('\n');
  return withoutSecrets(line) || 'the AWS SDK does not say why.';
}
