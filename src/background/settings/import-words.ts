import { accountNumber, accountOfArn } from '../../core/aws/account-number.ts';
import { parseRoleArn, providerName } from '../../core/aws/role.ts';
import { presetOf, type SessionPolicy } from '../../core/aws/session-policy.ts';
import { containerNumber } from '../../core/container-number.ts';
import { envFormatNames } from '../../core/profile/env-vars.ts';
import type { ProfileSummary } from '../../core/protocol/answers.ts';
import type { Result } from '../../core/result.ts';
import { printable } from '../../core/words/printable.ts';
import { duration } from '../../core/words/time-left.ts';
import { colourNames } from '../../webext/colour-names.ts';
import { type IssuerNames, issuerName } from '../../webext/issuer-names.ts';
import { policyText, rightsWords } from '../../webext/rights-words.ts';
import type { Settings, SomeSettings } from '../../webext/settings-schema.ts';
import { type TextKey, text } from '../../webext/text.ts';
import { timeWords } from '../../webext/time-words.ts';
import type { Binding } from '../rules/bindings.ts';
import type { Chain } from '../state/chains.ts';
import { accountOf } from './proposal.ts';

export type PlainSetting = Exclude<keyof Settings, 'accounts' | 'issuerNames' | 'signInLinks'>;

const behaviourWords: Record<Settings['behaviour'], TextKey> = {
  write: 'options_behaviourWrite',
  ask: 'options_behaviourAsk',
  never: 'options_behaviourNever',
};

export function valueWords(name: PlainSetting, settings: SomeSettings): string {
  const value = settings[name];
  if (typeof value === 'boolean') return text(value ? 'import_on' : 'import_off');
  if (name === 'behaviour') return text(behaviourWords[settings.behaviour ?? 'write']);
  if (name === 'copies') {
    return text(settings.copies === 'profile' ? 'popup_copiesProfile' : 'popup_copiesCredentials');
  }
  if (name === 'format') return envFormatNames[settings.format ?? 'bash'];
  if (typeof value === 'number') return secondsWords(value);
  if (Array.isArray(value)) return value.map((arn) => printable(arn)).join(', ') || '–';
  return value === undefined ? text('options_regionNone') : printable(value);
}

function secondsWords(seconds: number): string {
  if (seconds === 0) return text('options_durationOfAws');
  return seconds % 60 === 0 ? duration(seconds, timeWords) : text('import_seconds', seconds);
}

/** The user's name for an account, and its colour; empty if neither was given. */
export function labelWords(account: Settings['accounts'][string] | undefined): string {
  if (account === undefined || (account.name === '' && account.colour === 'none')) return '';
  const colour = text(colourNames[account.colour]);
  return account.name === '' ? colour : text('import_label', printable(account.name), colour);
}

export const newAccount = (of: { roleArn: string }): string =>
  text('import_newAccount', accountNumber(accountOf(of)));

/** An issuer with unprintable characters could be mistaken for another. */
export const unshowable = (issuer: string): string | undefined =>
  printable(issuer) === issuer ? undefined : text('import_unshowable');

const kindWords: Record<ProfileSummary['kind'], TextKey> = {
  temporary: 'import_filesTemporary',
  'long-lived': 'import_filesLongLived',
  process: 'import_filesProcess',
  sso: 'import_filesSso',
  role: 'import_filesRole',
  other: 'import_filesOther',
};

/** What the user's files have under this name; nothing if the host did not answer. */
export function inFiles(
  profile: string,
  { files }: { files: Result<readonly ProfileSummary[]> },
): string | undefined {
  const found = files.ok ? files.value.find(({ name }) => name === profile) : undefined;
  if (found === undefined) return undefined;
  const words = text(kindWords[found.kind]);
  return found.principalArn === undefined ? words : text('import_filesOf', words, found.principalArn);
}

/** Logins that differ in anything relevant have different words; issuers without a name in `names` keep theirs. */
export function loginWords(
  { roleArn, providerArn, sessionPolicy, issuer, container, sessionName }: Binding,
  names: IssuerNames,
): string {
  const provider =
    accountWords(providerArn) === accountWords(roleArn) ? providerName(providerArn) : providerArn;
  const role = parseRoleArn(roleArn)?.pathAndName ?? roleArn;
  const whole = text(
    'import_login',
    role,
    accountWords(roleArn),
    provider ?? providerArn,
    issuerName(names, printable(issuer)),
  );
  const ofAnyone = sessionPolicy ? text('import_lesser', whole, exactRights(sessionPolicy)) : whole;
  const login =
    sessionName === undefined ? ofAnyone : text('import_asName', ofAnyone, printable(sessionName));
  if (container === undefined) return login;
  return text('import_inContainer', login, containerNumber(container) ?? printable(container));
}

/** Policies that differ have different words: one that says less could be let in for another. */
const exactRights = (of: SessionPolicy): string =>
  presetOf(of) === undefined ? printable(policyText(of)) : rightsWords(of);

export function chainWords({ source, roleArn }: Chain): string {
  const role = parseRoleArn(roleArn)?.pathAndName ?? roleArn;
  return text('import_secondRole', role, accountWords(roleArn), printable(source));
}

/** Account numbers are unique only within a partition. */
function accountWords(arn: string): string {
  const [, partition] = arn.split(':');
  const account = accountOfArn(arn) ?? '';
  return partition === 'aws' ? accountNumber(account) : `${accountNumber(account)} (${partition})`;
}
