import { otherPartitionFailure, partitionFailure } from '../../core/aws/partition.ts';
import { parseRoleArn, providerName } from '../../core/aws/role.ts';
import { containerNumber } from '../../core/container-number.ts';
import { type Failure, failure } from '../../core/failure.ts';
import type { Reason } from '../../core/failure-reasons.ts';
import { forbiddenRole, type Policy } from '../../core/policy/policy.ts';
import { type BindingKey, isBoundBy } from '../../core/profile/binding.ts';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import type { Result } from '../../core/result.ts';
import type { Chain } from '../state/chains.ts';
import type { DeliveryOrder } from '../state/login.ts';
import { type Binding, isOfName } from './bindings.ts';

/** What accounts and issuers are called on the pages, for texts that the background makes. */
export interface Names {
  /** The account's name with its number, or the number alone. */
  account: (accountId: string) => string;
  issuer: (issuer: string) => string;
}

/** What decides who may have which profile, and the names for refusals. */
export interface Rules {
  policy: Result<Policy>;
  bindings: readonly Binding[];
  chains: readonly Chain[];
  names: Names;
}

/** A login as bindings know it, with the session name that STS confirmed, if it has. */
type Comer = BindingKey & Pick<Binding, 'sessionName'>;

/**
 * Why a login may not have a profile: the name is invalid, the policy forbids it, the profile belongs to another login,
 * or the login to another person.
 */
export function bindingRefusal(
  key: Comer,
  { profile, takeOver, newName }: DeliveryOrder,
  rules: Rules,
): Failure | undefined {
  return (
    profileNameFailure(profile) ??
    policyRefusal(key, profile, rules.policy) ??
    (takeOver ? undefined : takenRefusal(key, profile, rules)) ??
    (newName ? undefined : nameRefusal(key, rules.bindings))
  );
}

function takenRefusal(key: Comer, profile: string, { bindings, chains, names }: Rules): Failure | undefined {
  const other = bindings.find((binding) => binding.profile === profile && !isBoundBy(binding, key));
  const chain = chains.find((one) => one.profile === profile);
  const boundTo = other ? describeKey(other, names) : chain && describeChain(chain, names);
  if (boundTo === undefined) return undefined;
  const newIssuer = !bindings.some(({ issuer }) => issuer === key.issuer);
  return failure('profile-bound-elsewhere', { profile, boundTo, given: describeKey(key, names), newIssuer });
}

/** The two names, if the role's profile is another person's, whichever profile was asked for. */
function otherName(key: Comer, bindings: readonly Binding[]) {
  const other = bindings.find((binding) => isBoundBy(binding, key) && !isOfName(binding, key.sessionName));
  if (other === undefined) return undefined;
  // Stryker disable StringLiteral: names that differ are both known
  const { profile, sessionName: known = '' } = other;
  return { profile, known, given: key.sessionName ?? '' };
}

// Stryker restore StringLiteral

function nameRefusal(key: Comer, bindings: readonly Binding[]): Failure | undefined {
  const names = otherName(key, bindings);
  return names && failure('session-name-changed', names);
}

function policyRefusal(key: Comer, profile: string, policy: Result<Policy>): Failure | undefined {
  if (!policy.ok) return policy.failure;
  const forbidden = writeForbidden(policy.value, key.issuer, key.roleArn);
  if (forbidden !== undefined) return forbidden;
  const fixed = policy.value.profiles?.find((other) => isBoundBy(other, key) !== (other.profile === profile));
  if (fixed !== undefined) return failure('policy-fixed-profile', { profile: fixed.profile });
  // Stryker disable next-line ArrayDeclaration: what is no profile has no name
  const names = otherName(key, policy.value.profiles ?? []);
  return names && failure('policy-session-name', names);
}

/** Why the policy forbids credentials of a role in a file; `undefined` if it does not. */
export const writeForbidden = (policy: Policy, issuer: string, roleArn: string): Failure | undefined =>
  policy.forbidProfiles ? failure('policy-no-profiles') : forbiddenRole(policy, issuer, { roleArn });

/**
 * Why a second role may not be assumed and written. The policy applies as to any role, a login must be bound to the
 * source, both must be in the same partition, and the profile must be free.
 */
export function chainRefusal(
  { source, roleArn, profile }: Chain,
  { policy, bindings, names }: Rules,
): Failure | undefined {
  if (parseRoleArn(roleArn) === undefined) return failure('role-arn-invalid');
  const wrong = partitionFailure(roleArn) ?? profileNameFailure(profile);
  if (wrong !== undefined) return wrong;
  if (!policy.ok) return policy.failure;
  const binding = bindings.find((other) => other.profile === source);
  if (binding === undefined) return failure('chain-source-unbound', { profile: source });
  const refusal =
    otherPartitionFailure(roleArn, binding.roleArn) ?? writeForbidden(policy.value, binding.issuer, roleArn);
  if (refusal !== undefined) return refusal;
  const holder = bindings.find((other) => other.profile === profile);
  if (holder === undefined) return undefined;
  const given = describeChain({ source, roleArn, profile }, names);
  return failure('profile-bound-elsewhere', { profile, boundTo: describeKey(holder, names), given });
}

/** A login as failures name it, in the user's own names. */
export function describeKey(key: BindingKey, names: Names): Reason<'holder'> {
  const { roleArn, providerArn, sessionPolicy, issuer, container } = key;
  const number = containerNumber(container);
  // Stryker disable next-line StringLiteral: bindings are of providers
  const provider = providerName(providerArn) ?? '';
  const login = { ...describeRole(roleArn, names), provider, issuer: names.issuer(issuer) };
  const is = sessionPolicy === undefined ? 'login' : 'lesser-login';
  return number === undefined
    ? { is, ...login }
    : { is: `${is}-in-container`, ...login, container: Number(number) };
}

const describeChain = ({ source, roleArn }: Chain, names: Names): Reason<'holder'> => ({
  is: 'chain',
  ...describeRole(roleArn, names),
  source,
});

function describeRole(roleArn: string, names: Names) {
  const role = parseRoleArn(roleArn);
  // Stryker disable next-line OptionalChaining,StringLiteral: bindings and chains are of roles
  return { account: names.account(role?.accountId ?? ''), role: role?.name ?? '' };
}
