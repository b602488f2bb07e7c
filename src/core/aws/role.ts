import { isSamePolicy, type SessionPolicy } from './session-policy.ts';

/**
 * A role that an assertion offers, with the SAML provider that offers it. With a session policy it is a lesser role:
 * the same one, asked for with fewer rights, and with a profile of its own.
 */
export interface Role {
  roleArn: string;
  providerArn: string;
  sessionPolicy?: SessionPolicy;
}

/** The parts of a role's ARN that people know. */
export interface RoleArn {
  partition: string;
  accountId: string;
  /** Path and name, as in `team/Admin`. */
  pathAndName: string;
  /** Only the name, as in `Admin`. */
  name: string;
}

const arn = 'arn:aws(?:-[a-z]+)*:iam::\\d{1,12}';
// IAM API reference, CreateRole: RoleName `[\w+=,.@-]+`, Path `(\u002F)|(\u002F[\u0021-\u007E]+\u002F)`. A colon in
// an apparent path starts another ARN.
const role = `${arn}:role/(?:[\\x21-\\x39\\x3b-\\x7e]+/)?[\\w+=,.@-]+`;
// IAM API reference, CreateSAMLProvider: Name `[\w._-]+`.
const provider = `${arn}:saml-provider/[\\w.-]+`;

const roleAlone = new RegExp(`^${role}$`);
const providerAlone = new RegExp(`^${provider}$`);
// Ignores a trailing comma, which Google Workspace mappings are known for.
const roleFirst = new RegExp(`^(${role})\\s*,\\s*(${provider})\\s*,?$`);
const providerFirst = new RegExp(`^(${provider})\\s*,\\s*(${role})$`);

/** The parts of a role's ARN; `undefined` if it is not one. */
export function parseRoleArn(arn: string): RoleArn | undefined {
  if (!roleAlone.test(arn)) return undefined;
  // Stryker disable next-line StringLiteral: an ARN that matches has all its parts
  const [, partition = '', , , accountId = ''] = arn.split(':');
  const pathAndName = arn.slice(arn.indexOf('/') + 1);
  return { partition, accountId, pathAndName, name: arn.slice(arn.lastIndexOf('/') + 1) };
}

/** A SAML provider's name, the last part of its ARN; `undefined` if it is not one. */
export const providerName = (arn: string): string | undefined =>
  providerAlone.test(arn) ? arn.slice(arn.indexOf('/') + 1) : undefined;

/**
 * Reads a value of the Role attribute: a role's and a provider's ARN in either order, separated by a comma. Roles'
 * names and paths may contain commas, providers' names may not, so the provider ends at the first comma or starts
 * after the last.
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
 * The session name in an assumed role's ARN, as in `arn:aws:sts::…:assumed-role/Admin/jo@example.com`: AWS's audit
 * log shows it for everything the session does.
 */
export const sessionNameOf = (principalArn: string): string =>
  principalArn.slice(principalArn.lastIndexOf('/') + 1);

/** Whether `principalArn` is a session of this role. */
export function isSessionOf(principalArn: string, roleArn: string): boolean {
  const role = parseRoleArn(roleArn);
  if (role === undefined) return false;
  return principalArn.startsWith(`arn:${role.partition}:sts::${role.accountId}:assumed-role/${role.name}/`);
}

/** Whether both are of one role and provider, with whatever rights. */
export const sameOffer = (a: Role, b: Role): boolean =>
  a.roleArn === b.roleArn && a.providerArn === b.providerArn;

/** Whether both are the same role with the same rights. */
export const sameRole = (a: Role, b: Role): boolean =>
  sameOffer(a, b) && isSamePolicy(a.sessionPolicy, b.sessionPolicy);

/** Only what makes a role, of anything that has more. */
export const plainRole = ({ roleArn, providerArn, sessionPolicy }: Role): Role => ({
  roleArn,
  providerArn,
  ...(sessionPolicy && { sessionPolicy }),
});
