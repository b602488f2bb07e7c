import { isLoopback } from '../core/loopback.ts';
import type { Config } from './config/schema.ts';

/** Whether the broker would get its own credentials from itself: none would ever come. */
export function asksItself({ url, listen }: Config, env: NodeJS.ProcessEnv): boolean {
  const uri = env.AWS_CONTAINER_CREDENTIALS_FULL_URI ?? '';
  if (!URL.canParse(uri)) return false;
  const asked = new URL(uri);
  if (asked.origin === new URL(url).origin) return true;
  const port = Number(asked.port || (asked.protocol === 'https:' ? 443 : 80));
  const isHere = isLoopback(asked.hostname) || asked.hostname.replace(/^\[|\]$/g, '') === listen.host;
  return isHere && port === listen.port;
}
