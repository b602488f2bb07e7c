import { accountOfArn } from '../../core/aws/account-number.ts';
import { type Failure, failure } from '../../core/failure.ts';

/**
 * Refuses an update for another account than the profile holds (`found`): two browsers may have bound one name to two
 * accounts, and the second must ask before it changes it. Failure: `profile-other-account`.
 */
export function otherAccountFailure(
  { name, principalArn, takeOver }: { name: string; principalArn: string; takeOver?: boolean | undefined },
  found: string | undefined,
): Failure | undefined {
  const given = accountOfArn(principalArn);
  if (takeOver || found === undefined || given === undefined || found === given) return undefined;
  return failure('profile-other-account', { profile: name, found, given });
}
