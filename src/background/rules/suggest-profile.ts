import { providerName, type Role } from '../../core/aws/role.ts';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import { fillTemplate, partsOf, slug } from '../../core/profile/profile-template.ts';

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
  const parts = partsOf(role);
  if (parts === undefined) return '';
  const { account = '' } = parts;
  const name = slug(fillTemplate(template, { ...parts, accountName: accountName || account }));
  const isFree = (candidate: string) =>
    candidate !== 'default' && profileNameFailure(candidate) === undefined && !taken.has(candidate);
  const candidates = [name, `${name}-${account}`, `${name}-${account}-${providerName(role.providerArn)}`];
  return candidates.find(isFree) ?? '';
}
