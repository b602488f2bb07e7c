import { existsSync, fstatSync } from 'node:fs';
import { InvalidArgumentError, Option } from 'commander';
import { accountNumber } from '../../core/aws/account-number.ts';
import { parseConsolePage } from '../../core/aws/console.ts';
import { isService } from '../../core/aws/console-service.ts';
import { consoleLoginLink } from '../../core/aws/federation.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { ok, type Result } from '../../core/result.ts';
import { printable } from '../../core/words/printable.ts';
import { timeLeft } from '../../core/words/time-left.ts';
import { noBrowser } from '../browser/no-browser.ts';
import { consoleDestination, type Wishes } from '../console/console-destination.ts';
import { consoleEndpoint } from '../console/console-endpoint.ts';
import { type BrowserChoice, openConsole } from '../console/open-console.ts';
import { signInToken } from '../console/sign-in-token.ts';
import { regionName } from '../delivery/region.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { knownLinks, logInInBrowser } from '../login/login-in-browser.ts';
import { showWaiting } from '../login/login-progress.ts';
import { timeoutOption } from '../login/login-timeout.ts';
import { usableProfile } from '../profile-use/any-profile/usable-profile.ts';
import { profileName } from '../profile-use/exec-profile.ts';
import { namedProfile, profileOption } from '../profile-use/named-profile.ts';
import type { ProfileInUse } from '../profile-use/profile-in-use.ts';
import type { Define } from '../program/define.ts';
import { examples } from '../terminal/examples.ts';
import { notEmpty } from '../terminal/not-empty.ts';
import { print } from '../terminal/print.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { tell } from '../terminal/tell.ts';
import { timeWords } from '../terminal/time-words.ts';

/** How long a browser may take to start and ask for the page; seconds. */
const browserPatience = 120;

interface Options extends Wishes, BrowserChoice {
  profile?: string;
  print?: boolean;
  timeout: number;
}

export const define: Define = (command) => {
  command
    .description(
      "Open the AWS console in the browser with a profile's temporary credentials. If they have expired and the profile " +
        'has a sign-in link, log in with the browser first.',
    )
    .argument('[profile]', 'the profile (default: AWS_PROFILE)')
    .addOption(profileOption())
    .addOption(
      new Option('--service <name>', 'the service to show, such as s3 or cloudformation').argParser(service),
    )
    .addOption(
      new Option(
        '--region <region>',
        'the region to show (default: AWS_REGION, else that of the profile)',
      ).argParser(regionName),
    )
    .addOption(
      new Option('--url <address>', 'the page of the console to show, instead of both')
        .argParser(consoleAddress)
        .conflicts(['service', 'region']),
    )
    .addOption(
      new Option('--browser <command>', 'the program that opens the browser (default: BROWSER)').argParser(
        notEmpty,
      ),
    )
    .addOption(
      new Option(
        '--container <name>',
        'open it in this container of Firefox, by the add-on "Open external links in a container"',
      ).argParser(notEmpty),
    )
    .addOption(
      new Option('--print', 'print the link, a secret for 15 minutes, instead of opening it').conflicts([
        'browser',
        'container',
      ]),
    )
    .addOption(timeoutOption())
    .addHelpText(
      'after',
      examples([
        ['roleferry console dev', 'the first page of the console'],
        ['roleferry console dev --service s3', 'a service'],
        ['roleferry console dev --container dev', 'beside other accounts, in Firefox'],
        ['roleferry console dev --print | wl-copy', 'for another browser'],
      ]),
    )
    .action(async (byPosition: string | undefined, options: Options) => {
      const name = profileName(command, namedProfile(command, byPosition, options.profile));
      if (!name.ok) return reportFailure(name.failure);
      const refusal = await open(name.value, options);
      if (refusal !== undefined) await reportFailure(refusal);
    });
};

/** Why the console was not opened, if so. */
async function open(name: string, options: Options): Promise<Failure | undefined> {
  if (options.print && fstatSync(1).isFile()) return failure('console-print-to-file', { profile: name });
  const files = filesOfHost();
  const profile = await usableProfile(files, name, (wanted) =>
    logInInBrowser(files, wanted, options.timeout),
  );
  if (!profile.ok) return inConsoleWords(profile.failure, name);
  const isNamed = options.print || options.browser !== undefined || options.container !== undefined;
  const reason = isNamed ? undefined : noBrowser(process.env, process.platform, existsSync);
  if (reason !== undefined) return failure('console-not-opened', { reason });
  const link = await loginLink(name, profile.value, options);
  if (!link.ok) return link.failure;
  if (options.print) {
    tell('for 15 minutes, whoever has this link is logged in\n');
    print(`${link.value}\n`);
    return undefined;
  }
  const waiting = showWaiting(
    `opening the console ${asWhom(name, profile.value)}`,
    'the browser',
    browserPatience,
  );
  const opened = await openConsole(link.value, options, process, browserPatience);
  waiting.end();
  return opened.ok ? undefined : opened.failure;
}

async function loginLink(name: string, profile: ProfileInUse, wishes: Wishes): Promise<Result<string>> {
  const goal = consoleDestination(name, profile, wishes, process.env);
  if (!goal.ok) return goal;
  const { partition, page } = goal.value;
  const endpoint = consoleEndpoint(partition, process.env);
  if (!endpoint.ok) return endpoint;
  const isRole = profile.principalArn !== undefined;
  const token = await signInToken(endpoint.value, profile.credentials, { profile: name, isRole });
  if (!token.ok) return token;
  const issuer = knownLinks().find((known) => known.profile === name)?.url ?? 'roleferry';
  return ok(consoleLoginLink(endpoint.value, { signInToken: token.value, page, issuer }));
}

/** Long-lived keys serve for everything but this. */
function inConsoleWords(failed: Failure, profile: string): Failure {
  return failed.code === 'long-lived-not-handed-out' ? failure('console-long-lived', { profile }) : failed;
}

function asWhom(name: string, { principalArn = '', account, credentials }: ProfileInUse): string {
  const role = principalArn.split('/')[1];
  const who = [role, account && accountNumber(account)].filter(Boolean).join(' in ');
  const { expiration } = credentials;
  const left = expiration && timeLeft(Date.parse(expiration), Date.now(), timeWords);
  return printable(`with ${name}${who && `, ${who}`}${left ? `: ${left}` : ''}`);
}

function service(name: string): string {
  const known = name.toLowerCase();
  if (isService(known)) return known;
  throw new InvalidArgumentError('A service is named like s3 or cloudformation; for other pages use --url.');
}

function consoleAddress(address: string): string {
  if (parseConsolePage(address) !== undefined) return address;
  throw new InvalidArgumentError('It is not the https address of a page of the AWS console.');
}
