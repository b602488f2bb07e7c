import { filesOfHost } from '../files/files-of-host.ts';
import { timeoutOption } from '../login/login-timeout.ts';
import { printCredentials } from '../profile-use/print-credentials.ts';
import type { Define } from '../program/define.ts';
import { examples } from '../terminal/examples.ts';

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
      // AWS tools start this often, and seldom is a login due.
      const renew = async (wanted: string) =>
        (await import('../login/login-in-browser.ts')).logInInBrowser(filesOfHost(), wanted, timeout);
      await printCredentials(name, login ? renew : undefined);
    });
};
