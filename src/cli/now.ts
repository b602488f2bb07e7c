import { carefully } from './carefully.ts';
import { printCredentials } from './print-credentials.ts';

/** What `credential-process --profile <profile>` does, and all that it needs: the build makes one file of it. */
export const credentialProcess = (profile: string): Promise<void> =>
  carefully('roleferry credential-process', () => printCredentials(profile));
