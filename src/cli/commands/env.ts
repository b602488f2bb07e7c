import { Option } from 'commander';
import { formatEnvVars } from '../../core/profile/env-vars.ts';
import { ok, type Result } from '../../core/result.ts';
import { printable } from '../../core/words/printable.ts';
import { type AwsFiles, logsIn, processLines } from '../../credentials-file/index.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { logInInBrowser } from '../login/login-in-browser.ts';
import { timeoutOption } from '../login/login-timeout.ts';
import { usableProfile } from '../profile-use/any-profile/usable-profile.ts';
import { unlessSet } from '../profile-use/child-environment.ts';
import { guessFormat, type Shell, shells } from '../profile-use/env-format.ts';
import { profileName } from '../profile-use/exec-profile.ts';
import { namedProfile, profileOption } from '../profile-use/named-profile.ts';
import type { Define } from '../program/define.ts';
import { examples } from '../terminal/examples.ts';
import { print } from '../terminal/print.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { tell } from '../terminal/tell.ts';

interface Options {
  profile?: string;
  shell?: Shell;
  timeout: number;
}

/** Variables that some AWS tools prefer to the printed ones; botocore prefers the last one. */
const preferred = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SECURITY_TOKEN'];

export const define: Define = (command) => {
  command
    .description(
      'Print the temporary credentials of a profile as env vars, for a shell to read. An on-demand profile gets its ' +
        'credentials first, as with AWS tools.',
    )
    .argument('[profile]', 'the profile (default: AWS_PROFILE)')
    .addOption(profileOption())
    .addOption(
      new Option('-s, --shell <name>', 'the shell or file format (default: from SHELL)').choices(
        Object.keys(shells),
      ),
    )
    .addOption(timeoutOption())
    .addHelpText(
      'after',
      examples([
        ['eval "$(roleferry env dev)"', 'in bash or zsh'],
        ['roleferry env dev | source', 'in fish'],
        ['roleferry env dev | Out-String | iex', 'in PowerShell'],
        ['roleferry env dev --shell dotenv > .env', 'for docker run --env-file .env'],
      ]),
    )
    .action(async (byPosition: string | undefined, { profile: byOption, shell, timeout }: Options) => {
      const name = profileName(command, namedProfile(command, byPosition, byOption));
      if (!name.ok) return reportFailure(name.failure);
      const files = filesOfHost();
      const profile = await usableProfile(files, name.value, (wanted) =>
        logInAsTools(files, wanted, timeout),
      );
      if (!profile.ok) return reportFailure(profile.failure);
      const format = shell === undefined ? guessFormat(process.env, process.platform) : shells[shell];
      const { credentials, region, account } = profile.value;
      const text = formatEnvVars(credentials, format, account, name.value);
      if (!text.ok) return reportFailure(text.failure);
      print(text.value);
      if (region && unlessSet(region) && format !== 'json') {
        tell(`this shell has no region: to use the profile's, set AWS_REGION to ${printable(region)}\n`);
      }
      const stale = [
        ...(credentials.sessionToken ? [] : ['AWS_SESSION_TOKEN']),
        ...(account ? [] : ['AWS_ACCOUNT_ID']),
      ];
      const winning = [...preferred, ...stale].filter((variable) => process.env[variable]);
      if (winning.length > 0 && format !== 'json' && format !== 'dotenv') {
        const are = winning.length > 1 ? 'are' : 'is';
        tell(
          `${winning.join(' and ')} ${are} set, which some AWS tools use instead: unset ${winning.join(' ')}\n`,
        );
      }
    });
};

/** Only where AWS tools would too: shells read env vars unasked, for example whenever someone enters a folder. */
async function logInAsTools(files: AwsFiles, profile: string, seconds: number): Promise<Result<boolean>> {
  const line = (await processLines(files.configFile)).get(profile);
  return line !== undefined && logsIn(line) ? logInInBrowser(files, profile, seconds) : ok(false);
}
