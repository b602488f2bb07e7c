import { filesOfHost } from '../files/files-of-host.ts';
import { timeoutOption } from '../login/login-timeout.ts';
import { toolTimeout } from '../login/timeouts.ts';
import { demandedProfile, profileOption } from '../profile-use/named-profile.ts';
import { printCredentials } from '../profile-use/print-credentials.ts';
import type { Define } from '../program/define.ts';
import { examples } from '../terminal/examples.ts';

interface Options {
  profile?: string;
  login?: boolean;
  timeout: number;
}

export const define: Define = (command) => {
  command
    .description(
      "Print a profile's temporary credentials in the format of a credential_process. " +
        'roleferry configure-process sets it up. With ROLEFERRY_AGENTS=read-only in the environment, coding agents get ' +
        'the read-only profile of the same role.',
    )
    .argument('[profile]', 'the profile')
    .addOption(profileOption())
    .option('--login', "if they have expired, log in through the profile's sign-in link first")
    .addOption(timeoutOption(toolTimeout))
    .addHelpText(
      'after',
      examples([
        ['roleferry credential-process dev', 'what an AWS tool gets'],
        ['roleferry credential-process dev --login', 'the same, with a login when needed'],
      ]),
    )
    .action(async (byPosition: string | undefined, { profile: byOption, login, timeout }: Options) => {
      const name = demandedProfile(command, byPosition, byOption);
      // AWS tools start this often, and seldom is a login due.
      const renew = async (wanted: string) =>
        (await import('../login/login-in-browser.ts')).logInInBrowser(filesOfHost(), wanted, timeout);
      await printCredentials(name, login ? renew : undefined);
    });
};
