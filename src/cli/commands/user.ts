import type { Agent } from 'node:https';
import { fromIni } from '@aws-sdk/credential-provider-ini';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { otherPartitionFailure, partitionFailure } from '../../core/aws/partition.ts';
import { parseRoleArn } from '../../core/aws/role.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { assumeRole } from '../../core/sts/assume-role.ts';
import { inEnglish } from '../../core/words/failures/english.ts';
import { writeObstacle } from '../../credentials-file/index.ts';
import { narrowedBeforeAsking, policyBeforeAsking } from '../../machine-policy/judge.ts';
import { addDeliveryOptions, type DeliveryOptions, defaultProfile } from '../delivery/delivery-options.ts';
import { type Manner, roleferry } from '../delivery/manner.ts';
import { profileOf } from '../delivery/profile-template.ts';
import { regionsFor } from '../delivery/region.ts';
import { runWith } from '../delivery/run-with.ts';
import { writeDeliveries } from '../delivery/write-deliveries.ts';
import { filesFailure } from '../files/files-failure.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { httpsAgentMaker, throughAgent } from '../network/https-agent.ts';
import type { Define } from '../program/define.ts';
import { allowedDuration, tellOfLimit } from '../sts/allowed-duration.ts';
import { whyNotAskSts } from '../sts/before-asking-sts.ts';
import {
  addSessionPolicyOptions,
  readSessionPolicy,
  refusedFor,
  type SessionPolicyOptions,
} from '../sts/session-policy.ts';
import { sourceArn } from '../sts/source-arn.ts';
import { askMfaCode, sixDigits } from '../terminal/ask-mfa-code.ts';
import { examples } from '../terminal/examples.ts';
import { notEmpty } from '../terminal/not-empty.ts';
import { reportFailure } from '../terminal/report-failure.ts';

interface Options extends DeliveryOptions, SessionPolicyOptions {
  sourceProfile?: string;
  mfaSerialNumber?: string;
  mfaToken?: string;
  externalId?: string;
}

export const define: Define = (command) => {
  defineUser(command, roleferry);
  addSessionPolicyOptions(command, { orStdin: true });
  command.addHelpText(
    'after',
    examples([
      ['roleferry user arn:aws:iam::111122223333:role/dev jobloggs --profile dev', 'write profile dev'],
      ['roleferry user … --source-profile me', 'with the credentials of profile me'],
      ['roleferry user … --mfa-serial-number arn:aws:iam::111122223333:mfa/jo', 'asks for the code'],
      ['roleferry user … --read-only --profile dev-readonly', 'a profile that may only read'],
      ["roleferry user … --exec 'aws s3 ls'", 'run a command, write nothing'],
    ]),
  );
};

/** Gives `command` the `user` of either program. */
export function defineUser(command: Command, manner: Manner): void {
  command
    .description(
      'Assume a role with the credentials that AWS tools use here, and write its temporary credentials to a ' +
        'profile.',
    )
    .argument('<role-arn>', 'the role to assume', roleArnArgument)
    .argument('<session-name>', 'the name that AWS logs, such as yours', sessionNameArgument)
    .option('--source-profile <name>', 'the profile whose credentials assume the role', notEmpty)
    .option('--mfa-serial-number <serial>', 'the MFA device, if the role needs one', notEmpty)
    .addOption(
      new Option('--mfa-token <code>', 'its code (default: asked for on the terminal)').argParser(mfaCode),
    )
    .option('--external-id <id>', 'the external ID, if the role needs one', notEmpty);
  addDeliveryOptions(command, manner);
  command.action((roleArn: string, sessionName: string, options: Options) =>
    user(command, { roleArn, sessionName, ...options }, manner),
  );
}

