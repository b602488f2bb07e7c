import { accountOfArn } from '../../core/aws/account-number.ts';
import type { UsableProfile } from '../../credentials-file/index.ts';
import { childEnvironment, unlessSet } from './child-environment.ts';
import { runChild } from './run-child.ts';

/** Runs a program with the credentials of the profile `name` in its environment. Returns its exit status, as `runChild` does. */
export const runWithProfile = (
  name: string,
  { credentials, region, principalArn = '' }: UsableProfile,
  [file = '', ...args]: readonly string[],
): Promise<number> =>
  runChild(file, args, childEnvironment(credentials, unlessSet(region), accountOfArn(principalArn), name));
