import { childEnvironment, unlessSet } from './child-environment.ts';
import type { ProfileInUse } from './profile-in-use.ts';
import { runChild } from './run-child.ts';

/** Runs a program with the credentials of the profile `name` in its environment. Returns its exit status, as `runChild` does. */
export const runWithProfile = (
  name: string,
  { credentials, region, account }: ProfileInUse,
  [file = '', ...args]: readonly string[],
): Promise<number> =>
  runChild({ file, args }, childEnvironment(credentials, unlessSet(region), account, name));
