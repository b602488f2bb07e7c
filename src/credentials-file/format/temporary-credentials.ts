import * as v from 'valibot';
import { type Rights, rightsNames } from '../../core/aws/session-policy.ts';
import { failure } from '../../core/failure.ts';
import { type Credentials, credentialsSchema } from '../../core/profile/credentials.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { notOursToOverwrite, type Settings, unfitValue } from './classify.ts';
import { isoTime } from './iso-time.ts';
import { rightsKey } from './profile-keys.ts';

/**
 * The temporary credentials among the settings of a profile, and the ARN of their role session if it is there.
 * Failures: `profile-value-unfit`, `profile-not-temporary`, `profile-no-credentials`, `profile-no-expiry`.
 */
export function temporaryCredentials(
  settings: Settings,
  profile: string,
): Result<{ credentials: Credentials; principalArn?: string }> {
  const unfit = unfitValue(settings);
  if (unfit !== undefined) return failed(failure('profile-value-unfit', { profile, found: unfit }));
  const other = notOursToOverwrite(settings);
  if (other !== undefined) return failed(failure('profile-not-temporary', { profile, ...other }));
  const expiration = isoTime(lastOf(settings, 'x_security_token_expires'));
  const read = v.safeParse(credentialsSchema, {
    accessKeyId: lastOf(settings, 'aws_access_key_id'),
    secretAccessKey: lastOf(settings, 'aws_secret_access_key'),
    sessionToken: lastOf(settings, 'aws_session_token'),
    expiration: expiration ?? '1970-01-01T00:00:00Z',
  });
  if (!read.success) return failed(failure('profile-no-credentials', { profile }));
  if (expiration === undefined) return failed(failure('profile-no-expiry', { profile }));
  const principalArn = lastOf(settings, 'x_principal_arn');
  return ok({ credentials: read.output, ...(principalArn && { principalArn }) });
}

/** The last value of a key that is not empty: of duplicates, the last one counts. */
export const lastOf = (settings: Settings, wanted: string): string | undefined =>
  settings.findLast(({ key, value }) => key === wanted && value !== '')?.value;

/** What the credentials of a profile may do at most, where that is less than their role. */
export const rightsIn = (settings: Settings): Rights | undefined =>
  rightsNames.find((one) => one === lastOf(settings, rightsKey));
