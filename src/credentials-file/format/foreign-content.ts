import type { Reason } from '../../core/failure-reasons.ts';
import { parseLines } from './parse-lines.ts';

/** Says why content (latin1) is not a credentials file's. Content without any setting could become one. */
export function foreignContent(content: string): Reason<'place'> | undefined {
  const parsed = parseLines(content);
  if (!parsed.ok) return 'other-content';
  const { lines } = parsed.value;
  const isConfig = lines.some(
    (line) => line.kind === 'header' && /^(?:profile|sso-session|services)\s/.test(line.name),
  );
  if (isConfig) return 'config-content';
  const keys = lines.flatMap((line) => (line.kind === 'property' ? [line.key.toLowerCase()] : []));
  const isCredentials = keys.length === 0 || keys.some((key) => credentialsKeys.test(key));
  return isCredentials ? undefined : 'other-content';
}

const credentialsKeys =
  /^(?:aws_(?:access_key_id|secret_access_key|session_token)|credential_process|x_principal_arn)$/;
