import { parseLines } from './parse-lines.ts';

/** Says why content (latin1) is not a credentials file's. Content without any setting could become one. */
export function foreignContent(content: string): string | undefined {
  const parsed = parseLines(content);
  if (!parsed.ok) return 'it is something else than a credentials file';
  const { lines } = parsed.value;
  const isConfig = lines.some(
    (line) => line.kind === 'header' && /^(?:profile|sso-session|services)\s/.test(line.name.trim()),
  );
  if (isConfig) return 'it is a config file of AWS tools';
  const keys = lines.flatMap((line) => (line.kind === 'property' ? [line.key.toLowerCase()] : []));
  const isCredentials = keys.length === 0 || keys.some((key) => credentialsKeys.test(key));
  return isCredentials ? undefined : 'it is something else than a credentials file';
}

const credentialsKeys =
  /^(?:aws_(?:access_key_id|secret_access_key|session_token)|credential_process|x_principal_arn)$/;
