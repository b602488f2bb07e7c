import type { Assertion } from '../../core/assertion/assertion.ts';
import { parseRoleArn, providerName, type Role } from '../../core/aws/role.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { chooseRole } from '../terminal/choose-role.ts';
import type { Manner } from './manner.ts';

/** Which roles of an assertion the command line names. */
interface Choice {
  roleArn?: string;
  providerArn?: string;
  allRoles?: boolean;
}

/** If several providers offer a role, only the first pair counts, or with `perProvider` each. */
export function rolesToTake(
  assertion: Assertion,
  options: Choice,
  perProvider: boolean,
  manner: Manner,
): Result<Role[]> {
  const { roleArn, providerArn, allRoles } = options;
  if (assertion.encrypted) return onlyAwsCanRead(roleArn, providerArn);
  const { roles } = assertion;
  if (roles.length === 0) return failed(failure('assertion-no-roles'));
  const named = roles.filter((role) => [undefined, role.roleArn].includes(roleArn));
  if (roleArn !== undefined && named.length === 0)
    return failed(failure('role-not-in-assertion', { roleArn }));
  const wanted = named.filter((role) => [undefined, role.providerArn].includes(providerArn));
  const [first] = wanted;
  if (first === undefined) return failed(otherProvider(named, roleArn, providerArn));
  if (roleArn !== undefined) return ok([first]);
  if (allRoles) return ok(perProvider ? wanted : wanted.filter(isFirstOfRole));
  if (wanted.length === 1) return ok(wanted);
  const chosen = chooseRole(wanted);
  return chosen === undefined
    ? failed(failure('role-choice-needed', { count: wanted.length, ...manner.roleChoice }))
    : ok([chosen]);
}

const isFirstOfRole = ({ roleArn }: Role, index: number, all: readonly Role[]) =>
  all.findIndex((other) => other.roleArn === roleArn) === index;

function otherProvider(roles: readonly Role[], roleArn: string | undefined, providerArn = ''): Failure {
  const offered = [...new Set(roles.map((role) => role.providerArn))].join(', ');
  return failure('provider-not-in-assertion', {
    offered,
    providerArn,
    ...(roleArn !== undefined && { roleArn }),
  });
}

function onlyAwsCanRead(roleArn: string | undefined, providerArn: string | undefined): Result<Role[]> {
  if (roleArn === undefined || providerArn === undefined) return failed(failure('assertion-encrypted'));
  const isRole = parseRoleArn(roleArn) !== undefined && providerName(providerArn) !== undefined;
  return isRole ? ok([{ roleArn, providerArn }]) : failed(failure('role-arn-invalid'));
}
