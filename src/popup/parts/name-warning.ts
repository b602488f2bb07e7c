import { accountNumber } from '../../core/aws/account-number.ts';
import type { Role } from '../../core/aws/role.ts';
import type { View } from '../../webext/messages.ts';
import { text } from '../../webext/text.ts';

/**
 * What the user should know before giving a role the name of an existing profile: whose it is. `undefined` if nothing
 * is in the way. The host checks again when it writes.
 */
export function nameWarning(
  profile: string,
  role: Role & { issuer: string; accountId: string; container?: string | undefined },
  { bindings, chains, profiles }: Pick<View, 'bindings' | 'chains' | 'profiles'>,
): string | undefined {
  const binding = bindings.find((one) => one.profile === profile);
  const isOurs =
    binding?.issuer === role.issuer &&
    binding.roleArn === role.roleArn &&
    binding.providerArn === role.providerArn &&
    // No container means all.
    (binding.container === undefined || role.container === undefined || binding.container === role.container);
  if (isOurs) return undefined;
  const owner = binding ?? chains.find((one) => one.profile === profile);
  if (owner !== undefined) {
    return text('popup_takenByLogin', profile, owner.roleName, accountNumber(owner.accountId));
  }
  const there = profiles.find(({ name }) => name === profile);
  if (there === undefined) return undefined;
  if (there.kind === 'long-lived') return text('popup_takenByLongLived', profile);
  if (there.kind !== 'temporary') return text('popup_takenByOther', profile);
  const account = /^arn:[^:]+:(?:sts|iam)::(\d{12}):/.exec(there.principalArn ?? '')?.[1];
  if (account === undefined || account === role.accountId) return undefined;
  return text('popup_takenByAccount', profile, accountNumber(account));
}
