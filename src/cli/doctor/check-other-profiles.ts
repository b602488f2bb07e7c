import {
  type AwsFiles,
  type KnownProfile,
  knownProfiles,
  readProfiles,
  sourceChain,
} from '../../credentials-file/index.ts';
import { whyUnusable } from '../profile-use/any-profile/why-unusable.ts';
import { type Finding, fine, ofFailure } from './finding.ts';

/**
 * Profiles that the AWS CLI's own logins renew, and those whose settings lead to no credentials. Asks nobody. Files that
 * cannot be read are another check's.
 */
export async function checkOtherProfiles(files: AwsFiles): Promise<Finding[]> {
  const [known, profiles] = await Promise.all([knownProfiles(files), readProfiles(files)]);
  if (!known.ok || !profiles.ok) return [];
  const faults = await Promise.all(
    known.value
      .filter(({ source }) => source !== 'none')
      .map(async ({ name: profile }) => {
        const chain = sourceChain(profiles.value, profile);
        if (!chain.ok) return ofFailure('profiles', chain.failure, 'warning');
        const unusable = await whyUnusable(files, profile, profiles.value.get(profile) ?? []);
        return unusable === undefined ? [] : ofFailure('profiles', unusable, 'warning');
      }),
  );
  return [...ofLogin('aws sso login', known.value), ...ofLogin('aws login', known.value), ...faults.flat()];
}

/** The profiles that `login` renews, those included that assume a role with one of them. */
function ofLogin(login: string, known: readonly KnownProfile[]): Finding[] {
  const [first, ...others] = known.filter(({ renewal }) => renewal?.startsWith(`${login} `));
  if (first === undefined) return [];
  const those = others.length === 0 ? first.name : `${first.name} and ${others.length} more`;
  return [fine('profiles', `${login} renews ${those}, as in: ${first.renewal}`)];
}
