import * as v from 'valibot';
import { parseRoleArn } from '../../core/aws/role.ts';
import { accountIdSchema, agreed, foundNameSchema, namesInLabels } from '../../core/profile/account-names.ts';
import { readConfig } from '../files/read-text.ts';
import type { Settings } from '../format/classify.ts';
import { settingsByProfile } from './config-settings.ts';
import { utf8 } from './utf8.ts';

type Pair = readonly [accountId: string, name: string];

/** What one profile's settings tell of an account. */
interface Told {
  accountId: string;
  /** A setting or a comment says it. */
  said?: string;
  /** The profile is called `NAME/ROLE`, or with `.`, `:`, `_` or `-` between. */
  beforeRole?: string;
  /** The profile's own name, where that is not the role's. */
  profile?: string;
}

/** Names of accounts that a config file tells for sure, by number. An unreadable file tells none. */
export async function readAccountNames(configFile: string): Promise<Record<string, string>> {
  const config = await readConfig(configFile);
  return config.ok ? accountNamesIn(config.value) : {};
}

/**
 * The same of the file's content (latin1). For each account counts what says its name outright: the setting
 * `sso_account_name`, or a comment `Account: NAME (number)`. Else, if all its profiles that are called after a role
 * have the same name before it, that name. Else the name of its profile, if it has only one. A name that two accounts
 * would get tells nothing.
 */
export function accountNamesIn(content: string): Record<string, string> {
  const profiles = new Map<string, Settings>();
  for (const [name, settings] of settingsByProfile(content)) {
    // Some AWS tools read UTF-8 and others don't, so one name can come twice.
    profiles.set(utf8(name), [...(profiles.get(utf8(name)) ?? []), ...settings]);
  }
  const told = [...profiles].flatMap(([name, settings]) => tell(name, settings) ?? []);
  const comments = content
    .split(/\r?\n/)
    .flatMap((line) => /^[ \t]*[#;]+(.{1,200})$/.exec(line)?.[1] ?? [])
    .map(utf8);
  const said = agreed([...namesInLabels(comments), ...pairs(told, ({ said }) => said)]);
  const beforeRole = agreed(pairs(told, ({ beforeRole }) => beforeRole));
  const alone = new Map(
    pairs(told, ({ profile }) => profile).filter(
      ([accountId]) => told.filter((one) => one.accountId === accountId).length === 1,
    ),
  );
  const names = new Map([...alone, ...beforeRole, ...said]);
  const times = (name: string) => [...names.values()].filter((other) => other === name).length;
  return Object.fromEntries([...names].filter(([, name]) => times(name) === 1));
}

function tell(name: string, settings: Settings): Told | undefined {
  const valuesOf = (...keys: string[]) => [
    ...new Set(settings.filter(({ key }) => keys.includes(key)).map(({ value }) => utf8(value))),
  ];
  const roles = valuesOf('role_arn').map(parseRoleArn);
  const accounts = [
    ...valuesOf('sso_account_id', 'granted_sso_account_id', 'aws_account_id'),
    ...roles.map((role) => role?.accountId ?? ''),
  ];
  const [accountId] = accounts;
  if (accountId === undefined || new Set(accounts).size > 1 || !v.is(accountIdSchema, accountId))
    return undefined;
  const [said, ...others] = valuesOf('sso_account_name');
  const [role] = [
    ...valuesOf('sso_role_name', 'granted_sso_role_name', 'role_name'),
    ...roles.flatMap((one) => one?.name ?? []),
  ];
  const isBehind = role !== undefined && name.toLowerCase().endsWith(role.toLowerCase());
  const before = isBehind ? name.slice(0, -role.length) : '';
  const beforeRole = /^(.+)[/:._-]$/.exec(before)?.[1];
  const isOfRole = role !== undefined && name.toLowerCase() === role.toLowerCase();
  return {
    accountId,
    ...(said !== undefined && others.length === 0 && { said }),
    ...(beforeRole !== undefined && { beforeRole }),
    ...(name !== 'default' && !isOfRole && beforeRole === undefined && { profile: name }),
  };
}

/** A number names no account. */
const pairs = (told: readonly Told[], nameOf: (one: Told) => string | undefined): Pair[] =>
  told.flatMap((one) => {
    const name = v.safeParse(foundNameSchema, nameOf(one));
    return name.success && !/^\d+$/.test(name.output) ? [[one.accountId, name.output] as const] : [];
  });
