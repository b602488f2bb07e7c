import { accountOfArn } from '../../core/aws/account-number.ts';
import { type Failure, failure } from '../../core/failure.ts';

/**
 * Refuses an update whose account is not the one that was found for the profile: two browsers may have bound one name
 * to two accounts, and the second must not change it without a word. Failure: `profile-other-account`.
 */
export function otherAccountFailure(
  { name, principalArn, takeOver }: { name: string; principalArn: string; takeOver?: boolean | undefined },
  found: string | undefined,
): Failure | undefined {
  const given = accountOfArn(principalArn);
  if (takeOver || found === undefined || given === undefined || found === given) return undefined;
  return failure('profile-other-account', { profile: name, found, given });
}
