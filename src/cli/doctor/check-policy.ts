import type { Policy } from '../../core/policy/policy.ts';
import { duration } from '../../core/words/time-left.ts';
import { auditObstacle } from '../../machine-policy/audit.ts';
import { type Machine, readMachinePolicy, thisMachine } from '../../machine-policy/read-policy.ts';
import { timeWords } from '../terminal/time-words.ts';
import { type Finding, fine, ofFailure, warning } from './finding.ts';

/** What the policy of the machine fixes, in plain words, or what is wrong with it. */
export function checkPolicy(machine: Machine = thisMachine()): Finding[] {
  const read = readMachinePolicy(machine);
  if (!read.ok) return [ofFailure('policy', read.failure)];
  const { policyFile: file } = machine;
  if (read.value === undefined) return [fine('policy', `this machine has no policy (${file})`)];
  const rules = rulesOf(read.value);
  const obstacle = auditObstacle(read.value, machine);
  const unheeded = Object.keys(read.value).filter((name) => inBrowsersOnly.has(name));
  return [
    fine('policy', `this machine has a policy, ${file}${rules.length > 0 ? '' : ', which fixes nothing'}`),
    ...rules.map((rule) => fine('policy', `policy: ${rule}`)),
    ...(obstacle.ok ? [] : [ofFailure('policy', obstacle.failure)]),
    ...(unheeded.length > 0
      ? [
          warning(
            'policy',
            `${unheeded.join(', ')} in ${file} changes nothing: host and command line do nothing with it`,
            'set it in the policy of the browsers, which the extension reads',
          ),
        ]
      : []),
  ];
}

/** What only the extension has a use for. */
const inBrowsersOnly: ReadonlySet<string> = new Set<keyof Policy>([
  'profileNameTemplate',
  'signInLinks',
  'copyButton',
  'forbidImports',
]);

function rulesOf(policy: Policy): string[] {
  const {
    allowedAccounts,
    allowedIssuers,
    allowedPartitions,
    profiles = [],
    maxSessionDuration,
    audit,
  } = policy;
  const only = (what: string, allowed: string[] | undefined) =>
    allowed === undefined
      ? []
      : [allowed.length > 0 ? `only the ${what} ${allowed.join(', ')}` : `no ${what}`];
  return [
    ...only('accounts', allowedAccounts),
    ...only('identity providers', allowedIssuers),
    ...only('partitions', allowedPartitions),
    ...profiles.map(
      ({ profile, roleArn }) => `the profile ${profile} is for ${roleArn} alone, and that for it`,
    ),
    ...(policy.forbidProfiles ? ['no credentials in files'] : []),
    ...(policy.fips ? ['saml and user ask AWS at its FIPS endpoints alone'] : []),
    ...(maxSessionDuration === undefined
      ? []
      : [`sessions of ${duration(maxSessionDuration, timeWords)} at most`]),
    ...(audit?.file === undefined ? [] : [`a line for each profile that is written goes to ${audit.file}`]),
    ...(audit?.system ? ["a line for each profile that is written goes to the system's log"] : []),
  ];
}
