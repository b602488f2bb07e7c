import { profileNameFailure } from '../core/profile-name.ts';
import { parseRoleArn, providerName, type Role } from '../core/role.ts';

/** What the name of a new profile is made of. */
interface Suggesting {
  /** Names that are another's already, in bindings, chains or the credentials file. */
  taken: ReadonlySet<string>;
  template: string;
  /** What the person calls the account. */
  accountName?: string | undefined;
}

/**
 * A name for the profile of a role that has none yet: the template filled in, in small letters, with the account
 * behind it when that name is taken. Never `default`, which every tool takes that is not told better.
 */
export function suggestProfile(role: Role, { taken, template, accountName }: Suggesting): string {
  const arn = parseRoleArn(role.roleArn);
  if (arn === undefined) return '';
  const parts: Record<string, string> = {
    role: arn.name,
    account: arn.accountId,
    accountName: accountName || arn.accountId,
    partition: arn.partition,
  };
  const filled = template.replace(/\{(\w+)\}/g, (whole, part) => parts[part] ?? whole);
  const name = filled.toLowerCase().replace(/[^a-z0-9_.-]+/g, '-');
  const isFree = (candidate: string) =>
    candidate !== 'default' && profileNameFailure(candidate) === undefined && !taken.has(candidate);
  const candidates = [
    name,
    `${name}-${arn.accountId}`,
    `${name}-${arn.accountId}-${providerName(role.providerArn)}`,
  ];
  return candidates.find(isFree) ?? '';
}
