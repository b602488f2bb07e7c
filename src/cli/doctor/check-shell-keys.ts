import { type Finding, warning } from './finding.ts';

/**
 * Keys in the environment win over `AWS_PROFILE` and the profile `default`. A shell of Roleferry has its own on purpose;
 * beside the address of a broker, another check tells of them.
 */
export function checkShellKeys(env: NodeJS.ProcessEnv): Finding[] {
  const { AWS_ACCESS_KEY_ID, ROLEFERRY_PROFILE, AWS_CONTAINER_CREDENTIALS_FULL_URI } = env;
  if (!AWS_ACCESS_KEY_ID || ROLEFERRY_PROFILE || AWS_CONTAINER_CREDENTIALS_FULL_URI) return [];
  return [
    warning(
      'profiles',
      'most AWS tools here use the key in AWS_ACCESS_KEY_ID, whatever AWS_PROFILE says',
      'take AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN out of the environment',
    ),
  ];
}
