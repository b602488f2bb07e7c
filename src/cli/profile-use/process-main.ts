// What AWS tools run for process profiles, in one file that `install` and `configure-process` copy. They run it again
// and again, so it knows the one command line that `configure-process` writes.

import { parseArgs } from 'node:util';
import { placesFailure } from '../../credentials-file/index.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { toolTimeout } from '../login/timeouts.ts';
import { carefully } from '../terminal/carefully.ts';
import { printCredentials } from './print-credentials.ts';

void carefully('roleferry credential-process', async () => {
  const { values } = parseArgs({
    allowPositionals: true,
    options: { profile: { type: 'string' }, login: { type: 'boolean' } },
  });
  const unclear = placesFailure(process.env, process.platform);
  if (unclear !== undefined) return (await import('../terminal/report-failure.ts')).reportFailure(unclear);
  // Most calls find credentials that last, and need nothing of a login.
  const renew = async (profile: string) =>
    (await import('../login/login-in-browser.ts')).logInInBrowser(filesOfHost(), profile, toolTimeout);
  await printCredentials(values.profile ?? '', values.login ? renew : undefined);
});
