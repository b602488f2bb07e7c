import { type Command, InvalidArgumentError, Option } from 'commander';
import * as v from 'valibot';
import { accountOfArn } from '../../core/aws/account-number.ts';
import { failure } from '../../core/failure.ts';
import { credentialsJson } from '../../core/profile/env-vars.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { writeObstacle } from '../../credentials-file/index.ts';
import { policyBeforeAsking } from '../../machine-policy/judge.ts';
import type { Delivery } from '../delivery/delivery.ts';
import {
  addBrokerDeliveryOptions,
  type DeliveryOptions,
  defaultProfile,
} from '../delivery/delivery-options.ts';
import { roleferry } from '../delivery/manner.ts';
import { profileOf } from '../delivery/profile-template.ts';
import { regionsFor } from '../delivery/region.ts';
import { runWith, whyNotHandOut } from '../delivery/run-with.ts';
import { writeDeliveries } from '../delivery/write-deliveries.ts';
import { filesFailure } from '../files/files-failure.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { showWaiting } from '../login/login-progress.ts';
import { timeoutOption } from '../login/login-timeout.ts';
import type { Define } from '../program/define.ts';
import { type Caller, credentialsFrom, roleNameSchema, rolesAt } from '../request/ask-broker.ts';
import { type Broker, brokerAt } from '../request/broker-address.ts';
import { forgetBroker, rememberBroker } from '../request/broker-profiles.ts';
import { chooseBrokerRole, roleTable } from '../request/choose-broker-role.ts';
import { machineCaller, type TokenSource } from '../request/machine-token.ts';
import { personCaller } from '../request/person.ts';
import { tellOfLimit } from '../sts/allowed-duration.ts';
import { examples } from '../terminal/examples.ts';
import { notEmpty } from '../terminal/not-empty.ts';
import { portNumber } from '../terminal/port-number.ts';
import { print } from '../terminal/print.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { tell } from '../terminal/tell.ts';

interface Options extends DeliveryOptions, TokenSource {
  list?: boolean;
  credentialProcess?: boolean;
  redirectPort?: number;
  browser: boolean;
  timeout: number;
}

export const define: Define = (command) => {
  command
    .description(
      "Ask your company's Roleferry broker for temporary credentials of a role and write them to a " +
        'profile. You log in with the browser; a machine uses its token.',
    )
    .argument('<url>', 'the address of the broker')
    .argument('[role]', "the broker's name for the role, where it offers more than one", roleName);
  addBrokerDeliveryOptions(command);
  command
    .option('--list', 'only show the roles that the broker offers you')
    .addOption(
      new Option(
        '--redirect-port <port>',
        'receive the login on this local port (default: from the broker)',
      ).argParser(portNumber),
    )
    .option('--no-browser', "print the login's address, and ask you to paste the resulting one")
    .addOption(timeoutOption())
    .addOption(
      new Option('--token-file <file>', 'use the token in this file, such as one from Kubernetes')
        .argParser(notEmpty)
        .conflicts(['tokenEnv', 'githubActions']),
    )
    .addOption(
      new Option('--token-env <variable>', 'use the token in this variable, such as one from GitLab')
        .argParser(notEmpty)
        .conflicts(['githubActions']),
    )
    .option('--github-actions', 'use a fresh token of this GitHub Actions job')
    .addOption(
      new Option(
        '--credential-process',
        'print the credentials in the format of a credential_process, and write nothing',
      ).conflicts(['profile', 'exec', 'list', 'replace']),
    )
    .addHelpText(
      'after',
      examples([
        ['roleferry request https://broker.example --list', 'the roles that you may have'],
        ['roleferry request https://broker.example dev --profile dev', 'log in, write profile dev'],
        ["roleferry request https://broker.example dev --exec 'aws s3 ls'", 'run a command, write nothing'],
        [
          'roleferry request … dev --token-file /var/run/token --credential-process',
          'for an AWS config file',
        ],
        ['roleferry request … deploy --github-actions --profile deploy', 'in a job of GitHub Actions'],
      ]),
    )
    .action((url: string, role: string | undefined, options: Options) =>
      request(command, url, role, options),
    );
};

