import { formatEnvVars } from '../core/env-vars.ts';
import type { Define } from './commands.ts';
import { examples } from './examples.ts';
import { currentProfile } from './exec-profile.ts';
import { filesOfHost } from './files-of-host.ts';
import { logInByLink } from './login-by-link.ts';
import { timeoutOption } from './login-timeout.ts';
import { reportFailure } from './report-failure.ts';

interface Options {
  profile: string;
  login?: boolean;
  timeout: number;
}

export const define: Define = (command) => {
  command
    .description(
      'Print the temporary credentials of a profile as AWS tools want them from a credential_process. ' +
        'roleferry configure-process makes them ask for it.',
    )
    .requiredOption('-p, --profile <name>', 'the profile')
    .option('--login', 'when they have expired, log in through the sign-in link of the profile first')
    .addOption(timeoutOption())
    .addHelpText(
      'after',
      examples([
        ['roleferry credential-process --profile dev', 'what an AWS tool gets'],
        ['roleferry credential-process --profile dev --login', 'the same, with a login when it is due'],
      ]),
    )
    .action(async ({ profile: name, login, timeout }: Options) => {
      const files = filesOfHost();
      const renew = login ? (wanted: string) => logInByLink(files, wanted, timeout) : undefined;
      const profile = await currentProfile(files, name, renew);
      if (!profile.ok) return reportFailure(profile.failure);
      process.stdout.write(formatEnvVars(profile.value.credentials, undefined, 'json'));
    });
};
