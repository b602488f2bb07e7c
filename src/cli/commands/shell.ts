import { printable } from '../../core/words/printable.ts';
import { timeLeft } from '../../core/words/time-left.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { logInInBrowser } from '../login/login-in-browser.ts';
import { timeoutOption } from '../login/login-timeout.ts';
import { usableProfile } from '../profile-use/any-profile/usable-profile.ts';
import { profileName } from '../profile-use/exec-profile.ts';
import { namedProfile, profileOption } from '../profile-use/named-profile.ts';
import { ownShell } from '../profile-use/own-shell.ts';
import { runWithProfile } from '../profile-use/run-with-profile.ts';
import type { Define } from '../program/define.ts';
import { examples } from '../terminal/examples.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { tell } from '../terminal/tell.ts';
import { timeWords } from '../terminal/time-words.ts';

interface Options {
  profile?: string;
  timeout: number;
}

export const define: Define = (command) => {
  command
    .description(
      "Start your shell with a profile's temporary credentials in its environment. If they have expired and the " +
        'profile has a sign-in link, log in with the browser first. In the shell they stay as they are: when they ' +
        'expire, leave it and start it again.',
    )
    .argument('[profile]', 'the profile (default: AWS_PROFILE)')
    .addOption(profileOption())
    .addOption(timeoutOption())
    .addHelpText(
      'after',
      examples([
        ['roleferry shell dev', 'the shell that SHELL names; on Windows PowerShell or ComSpec'],
        ['SHELL=/usr/bin/fish roleferry shell dev', 'another shell'],
        ['echo $ROLEFERRY_PROFILE', 'in the shell: the profile, for your prompt'],
      ]),
    )
    .action(async (byPosition: string | undefined, { profile: byOption, timeout }: Options) => {
      const name = profileName(command, namedProfile(command, byPosition, byOption));
      if (!name.ok) return reportFailure(name.failure);
      const files = filesOfHost();
      const profile = await usableProfile(files, name.value, (wanted) =>
        logInInBrowser(files, wanted, timeout),
      );
      if (!profile.ok) return reportFailure(profile.failure);
      tell(start(name.value, profile.value.credentials.expiration, process.env.ROLEFERRY_PROFILE));
      const shell = ownShell(process.env, process.platform);
      process.exitCode = await runWithProfile(name.value, profile.value, [shell]);
    });
};

/** What this shell is, and inside which other it runs. */
function start(profile: string, expiration: string | undefined, around: string | undefined): string {
  const left = expiration && `, ${timeLeft(Date.parse(expiration), Date.now(), timeWords)}`;
  const back = around ? `leads back to the shell with ${printable(around)}` : 'ends it';
  return `shell with ${printable(profile)}${left ?? ''}; exit ${back}\n`;
}
