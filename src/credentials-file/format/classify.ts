import { accountOfArn } from '../../core/aws/account-number.ts';
import type { Reason } from '../../core/failure-reasons.ts';
import type { ProfileSummary } from '../../core/protocol/answers.ts';
import { legacyToken, otherSources } from './profile-keys.ts';

/** Everything a profile says, duplicates included; keys in lower case. */
export type Settings = readonly { key: string; value: string }[];

/** What the credentials of a profile are, from the names of its keys and the beginning of its access key. */
export function profileKind(settings: Settings): ProfileSummary['kind'] {
  const kinds = settings.map(({ key }) => otherSources.get(key));
  const elsewhere = (['role', 'sso'] as const).find((kind) => kinds.includes(kind));
  if (elsewhere) return elsewhere;
  if (keysNotTemporary(settings)) return 'long-lived';
  if (has(settings, 'aws_access_key_id')) return 'temporary';
  return kinds.includes('process') ? 'process' : 'other';
}

/**
 * What a profile holds that a login must not overwrite unasked: long-lived keys, or settings that name another source of
 * credentials. Never a value. `undefined` when it holds temporary credentials or none.
 */
export function notOursToOverwrite(
  settings: Settings,
): { found: Reason<'content'>; sources?: string } | undefined {
  const keys = keysNotTemporary(settings);
  const sources = [...new Set(settings.map(({ key }) => key).filter((key) => otherSources.has(key)))].join(
    ', ',
  );
  if (sources === '') return keys && { found: keys };
  return { found: keys ?? 'other-sources', sources };
}

/**
 * The account whose temporary credentials a profile holds, by the `x_principal_arn` that we and others write
 * beside them; `undefined` when it does not say.
 */
export function accountIn(settings: Settings): string | undefined {
  const arn = values(settings, 'x_principal_arn').at(-1);
  // Stryker disable next-line ConditionalExpression: there is no account in no ARN
  return arn === undefined ? undefined : accountOfArn(arn);
}

/**
 * Why the keys of a profile are not from STS, whose keys begin with `ASIA` and come with a session token. `undefined` if
 * they are, or if there are none. Access keys of users begin with `AKIA`.
 */
function keysNotTemporary(settings: Settings): Reason<'content'> | undefined {
  const keys = values(settings, 'aws_access_key_id');
  const secrets = values(settings, 'aws_secret_access_key');
  const tokens = tokenKeys.flatMap((key) => values(settings, key));
  if (keys.some((key) => /^\W*akia/i.test(key))) return 'long-lived-key';
  if (keys.length > 0 && tokens.length === 0) return 'key-without-token';
  if (secrets.length > 0 && tokens.length === 0) return 'secret-without-token';
  if (secrets.length > 0 && keys.length === 0) return 'secret-without-key';
  if (keys.some((key) => !temporaryKey.test(key))) return oddKey(keys);
  if (keys.length === 0) return undefined;
  return tokens.some((one) => !token.test(one)) ? `token-${oddity(tokens)}` : undefined;
}

/**
 * Which value of temporary credentials AWS tools would take with something extra, such as quotes. `undefined` if all are
 * well, or if they are no role's.
 */
export function unfitValue(settings: Settings): Reason<'content'> | undefined {
  const keys = values(settings, 'aws_access_key_id');
  const isOfRole = keys.some((key) => /^\W*ASIA/.test(key)) && !keys.some((key) => /^\W*akia/i.test(key));
  if (!isOfRole) return undefined;
  if (keys.some((key) => !temporaryKey.test(key))) return oddKey(keys);
  const secrets = values(settings, 'aws_secret_access_key');
  if (secrets.some((secret) => !token.test(secret))) return `secret-${oddity(secrets)}`;
  const tokens = tokenKeys.flatMap((key) => values(settings, key));
  return tokens.some((one) => !token.test(one)) ? `token-${oddity(tokens)}` : undefined;
}

const temporaryKey = /^ASIA[A-Z0-9]*$/;
const token = /^[\w+/=.-]+$/;
const tokenKeys = ['aws_session_token', legacyToken];

/** What is wrong with the first bad value. */
function oddity(found: readonly string[], right = token): 'quotes' | 'blank' | 'character' {
  // Stryker disable next-line StringLiteral: asked only where there is one
  const value = found.find((one) => !right.test(one)) ?? '';
  if (/^["']|["']$/.test(value)) return 'quotes';
  return /[^\x21-\x7e]/.test(value) ? 'blank' : 'character';
}

function oddKey(keys: readonly string[]): Reason<'content'> {
  const odd = oddity(keys, temporaryKey);
  return odd === 'character' ? 'key-kind' : `key-${odd}`;
}

/** The values as the SDKs read them: a comment ends a value. To botocore it is part of the value. */
const values = (settings: Settings, wanted: string) =>
  settings
    .filter(({ key }) => key === wanted)
    .map(({ value }) => value.replace(/(^|[ \t]+)[#;].*/g, ''))
    .filter((value) => value !== '');

const has = (settings: Settings, key: string) => values(settings, key).length > 0;
