import { carefully } from './carefully.ts';
import { printCredentials } from './print-credentials.ts';

/** What `credential-process --profile <profile>` does; commander, which takes a while to load, is not needed for it. */
export const credentialProcess = (profile: string): Promise<void> =>
  carefully('roleferry credential-process', () => printCredentials(profile));
