import { Option } from 'commander';
import { isLoopback } from '../../core/loopback.ts';
import { formatEndpointVars } from '../../core/profile/env-vars.ts';
import { ok, type Result } from '../../core/result.ts';
import { printable } from '../../core/words/printable.ts';
import type { AwsFiles } from '../../credentials-file/index.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { logInInBrowser } from '../login/login-in-browser.ts';
import type { showWaiting } from '../login/login-progress.ts';
import { timeoutOption } from '../login/login-timeout.ts';
import { mayOnlyRead } from '../profile-use/agents.ts';
import { usableProfile } from '../profile-use/any-profile/usable-profile.ts';
import { unlessSet } from '../profile-use/child-environment.ts';
import { guessFormat, type Shell, shells } from '../profile-use/env-format.ts';
import { currentProfile, profileName } from '../profile-use/exec-profile.ts';
import { readOnlyProfile } from '../profile-use/lesser-profile.ts';
import { namedProfile, profileOption } from '../profile-use/named-profile.ts';
import { profileAndCall } from '../profile-use/profile-and-call.ts';
import type { ProfileInUse } from '../profile-use/profile-in-use.ts';
import { runChild } from '../profile-use/run-child.ts';
import type { Define } from '../program/define.ts';
import { BackgroundLogin } from '../serve/background-login.ts';
import { type Endpoint, startEndpoint } from '../serve/endpoint.ts';
import { endpointEnvironment, filesInTheWay } from '../serve/endpoint-environment.ts';
import { listenAddress } from '../serve/listen-address.ts';
import { notTemporary, ProfileAnswers } from '../serve/profile-answers.ts';
import { tellOfAnswers } from '../serve/told.ts';
import { examples } from '../terminal/examples.ts';
import { portNumber } from '../terminal/port-number.ts';
import { print } from '../terminal/print.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { tell } from '../terminal/tell.ts';

/** Logs in for a profile, and returns whether there was a way to. */
type LogIn = (profile: string, show?: typeof showWaiting) => Promise<Result<boolean>>;

interface Options {
  profile?: string;
  port?: number;
  listen: string;
  shell?: Shell;
  timeout: number;
  verbose?: boolean;
  readOnly?: boolean;
}

export const define: Define = (command) => {
  command
    .usage('[options] [profile] [-- <command> [args...]]')
    .description(
      "Hand out a profile's temporary credentials to AWS tools on this machine, each time they ask. For " +
        'programs that run longer than a session, and for containers. With a command, run it and exit with its status; ' +
        'without, print the variables that AWS tools need, and stay. When the credentials end and the profile has a ' +
        'sign-in link, the login opens in the browser. With ROLEFERRY_AGENTS=read-only in the environment, coding agents ' +
        'serve the read-only profile of the same role, and no login opens.',
    )
    .argument('[profile]', 'the profile (default: AWS_PROFILE)')
    .argument('[command]', 'the program to run')
    .argument('[args...]', 'its arguments')
    .addOption(profileOption())
    .option('--read-only', 'hand out the read-only profile of the same role; fail if there is none')
    .addOption(new Option('--port <port>', 'listen on this port (default: a free one)').argParser(portNumber))
    .addOption(
      new Option('--listen <address>', 'listen at this IP address, such as that of a bridge to containers')
        .default('127.0.0.1')
        .argParser(listenAddress),
    )
    .addOption(
      new Option(
        '-s, --shell <name>',
        'print the variables for this shell or file format (default: from SHELL)',
      ).choices(Object.keys(shells)),
    )
    .addOption(timeoutOption())
    .option('--verbose', 'log each answer on stderr')
    .addHelpText(
      'after',
      examples([
        ['roleferry serve dev -- ./long-job', 'a program that runs for days'],
        ['roleferry serve dev', 'for other shells: paste what it prints'],
        ['roleferry serve --read-only dev -- ./report.sh', 'with dev-readonly, where that was added'],
        ['roleferry serve dev --shell dotenv > .env', 'for docker run --network host --env-file .env'],
      ]),
    )
    .action(async () => {
      const options = command.opts<Options>();
      const { byPosition, call } = profileAndCall(command, 'profile');
      const named = profileName(command, namedProfile(command, byPosition, options.profile));
      if (!named.ok) return reportFailure(named.failure);
      const files = filesOfHost();
      // An agent gets a profile that may only read, and no login opens for it.
      const isLimited = mayOnlyRead(process.env);
      const name = isLimited || options.readOnly ? await readOnlyProfile(files, named.value) : named;
      if (!name.ok) return reportFailure(name.failure);
      const logIn: LogIn = isLimited
        ? async () => ok(false)
        : (wanted, show) => logInInBrowser(files, wanted, options.timeout, undefined, show);
      const profile = await usableProfile(files, name.value, (wanted) => logIn(wanted));
      if (!profile.ok) return reportFailure(profile.failure);
      if (profile.value.credentials.sessionToken === undefined) {
        return reportFailure(notTemporary(name.value));
      }
      const isOwn = (await currentProfile(files, name.value)).ok;
      const endpoint = await endpointFor(
        files,
        name.value,
        isOwn ? undefined : profile.value,
        options,
        logIn,
      );
      if (!endpoint.ok) return reportFailure(endpoint.failure);
      if (!isLoopback(new URL(endpoint.value.uri).hostname)) {
        tell(`${options.listen} is not only for this machine, and what is sent there is not encrypted\n`);
      }
      if (call.length === 0) return showVariables(endpoint.value, files, options);
      const status = await runWithEndpoint(
        endpoint.value,
        files,
        name.value,
        unlessSet(profile.value.region),
        call,
      );
      // What still waits, such as a login, ends with the command.
      process.exit(status);
    });
};

function endpointFor(
  files: AwsFiles,
  name: string,
  first: ProfileInUse | undefined,
  { listen, port = 0, verbose = false }: Options,
  logIn: LogIn,
) {
  const login = new BackgroundLogin(
    (wanted, opened) =>
      logIn(wanted, (opening) => {
        opened();
        tell(`${opening}\n`);
        return { end() {} };
      }),
    (done) => {
      if (!done.ok) void reportFailure(done.failure);
    },
  );
  const answers = new ProfileAnswers(files, name, first, login);
  return startEndpoint({ host: listen, port }, () => answers.current(), tellOfAnswers(verbose));
}

async function runWithEndpoint(
  endpoint: Endpoint,
  files: AwsFiles,
  name: string,
  region: string | undefined,
  [file = '', ...args]: string[],
): Promise<number> {
  const hidden = await filesInTheWay(files);
  for (const path of hidden.values()) {
    tell(
      `AWS tools would use the profile default of ${printable(path)} instead: the command does not see that file\n`,
    );
  }
  return runChild({ file, args }, endpointEnvironment(endpoint, name, region, hidden.keys()));
}

/** Prints what AWS tools need, and says what would keep them from asking here. */
async function showVariables({ uri, token }: Endpoint, files: AwsFiles, { shell }: Options): Promise<void> {
  const format = shell === undefined ? guessFormat(process.env, process.platform) : shells[shell];
  const text = formatEndpointVars(uri, token, format);
  if (!text.ok) {
    await reportFailure(text.failure);
    process.exit();
  }
  print(text.value);
  for (const path of (await filesInTheWay(files)).values()) {
    tell(`AWS tools use the profile default of ${printable(path)} instead, where they see it\n`);
  }
  tell('handing out credentials until Ctrl-C\n');
}
