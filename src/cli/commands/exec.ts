import { accountOfArn } from '../../core/aws/account-number.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { logInInBrowser } from '../login/login-in-browser.ts';
import { timeoutOption } from '../login/login-timeout.ts';
import { childEnvironment, unlessSet } from '../profile-use/child-environment.ts';
import { currentProfile } from '../profile-use/exec-profile.ts';
import { runChild } from '../profile-use/run-child.ts';
import type { Define } from '../program/define.ts';
import { examples } from '../terminal/examples.ts';
import { notEmpty } from '../terminal/not-empty.ts';
import { reportFailure } from '../terminal/report-failure.ts';

interface Options {
  profile?: string;
  timeout: number;
}

export const define: Define = (command) => {
  command
    .usage('[options] -- <command> [args...]')
    .description(
      "Run a command with a profile's temporary credentials in its environment, and exit with its status. If they " +
        'have expired and the profile has a sign-in link, log in with the browser first.',
    )
    .argument('<command>', 'the program to run', notEmpty)
    .argument('[args...]', 'its arguments')
    .option('-p, --profile <name>', 'the profile (default: AWS_PROFILE)')
    .addOption(timeoutOption())
    .addHelpText(
      'after',
      examples([
        ['roleferry exec --profile dev -- terraform plan', 'one command'],
        ['roleferry exec --profile dev -- bash', 'a shell with the credentials'],
      ]),
    )
    .action(async (file: string, args: string[], { profile: name, timeout }: Options) => {
      const files = filesOfHost();
      const profile = await currentProfile(files, name, (wanted) => logInInBrowser(files, wanted, timeout));
      if (!profile.ok) return reportFailure(profile.failure);
      const { credentials, region, principalArn } = profile.value;
      const account = accountOfArn(principalArn ?? '');
      process.exitCode = await runChild(
        file,
        args,
        childEnvironment(credentials, unlessSet(region), account),
      );
    });
};
