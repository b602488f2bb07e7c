import { type Command, Option } from 'commander';
import { failure } from '../../core/failure.ts';
import { ok, type Result } from '../../core/result.ts';
import { sideBySide } from '../../core/side-by-side.ts';
import { exchange } from '../../core/sts/exchange.ts';
import { writeObstacle } from '../../credentials-file/index.ts';
import { narrowedBeforeAsking, policyBeforeAsking } from '../../machine-policy/judge.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { addDeliveryOptions, type DeliveryOptions, defaultProfile } from '../delivery/delivery-options.ts';
import { type Manner, roleferry } from '../delivery/manner.ts';
import { namesProvider, profileOf } from '../delivery/profile-template.ts';
import { regionsFor } from '../delivery/region.ts';
import { rolesToTake } from '../delivery/roles-to-take.ts';
import { runWith } from '../delivery/run-with.ts';
import { writeDeliveries } from '../delivery/write-deliveries.ts';
import { filesFailure } from '../files/files-failure.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { httpsAgentMaker } from '../network/https-agent.ts';
import type { Define } from '../program/define.ts';
import { allowedDuration, tellOfLimit } from '../sts/allowed-duration.ts';
import { whyNotAskSts } from '../sts/before-asking-sts.ts';
import {
  addSessionPolicyOptions,
  readSessionPolicy,
  refusedFor,
  type SessionPolicyOptions,
} from '../sts/session-policy.ts';
import { roleList } from '../terminal/choose-role.ts';
import { examples } from '../terminal/examples.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { samlOnStdin } from '../terminal/saml-stdin.ts';
import { tell } from '../terminal/tell.ts';

/** How long to retry while AWS throttles, in milliseconds. */
const patience = 60_000;

/** How many roles to ask for at a time: STS throttles. */
const atOnce = 6;

interface Options extends DeliveryOptions, SessionPolicyOptions {
  roleArn?: string;
  providerArn?: string;
  allRoles?: boolean;
  /** Whether to print what an administrator needs where AWS refuses; `undefined` where there is no such option. */
  report?: boolean;
}

export const define: Define = (command) => {
  defineSaml(command, roleferry);
  addSessionPolicyOptions(command, { orStdin: false });
  command
    .addOption(
      new Option(
        '--all-roles',
        'write a profile for each role of the assertion; {account}, {role}, {provider} and {partition} in the ' +
          "profile name are replaced by the role's, in lower case (default name: {account}-{role})",
      ).conflicts(['roleArn', 'exec']),
    )
    .addOption(
      new Option(
        '--report',
        'if AWS says no, print a text for your administrator on stdout: what was asked, the answer of AWS, the likely ' +
          'cause, and what the trust policy of the role lacks; nothing secret',
      ),
    )
    .addHelpText(
      'after',
      examples([
        [
          'oktaauth -u jobloggs | roleferry saml --profile dev',
          'the only role, or the chosen one, as profile dev',
        ],
        ['… | roleferry saml --role-arn arn:aws:iam::111122223333:role/Dev', 'this role'],
        ["… | roleferry saml --all-roles --profile '{account}-{role}'", 'a profile for every role'],
        ["… | roleferry saml --exec 'aws s3 ls'", 'run a command, write nothing'],
        ['… | roleferry saml --read-only --profile dev-readonly', 'a profile that may only read'],
        ['… | roleferry saml --report', 'a text for your administrator, if AWS says no'],
      ]),
    );
};

/** Gives `command` the `saml` of either program. */
export function defineSaml(command: Command, manner: Manner): void {
  command
    .description(
      'Redeem the SAML assertion on stdin for temporary credentials and write them to a profile. It may be XML, ' +
        'base64, URL-encoded, or the HTML page that posts it.',
    )
    .option('--role-arn <arn>', 'the role, if the assertion offers several')
    .option(
      '--provider-arn <arn>',
      "the role's SAML provider, if the assertion is encrypted or offers the role through several",
    );
  addDeliveryOptions(command, manner);
  command.action((options: Options) => saml(options, manner));
}

