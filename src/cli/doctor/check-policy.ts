import type { Policy } from '../../core/policy/policy.ts';
import { duration } from '../../core/words/time-left.ts';
import { auditObstacle } from '../../machine-policy/audit.ts';
import { type Machine, readMachinePolicy, thisMachine } from '../../machine-policy/read-policy.ts';
import { timeWords } from '../terminal/time-words.ts';
import { type Finding, fine, ofFailure, warning } from './finding.ts';

/** What the machine's policy fixes, in plain words, or what is wrong with it. */
export function checkPolicy(machine: Machine = thisMachine()): Finding[] {
  const read = readMachinePolicy(machine);
  if (!read.ok) return [ofFailure('policy', read.failure)];
  const { policyFile: file } = machine;
  if (read.value === undefined) return [fine('policy', `this machine has no policy (${file})`)];
  const rules = rulesOf(read.value);
  const obstacle = auditObstacle(read.value, machine);
  const unheeded = Object.keys(read.value).filter((name) => inBrowsersOnly.has(name));
  return [
    fine('policy', `this machine has a policy, ${file}${rules.length > 0 ? '' : ', but it sets nothing'}`),
    ...rules.map((rule) => fine('policy', `policy: ${rule}`)),
    ...(read.value.allowedIssuers !== undefined && read.value.allowedAccounts === undefined
      ? [
          warning(
            'policy',
            `allowedIssuers in ${file} stands alone, and an assertion names its issuer itself`,
            'set allowedAccounts beside it',
          ),
        ]
      : []),
    ...(obstacle.ok ? [] : [ofFailure('policy', obstacle.failure)]),
    ...(unheeded.length > 0
      ? [
          warning(
            'policy',
            `${unheeded.join(', ')} in ${file} has no effect here: host and command line ignore it`,
            "set it in the browsers' policy, which the extension reads",
          ),
        ]
      : []),
  ];
}

/** What only the extension has a use for. */
const inBrowsersOnly: ReadonlySet<string> = new Set<keyof Policy>([
  'profileNameTemplate',
  'accounts',
  'region',
  'keepFresh',
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
      ({ profile, roleArn }) => `the profile ${profile} is only for ${roleArn}, and that role only for it`,
    ),
    ...(policy.forbidProfiles ? ['no credentials in files'] : []),
    ...(policy.fips ? ['saml and user use only FIPS endpoints of AWS'] : []),
    ...(maxSessionDuration === undefined
      ? []
      : [`sessions of ${duration(maxSessionDuration, timeWords)} at most`]),
    ...demandsOf(policy),
    ...(audit?.file === undefined ? [] : [`each written profile is logged in ${audit.file}`]),
    ...(audit?.system ? ["each written profile is logged in the system's log"] : []),
  ];
}

const demandsOf = ({ sessionPolicies = [] }: Policy): string[] =>
  sessionPolicies.map(({ accounts, partition, roleName, policyArns = [], policy }) => {
    const roles = [
      roleName ?? 'all roles',
      accounts && `in ${accounts.join(', ')}`,
      partition && `of ${partition}`,
    ];
    const most = [...policyArns, ...(policy === undefined ? [] : ['a policy as JSON'])];
    return `${roles.filter(Boolean).join(' ')} only with the session policy ${most.join(', ')}`;
  });
