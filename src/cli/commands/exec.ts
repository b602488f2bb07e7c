import { failure } from '../../core/failure.ts';
import { printable } from '../../core/words/printable.ts';
import { profileWord } from '../../core/words/profile-word.ts';
import { type AwsFiles, knownProfiles } from '../../credentials-file/index.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { logInInBrowser } from '../login/login-in-browser.ts';
import { timeoutOption } from '../login/login-timeout.ts';
import { usableProfile } from '../profile-use/any-profile/usable-profile.ts';
import { profileName } from '../profile-use/exec-profile.ts';
import { readOnlyProfile } from '../profile-use/lesser-profile.ts';
import { namedProfile, profileOption } from '../profile-use/named-profile.ts';
import { profileAndCall } from '../profile-use/profile-and-call.ts';
import { noProgramStatus } from '../profile-use/run-child.ts';
import { runWithProfile } from '../profile-use/run-with-profile.ts';
import type { Define } from '../program/define.ts';
import { callHere } from '../terminal/called/call-here.ts';
import { examples } from '../terminal/examples.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { tell } from '../terminal/tell.ts';

interface Options {
  profile?: string;
  timeout: number;
  readOnly?: boolean;
}

export const define: Define = (command) => {
  command
    .usage('[options] [profile] -- <command> [args...]')
    .description(
      "Run a command with a profile's temporary credentials in its environment, and exit with its status. If they " +
        'have expired and the profile has a sign-in link, log in with the browser first.',
    )
    .argument('[profile]', 'the profile (default: AWS_PROFILE)')
    .argument('[command]', 'the program to run')
    .argument('[args...]', 'its arguments')
    .addOption(profileOption())
    .option('--read-only', 'use the read-only profile of the same role; fail if there is none')
    .addOption(timeoutOption())
    .addHelpText(
      'after',
      examples([
        ['roleferry exec dev -- terraform plan', 'one command'],
        ['roleferry exec --read-only dev -- ./report.sh', 'with dev-readonly, where that was added'],
        ['AWS_PROFILE=dev roleferry exec -- terraform plan', 'with the profile of AWS tools'],
      ]),
    )
    .action(async () => {
      const { profile: byOption, timeout, readOnly } = command.opts<Options>();
      const { byPosition, call } = profileAndCall(command, 'call');
      if (call.length === 0) command.error("error: missing required argument 'command'");
      const [first = ''] = call;
      const named = profileName(command, namedProfile(command, byPosition, byOption));
      const files = filesOfHost();
      if (!named.ok) {
        const isProfile = call.length === 1 && (await isKnown(files, first));
        return reportFailure(isProfile ? failure('command-unsaid', { profile: first }) : named.failure);
      }
      const name = readOnly ? await readOnlyProfile(files, named.value) : named;
      if (!name.ok) return reportFailure(name.failure);
      const profile = await usableProfile(files, name.value, (wanted) =>
        logInInBrowser(files, wanted, timeout),
      );
      if (!profile.ok) return reportFailure(profile.failure);
      process.exitCode = await runWithProfile(name.value, profile.value, call);
      if (process.exitCode === noProgramStatus && byPosition === undefined && (await isKnown(files, first))) {
        const word = printable(first);
        tell(`${word} is a profile, which comes before --: ${callHere()} exec ${profileWord(word)} -- ls\n`);
      }
    });
};

/** Whether the first word of a call is a profile instead: users of aws-vault type `exec dev`. */
async function isKnown(files: AwsFiles, word: string): Promise<boolean> {
  const known = await knownProfiles(files);
  return known.ok && known.value.some(({ name }) => name === word);
}
