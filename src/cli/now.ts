import { placesFailure } from '../credentials-file/locate.ts';
import { carefully } from './carefully.ts';
import { printCredentials } from './print-credentials.ts';
import { reportFailure } from './report-failure.ts';

/** What `credential-process --profile <profile>` does, and all that it needs: the build makes one file of it. */
export const credentialProcess = (profile: string): Promise<void> =>
  carefully('roleferry credential-process', async () => {
    const unclear = placesFailure(process.env, process.platform);
    await (unclear === undefined ? printCredentials(profile) : reportFailure(unclear));
  });
