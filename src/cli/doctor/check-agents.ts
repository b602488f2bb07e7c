import { type AwsFiles, listProfiles } from '../../credentials-file/index.ts';
import { onlyReads } from '../profile-use/lesser-profile.ts';
import { type Finding, fine, warning } from './finding.ts';

/** What is left for coding agents where `ROLEFERRY_AGENTS` limits them. Files that cannot be read are another check's. */
export async function checkAgents(
  files: AwsFiles,
  { ROLEFERRY_AGENTS: limit }: NodeJS.ProcessEnv,
): Promise<Finding[]> {
  const listed = limit ? await listProfiles(files) : undefined;
  if (!listed?.ok) return [];
  const [first, ...others] = listed.value.filter(onlyReads).map(({ name }) => name);
  if (first === undefined) {
    return [
      warning(
        'profiles',
        'ROLEFERRY_AGENTS keeps coding agents from every profile: there is none that may only read',
        'add one in the popup (“Add a profile with fewer rights”)',
      ),
    ];
  }
  const those = others.length === 0 ? first : `${first} and ${others.length} more`;
  return [
    fine('profiles', `coding agents get only profiles that may only read (ROLEFERRY_AGENTS): ${those}`),
  ];
}