async function saml(options: Options, manner: Manner): Promise<void> {
  const obstacle = await filesFailure(options.exec === undefined);
  if (obstacle !== undefined) return reportFailure(obstacle);
  const { machine } = filesOfHost();
  const policy = policyBeforeAsking(machine);
  if (!policy.ok) return reportFailure(policy.failure);
  const narrowed = await readSessionPolicy(options);
  if (!narrowed.ok) return reportFailure(narrowed.failure);
  const policyFor = narrowed.value;
  const read = await samlOnStdin(manner.program, 'saml');
  if (!read.ok) return reportFailure(read.failure);
  const { assertion, response } = read.value;
  const template = options.profile ?? (options.allRoles ? '{account}-{role}' : defaultProfile);
  const roles = rolesToTake(assertion, options, namesProvider(template), manner);
  if (!roles.ok) {
    await reportFailure(roles.failure);
    if (aboutChoice.has(roles.failure.code)) tell(roleList(assertion.roles));
    return;
  }
  const unfit = refusedFor(
    policyFor,
    roles.value.map(({ roleArn }) => roleArn),
  );
  if (unfit !== undefined) return reportFailure(unfit);
  const wanted = roles.value.map((role) => ({ role, profile: profileOf(template, role) }));
  const twice = wanted.find(
    ({ profile }, index) => wanted.findIndex((each) => each.profile === profile) < index,
  );
  if (twice !== undefined) {
    const { profile } = twice;
    const same = wanted.filter((each) => each.profile === profile).map(({ role }) => role.roleArn);
    return reportFailure(failure('profiles-same-name', { profile, roles: same.join(', ') }));
  }
  const unwritable =
    options.exec === undefined
      ? await writeObstacle(
          filesOfHost(),
          wanted.map(({ profile }) => profile),
        )
      : undefined;
  if (unwritable !== undefined) return reportFailure(unwritable);

  const most = policy.value.maxSessionDuration;
  tellOfLimit(options, most);
  const sessionDuration = allowedDuration(options.duration ?? assertion.sessionDuration, most);
  const danger = await whyNotAskSts(options);
  if (danger !== undefined) return reportFailure(danger);
  const agents = await httpsAgentMaker(process.env);
  if (!agents.ok) return reportFailure(agents.failure);
  const retryUntil = Date.now() + patience;
  const ask = async ({ role, profile }: (typeof wanted)[number]): Promise<Result<Delivery>> => {
    const source = { issuer: assertion.issuer, providerArn: role.providerArn };
    const goes = { arn: role.roleArn, source, ...(options.exec === undefined && { profile }) };
    const wished = policyFor(role.roleArn);
    const narrowed = await narrowedBeforeAsking(policy.value, machine, 'cli', goes, wished);
    if (!narrowed.ok) return narrowed;
    const { region, stsRegion } = regionsFor(role.roleArn, options, manner);
    const sessionPolicy = narrowed.value;
    const given = await exchange({
      response,
      role,
      region: stsRegion,
      retryUntil,
      fips: policy.value.fips === true,
      sessionPolicy,
      newHttpsAgent: agents.value,
      ...(sessionDuration === undefined ? {} : { sessionDuration }),
    });
    return given.ok
      ? ok({ roleArn: role.roleArn, profile, region, source, exchanged: given.value, sessionPolicy })
      : given;
  };
  const outcomes = await sideBySide(wanted, ask, atOnce);
  const refused = outcomes.flatMap((outcome, index) =>
    outcome.ok ? [] : [{ failure: outcome.failure, role: wanted[index]?.role.roleArn }],
  );
  if (refused.length > 0) {
    // A login that goes well needs none of these words.
    const { reportRefusals } = await import('../sts/report-refusals.ts');
    await reportRefusals(refused, { ...options, report: options.report === true });
  }
  const deliveries = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
  const [only] = deliveries;
  if (only === undefined) return;
  if (options.exec !== undefined) return runWith(only, options.exec, options.region);
  await writeDeliveries(deliveries, options, manner);
}

const aboutChoice: ReadonlySet<string> = new Set([
  'role-choice-needed',
  'role-not-in-assertion',
  'provider-not-in-assertion',
]);
