import { accountOfArn } from '../../core/aws/account-number.ts';
import type { Failure } from '../../core/failure.ts';
import type { LoginSource } from '../../core/policy/forbidden-delivery.ts';
import type { Exchanged } from '../../core/sts/exchange.ts';
import { inEnglish } from '../../core/words/failures/english.ts';
import { printable } from '../../core/words/printable.ts';
import { duration, timeLeft } from '../../core/words/time-left.ts';
import {
  type AwsFiles,
  type ProfileUpdate,
  readCredentials,
  writeProfiles,
} from '../../credentials-file/index.ts';
import { judge } from '../../machine-policy/judge.ts';
import { windowsProgram } from '../../native-host/registration/system/system-program.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { childEnvironment } from '../profile-use/child-environment.ts';
import { runChild } from '../profile-use/run-child.ts';
import { print } from '../terminal/print.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { splitWords } from '../terminal/split-words.ts';
import { tell } from '../terminal/tell.ts';
import { timeWords } from '../terminal/time-words.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import { namingReplace } from './naming-replace.ts';

/** Credentials of a role, and where they go. */
export interface Delivery {
  roleArn: string;
  profile: string;
  region: string;
  exchanged: Exchanged;
  /** The login that they come from; `none` where there was none. */
  source: LoginSource | 'none';
}

/**
 * Runs `command`, if the policy of the machine lets it have them, with the credentials in its environment and nothing written anywhere; this program ends with its
 * status. aws_role_credentials takes the command apart itself, so that no character in it means anything to a shell.
 */
export async function runWith(delivery: Delivery, command: string, asOldTool: boolean): Promise<void> {
  const refusal = await whyNotHandOut(delivery);
  if (refusal !== undefined) return reportFailure(refusal);
  const { exchanged, region } = delivery;
  const { principalArn: arn, credentials } = exchanged;
  const [file = '', ...args] = asOldTool ? (splitWords(command) ?? []) : shellCall(command);
  process.exitCode = await runChild(file, args, childEnvironment(credentials, region, accountOfArn(arn)));
}

/** Why the policy of the machine does not let anybody have these credentials, of which it may want a line. */
export async function whyNotHandOut({ exchanged, source }: Delivery): Promise<Failure | undefined> {
  const { principalArn: arn, credentials } = exchanged;
  const question = { arn, source, expiration: credentials.expiration };
  const judged = await judge(filesOfHost().machine, 'cli', [question]);
  return judged.ok ? judged.value.refusals[0] : judged.failure;
}

const shellCall = (command: string): string[] =>
  process.platform === 'win32'
    ? [windowsProgram('cmd.exe', process.env), '/d', '/s', '/c', command]
    : ['/bin/sh', '-c', command];

/** Writes the profiles in one write and says what became of each; gives whether all were written. */
export async function writeDeliveries(
  deliveries: readonly Delivery[],
  { replace, quiet, region: asked }: DeliveryOptions,
  asOldTool: boolean,
): Promise<boolean> {
  const files = filesOfHost();
  const updates = deliveries.map(({ profile, region, exchanged, source }): ProfileUpdate => {
    const { credentials, principalArn } = exchanged;
    return {
      name: profile,
      credentials,
      principalArn,
      region,
      source,
      ...(asOldTool && { output: 'json', allInOne: true }),
      ...(replace && { replace }),
      // Whoever names the profile in the very command knows which account goes there.
      takeOver: true,
    };
  });
  const written = await writeProfiles(files, updates, () => true, 'cli');
  if (!written.ok) {
    reportFailure(written.failure);
    return false;
  }
  for (const [index, outcome] of written.value.entries()) {
    const delivery = deliveries[index];
    if (!outcome.ok) reportFailure(namingReplace(outcome.failure));
    else if (delivery !== undefined && !quiet) {
      const told = asOldTool ? asOldToolTells(delivery, files.credentialsFile) : tells(delivery);
      print(told);
      tell(shortfall(delivery) + (asked ? await otherRegion(files, delivery) : ''));
    }
  }
  const warnings = written.value.flatMap((outcome) => (outcome.ok ? (outcome.warnings ?? []) : []));
  for (const { message, hint } of warnings.map(inEnglish)) tell(`warning: ${message}\nhint: ${hint}\n`);
  return written.value.every((outcome) => outcome.ok);
}

/** The config file's own region stays, which must be said when another one was asked for. */
async function otherRegion(files: AwsFiles, { profile, region }: Delivery): Promise<string> {
  const read = await readCredentials(files, profile);
  const used = read.ok ? (read.value.region ?? region) : region;
  return used === region
    ? ''
    : `${profile}: keeps the region ${printable(used)} from ${printable(files.configFile)}\n`;
}

function tells({ profile, roleArn, exchanged }: Delivery): string {
  const end = Date.parse(exchanged.credentials.expiration) - exchanged.clockOffset;
  return `wrote ${profile}: ${roleArn}, ${timeLeft(end, Date.now(), timeWords)}\n`;
}

/** Scripts look for the file, the profile and the time in it. */
function asOldToolTells({ profile, exchanged }: Delivery, file: string): string {
  const line = '-'.repeat(64);
  return [
    '\n',
    line,
    `The credentials are in ${printable(file)} under the profile ${profile}.`,
    `They will expire at ${exchanged.credentials.expiration}. For new ones, run the same command again.`,
    `To use them, name the profile: aws --profile ${profile} sts get-caller-identity`,
    line,
    '\n\n',
  ].join('\n');
}

function shortfall({ profile, exchanged: { shortened } }: Delivery): string {
  if (shortened === undefined) return '';
  const { asked, granted } = shortened;
  return `${profile}: the role allows ${duration(granted, timeWords)} at most, not ${duration(asked, timeWords)}\n`;
}
