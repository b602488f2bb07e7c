import { formatEnvVars } from '../core/env-vars.ts';
import type { Define } from './commands.ts';
import { examples } from './examples.ts';
import { currentProfile } from './exec-profile.ts';
import { filesOfHost } from './files-of-host.ts';
import { timeoutOption } from './login-timeout.ts';
import { print } from './print.ts';
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
      // AWS tools start this often, and seldom is a login due.
      const renew = async (wanted: string) =>
        (await import('./login-by-link.ts')).logInByLink(files, wanted, timeout);
      const profile = await currentProfile(files, name, login ? renew : undefined);
      if (!profile.ok) return reportFailure(profile.failure);
      print(formatEnvVars(profile.value.credentials, undefined, 'json'));
    });
};
