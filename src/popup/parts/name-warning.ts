import { accountNumber, accountOfArn } from '../../core/aws/account-number.ts';
import { type BindingKey, isBoundBy } from '../../core/profile/binding.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';

/**
 * What the user should know before giving a role the name of an existing profile: whose it is. `undefined` if nothing
 * is in the way. The host checks again when it writes.
 */
export function nameWarning(
  profile: string,
  role: BindingKey & { accountId: string },
  {
    bindings,
    chains,
    profiles,
    configProfiles,
  }: Pick<View, 'bindings' | 'chains' | 'profiles' | 'configProfiles'>,
): string | undefined {
  const binding = bindings.find((one) => one.profile === profile);
  if (binding !== undefined && isBoundBy(binding, role)) return undefined;
  const owner = binding ?? chains.find((one) => one.profile === profile);
  if (owner !== undefined) {
    return text('popup_takenByLogin', profile, owner.roleName, accountNumber(owner.accountId));
  }
  const there = profiles.find(({ name }) => name === profile);
  if (there?.kind === 'long-lived') return text('popup_takenByLongLived', profile);
  const isSetUp = configProfiles.some(({ name, kind }) => name === profile && kind !== 'other');
  if (there === undefined && !isSetUp) return undefined;
  if (isSetUp || there?.kind !== 'temporary') return text('popup_takenByOther', profile);
  const account = accountOfArn(there.principalArn ?? '');
  if (account === undefined || account === role.accountId) return undefined;
  return text('popup_takenByAccount', profile, accountNumber(account));
}