async function request(
  command: Command,
  address: string,
  role: string | undefined,
  options: Options,
): Promise<void> {
  const at = brokerAt(address);
  if (!at.ok) return reportFailure(at.failure);
  const broker = at.value;
  const machine = machineCaller(broker, options);
  if (options.credentialProcess && machine === undefined) {
    // AWS tools start it again and again: each time would be a login.
    command.error("error: option '--credential-process' needs --token-file, --token-env or --github-actions");
  }
  const willWrite = !(options.list || options.credentialProcess || options.exec !== undefined);
  const rules = await rulesBeforeAsking(options, willWrite);
  if (!rules.ok) return reportFailure(rules.failure);
  const most = rules.value;
  tellOfLimit(options, most);
  const caller = machine === undefined ? await askPerson(broker, options) : ok(machine);
  if (!caller.ok) return reportFailure(caller.failure);
  if (options.list) return list(broker, caller.value);
  const name = role === undefined ? await roleToTake(broker, caller.value) : ok(role);
  if (!name.ok) return reportFailure(name.failure);
  const seconds =
    most === undefined ? options.duration : Math.min(options.duration ?? most, Math.floor(most));
  const given = await credentialsFrom(broker, name.value, seconds, caller.value);
  if (!given.ok) return reportFailure(given.failure);
  const { roleArn, ...exchanged } = given.value;
  const delivery: Delivery = {
    roleArn,
    profile: profileOf(options.profile ?? defaultProfile, { roleArn }),
    region: regionsFor(roleArn, options, roleferry).region,
    exchanged,
    source: { issuer: broker.url, providerArn: '' },
  };
  if (options.credentialProcess) return printForAwsTools(delivery);
  if (options.exec !== undefined) return runWith(delivery, options.exec, options.region);
  if (!(await writeDeliveries([delivery], options, roleferry))) return;
  const { profile } = delivery;
  if (machine !== undefined) return forgetBroker(profile);
  const kept = await rememberBroker({ profile, url: broker.url, role: name.value, roleArn });
  if (!kept.ok) await reportFailure(kept.failure);
}

/** The longest session that the machine's policy allows, in seconds. Fails if anything prevents asking. */
async function rulesBeforeAsking(options: Options, willWrite: boolean): Promise<Result<number | undefined>> {
  const template = options.profile ?? defaultProfile;
  const obstacle =
    (await filesFailure(willWrite)) ??
    // What the name is made of is known later.
    (willWrite && !template.includes('{') ? await writeObstacle(filesOfHost(), [template]) : undefined);
  if (obstacle !== undefined) return failed(obstacle);
  const policy = policyBeforeAsking(filesOfHost().machine);
  if (!policy.ok) return policy;
  if (policy.value.forbidProfiles && willWrite) return failed(failure('policy-no-profiles'));
  return ok(policy.value.maxSessionDuration);
}

async function askPerson(
  broker: Broker,
  { timeout: seconds, redirectPort, browser }: Options,
): Promise<Result<Caller>> {
  const wishes = { seconds, browser, ...(redirectPort !== undefined && { redirectPort }) };
  const waiting = browser
    ? showWaiting(`opening the login of ${broker.host} in the browser`, 'the login', seconds)
    : undefined;
  const ended = new AbortController();
  try {
    return await personCaller(broker, wishes, ended.signal);
  } finally {
    ended.abort();
    waiting?.end();
  }
}

async function list(broker: Broker, caller: Caller): Promise<void> {
  const roles = await rolesAt(broker, caller);
  if (!roles.ok) return reportFailure(roles.failure);
  if (roles.value.length === 0) tell('the broker has no role for you\n');
  print(roleTable(roles.value));
}

async function roleToTake(broker: Broker, caller: Caller): Promise<Result<string>> {
  const roles = await rolesAt(broker, caller);
  return roles.ok ? chooseBrokerRole(roles.value) : roles;
}

async function printForAwsTools(delivery: Delivery): Promise<void> {
  const refusal = await whyNotHandOut(delivery);
  if (refusal !== undefined) return reportFailure(refusal);
  const { credentials, principalArn } = delivery.exchanged;
  print(credentialsJson(credentials, accountOfArn(principalArn)));
}

function roleName(name: string): string {
  if (v.is(roleNameSchema, name)) return name;
  throw new InvalidArgumentError("It is the broker's name for a role: letters, digits or . _ -, at most 64.");
}
