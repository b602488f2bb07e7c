import type { ProfileSummary } from '../core/protocol.ts';
import { legacyToken, otherSources } from './profile-keys.ts';

/** Everything a profile says, duplicates included; keys in lower case. */
export type Settings = readonly { key: string; value: string }[];

/** What the credentials of a profile are, from the names of its keys and the beginning of its access key. */
export function profileKind(settings: Settings): ProfileSummary['kind'] {
  const kinds = settings.map(({ key }) => otherSources.get(key));
  const elsewhere = (['role', 'sso'] as const).find((kind) => kinds.includes(kind));
  if (elsewhere) return elsewhere;
  if (longLivedKey(settings)) return 'long-lived';
  if (has(settings, 'aws_access_key_id')) return 'temporary';
  return kinds.includes('process') ? 'process' : 'other';
}

/**
 * Says in words what a profile holds that a login must not overwrite unasked: long-lived keys, or another source
 * of credentials. Never a value. `undefined` when it holds temporary credentials or none.
 */
export function notOursToOverwrite(settings: Settings): string | undefined {
  const found = [
    longLivedKey(settings),
    ...new Set(settings.map(({ key }) => key).filter((key) => otherSources.has(key))),
  ].filter((name) => name !== undefined);
  if (found.length === 0) return undefined;
  return found.join(', ');
}

/**
 * The account whose temporary credentials a profile holds, by the `x_principal_arn` that we and others write
 * beside them; `undefined` when it does not say.
 */
export function accountIn(settings: Settings): string | undefined {
  const arn = values(settings, 'x_principal_arn').at(-1);
  return arn === undefined ? undefined : accountOf(arn);
}

/** The account in the ARN of a principal. */
export const accountOf = (arn: string): string | undefined => /^arn:[\w-]+:\w+::(\d+):/.exec(arn)?.[1];

/** `AKIA` is how access keys of users begin; STS gives `ASIA`, and always a session token with it. */
function longLivedKey(settings: Settings): string | undefined {
  const keys = values(settings, 'aws_access_key_id');
  if (keys.some((key) => /^akia/i.test(key))) return 'a long-lived access key';
  const hasToken = has(settings, 'aws_session_token') || has(settings, legacyToken);
  if (hasToken) return undefined;
  if (keys.length > 0) return 'an access key without a session token';
  return has(settings, 'aws_secret_access_key') ? 'a secret key without a session token' : undefined;
}

const values = (settings: Settings, wanted: string) =>
  settings.filter(({ key, value }) => key === wanted && value !== '').map(({ value }) => value);

const has = (settings: Settings, key: string) => values(settings, key).length > 0;
