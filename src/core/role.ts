/** A role that an assertion offers, with the SAML provider through which it is offered. */
export interface Role {
  roleArn: string;
  providerArn: string;
}

/** The parts of a role's ARN that people know it by. */
export interface RoleArn {
  partition: string;
  accountId: string;
  /** Path and name, as in `team/Admin`. */
  pathAndName: string;
  /** The name alone, as in `Admin`. */
  name: string;
}

const partitionAndAccount = 'arn:(aws(?:-[a-z]+)*):iam::(\\d{1,12})';
// IAM API reference, CreateRole: RoleName `[\w+=,.@-]+`, Path `(\u002F)|(\u002F[\u0021-\u007E]+\u002F)`.
const roleArn = new RegExp(`^${partitionAndAccount}:role/((?:[\\x21-\\x7e]+/)?([\\w+=,.@-]+))$`);
// IAM API reference, CreateSAMLProvider: Name `[\w._-]+`.
const providerArn = new RegExp(`^${partitionAndAccount}:saml-provider/([\\w.-]+)$`);

/** Takes a role's ARN apart; `undefined` when it is none. */
export function parseRoleArn(arn: string): RoleArn | undefined {
  const [, partition, accountId, pathAndName, name] = roleArn.exec(arn) ?? [];
  if (!partition || !accountId || !pathAndName || !name) return undefined;
  return { partition, accountId, pathAndName, name };
}

/** The name of a SAML provider, the last part of its ARN; `undefined` when it is no provider's ARN. */
export const providerName = (arn: string): string | undefined => providerArn.exec(arn)?.[3];

/**
 * Reads one value of the Role attribute: a role's and a provider's ARN in either order, joined by a comma.
 * A comma is legal inside a role's name and path but not in a provider's, so the provider ends at the
 * first comma or begins after the last. A comma behind it all, which Google Workspace mappings are known
 * for, is passed over.
 */
export function parseRoleValue(value: string): Role | undefined {
  const text = value.trim();
  const unended = text.endsWith(',') ? text.slice(0, -1) : text;
  const last = unended.lastIndexOf(',');
  const first = text.indexOf(',');
  return (
    roleOf(unended.slice(0, Math.max(last, 0)), unended.slice(last + 1)) ??
    roleOf(text.slice(first + 1), text.slice(0, Math.max(first, 0)))
  );
}

function roleOf(roleText: string, providerText: string): Role | undefined {
  const role = { roleArn: roleText.trim(), providerArn: providerText.trim() };
  return roleArn.test(role.roleArn) && providerArn.test(role.providerArn) ? role : undefined;
}

export const sameRole = (a: Role, b: Role): boolean =>
  a.roleArn === b.roleArn && a.providerArn === b.providerArn;