async function user(
  command: Command,
  { roleArn, sessionName, ...options }: Options & { roleArn: string; sessionName: string },
  manner: Manner,
): Promise<void> {
  const { sourceProfile, mfaSerialNumber: serialNumber, mfaToken, externalId, duration } = options;
  if (mfaToken !== undefined && serialNumber === undefined) {
    command.error("error: option '--mfa-token <code>' needs --mfa-serial-number");
  }
  const profile = profileOf(options.profile ?? defaultProfile, { roleArn });
  const willWrite = options.exec === undefined;
  const obstacle =
    (await filesFailure(willWrite)) ??
    (willWrite ? await writeObstacle(filesOfHost(), [profile]) : undefined);
  if (obstacle !== undefined) return reportFailure(obstacle);
  const policyFor = await readSessionPolicy(options);
  if (!policyFor.ok) return reportFailure(policyFor.failure);
  const unfit = refusedFor(policyFor.value, [roleArn]);
  if (unfit !== undefined) return reportFailure(unfit);
  const { machine } = filesOfHost();
  const policy = policyBeforeAsking(machine);
  if (!policy.ok) return reportFailure(policy.failure);
  const goes = { arn: roleArn, source: 'none', ...(options.exec === undefined && { profile }) } as const;
  const wished = policyFor.value(roleArn);
  const narrowed = await narrowedBeforeAsking(policy.value, machine, 'cli', goes, wished);
  if (!narrowed.ok) return reportFailure(narrowed.failure);
  const sessionPolicy = narrowed.value;
  const most = policy.value.maxSessionDuration;
  tellOfLimit(options, most);
  const sessionDuration = allowedDuration(duration, most);
  const source = await sourceArn(sourceProfile, serialNumber);
  const stranger = source && otherPartitionFailure(roleArn, source);
  if (stranger) return reportFailure(stranger);
  const tokenCode = serialNumber === undefined ? undefined : (mfaToken ?? askMfaCode(serialNumber));
  if (serialNumber !== undefined && tokenCode === undefined) {
    return reportFailure(failure('mfa-code-needed', { serialNumber }));
  }
  const danger = await whyNotAskSts(options);
  if (danger !== undefined) return reportFailure(danger);
  const agents = await httpsAgentMaker(process.env);
  if (!agents.ok) return reportFailure(agents.failure);
  const { region, stsRegion } = regionsFor(roleArn, options, manner);
  const sourceAgent = agents.value?.();
  const given = await assumeRole({
    roleArn,
    sessionName,
    region: stsRegion,
    fips: policy.value.fips === true,
    sessionPolicy,
    newHttpsAgent: agents.value,
    ...sourceCredentials(sourceProfile, sourceAgent),
    ...(sessionDuration === undefined ? {} : { sessionDuration }),
    ...(serialNumber !== undefined && tokenCode !== undefined ? { mfa: { serialNumber, tokenCode } } : {}),
    ...(externalId === undefined ? {} : { externalId }),
  });
  if (!given.ok) return reportFailure(sourceAgent?.failure ?? explained(given.failure, sourceProfile));
  const delivery = {
    roleArn,
    profile,
    region,
    source: 'none' as const,
    exchanged: given.value,
    sessionPolicy,
  };
  if (options.exec !== undefined) return runWith(delivery, options.exec, options.region);
  await writeDeliveries([delivery], options, manner);
}

/** The SDK's providers may ask AWS too, for example with the session of `aws sso login`. */
function sourceCredentials(profile: string | undefined, httpsAgent: Agent | undefined) {
  const through = throughAgent(httpsAgent);
  if (profile !== undefined) return { credentials: fromIni({ profile, ...through }) };
  return through && { credentials: defaultProvider(through) };
}

/** Adds AWS_PROFILE to `reason`, if that chose the missing credentials. */
function explained(reason: Failure, sourceProfile: string | undefined): Failure {
  const { AWS_PROFILE } = process.env;
  if (reason.code !== 'source-credentials-missing' || sourceProfile !== undefined || !AWS_PROFILE)
    return reason;
  return { ...reason, params: { ...reason.params, profile: AWS_PROFILE } };
}

function roleArnArgument(arn: string): string {
  if (parseRoleArn(arn) === undefined) {
    throw new InvalidArgumentError('A role is arn:aws:iam::ACCOUNT:role/NAME.');
  }
  const unknown = partitionFailure(arn);
  if (unknown !== undefined) throw new InvalidArgumentError(inEnglish(unknown).message);
  return arn;
}

/** STS API reference, AssumeRole: RoleSessionName. */
function sessionNameArgument(name: string): string {
  if (/^[\w+=,.@-]{2,64}$/.test(name)) return name;
  throw new InvalidArgumentError('It is 2 to 64 letters, digits or _+=,.@-.');
}

function mfaCode(code: string): string {
  if (sixDigits.test(code)) return code;
  throw new InvalidArgumentError('A code has six digits.');
}
