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

const arn = 'arn:aws(?:-[a-z]+)*:iam::\\d{1,12}';
// IAM API reference, CreateRole: RoleName `[\w+=,.@-]+`, Path `(\u002F)|(\u002F[\u0021-\u007E]+\u002F)`. A colon in what
// looks like a path is the beginning of another ARN.
const role = `${arn}:role/(?:[\\x21-\\x39\\x3b-\\x7e]+/)?[\\w+=,.@-]+`;
// IAM API reference, CreateSAMLProvider: Name `[\w._-]+`.
const provider = `${arn}:saml-provider/[\\w.-]+`;

const roleAlone = new RegExp(`^${role}$`);
const providerAlone = new RegExp(`^${provider}$`);
// A comma behind it all, which Google Workspace mappings are known for, is passed over.
const roleFirst = new RegExp(`^(${role})\\s*,\\s*(${provider})\\s*,?$`);
const providerFirst = new RegExp(`^(${provider})\\s*,\\s*(${role})$`);

/** Takes a role's ARN apart; `undefined` when it is none. */
export function parseRoleArn(arn: string): RoleArn | undefined {
  if (!roleAlone.test(arn)) return undefined;
  // Stryker disable next-line StringLiteral: an ARN that matches has all its parts
  const [, partition = '', , , accountId = ''] = arn.split(':');
  const pathAndName = arn.slice(arn.indexOf('/') + 1);
  return { partition, accountId, pathAndName, name: arn.slice(arn.lastIndexOf('/') + 1) };
}

/** The name of a SAML provider, the last part of its ARN; `undefined` when it is no provider's ARN. */
export const providerName = (arn: string): string | undefined =>
  providerAlone.test(arn) ? arn.slice(arn.indexOf('/') + 1) : undefined;

/**
 * Reads one value of the Role attribute: a role's and a provider's ARN in either order, joined by a comma.
 * A comma is legal inside a role's name and path but not in a provider's, so the provider ends at the
 * first comma or begins after the last.
 */
export function parseRoleValue(value: string): Role | undefined {
  const text = value.trim();
  // Stryker disable ArrayDeclaration,LogicalOperator: what matches has both parts, what does not has neither
  const [, first, second] = roleFirst.exec(text) ?? [];
  if (first && second) return { roleArn: first, providerArn: second };
  const [, providerArn, roleArn] = providerFirst.exec(text) ?? [];
  return roleArn && providerArn ? { roleArn, providerArn } : undefined;
  // Stryker restore ArrayDeclaration,LogicalOperator
}

/**
 * The session name in the ARN of an assumed role, as in `arn:aws:sts::…:assumed-role/Admin/jo@example.com`: what AWS
 * writes in its audit log for all that the session does.
 */
export const sessionNameOf = (principalArn: string): string =>
  principalArn.slice(principalArn.lastIndexOf('/') + 1);

/** Whether `principalArn` is of a session of this role. */
export function isSessionOf(principalArn: string, roleArn: string): boolean {
  const role = parseRoleArn(roleArn);
  if (role === undefined) return false;
  return principalArn.startsWith(`arn:${role.partition}:sts::${role.accountId}:assumed-role/${role.name}/`);
}

export const sameRole = (a: Role, b: Role): boolean =>
  a.roleArn === b.roleArn && a.providerArn === b.providerArn;
