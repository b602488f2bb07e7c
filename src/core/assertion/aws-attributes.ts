import { parseRoleValue, type Role } from '../aws/role.ts';
import type { Assertion } from './assertion.ts';

const prefix = 'https://aws.amazon.com/SAML/Attributes/';
const tagPrefix = 'PrincipalTag:';

/** AWS's attributes of an assertion. */
export class AwsAttributes {
  /** By name, without AWS's prefix. */
  private readonly values = new Map<string, string[]>();

  /** Where the values of the attribute `name` go; `undefined` if it is none of AWS's. */
  valuesOf(name: string): string[] | undefined {
    if (!name.startsWith(prefix)) return undefined;
    const own = name.slice(prefix.length);
    const values = this.values.get(own) ?? [];
    this.values.set(own, values);
    return values;
  }

  /** What they say. */
  read(): Pick<
    Assertion,
    | 'roles'
    | 'unreadRoles'
    | 'sessionName'
    | 'sessionDuration'
    | 'sourceIdentity'
    | 'principalTags'
    | 'transitiveTagKeys'
  > {
    const sessionName = this.first('RoleSessionName');
    const sourceIdentity = this.first('SourceIdentity');
    const duration = this.first('SessionDuration');
    return {
      ...rolesOf(this.values.get('Role') ?? []),
      principalTags: this.principalTags(),
      transitiveTagKeys: this.values.get('TransitiveTagKeys') ?? [],
      ...(sessionName && { sessionName }),
      ...(sourceIdentity && { sourceIdentity }),
      ...(duration && /^\d{1,9}$/.test(duration) && { sessionDuration: Number(duration) }),
    };
  }

  private first(name: string): string | undefined {
    return this.values.get(name)?.[0];
  }

  private principalTags(): Record<string, string> {
    const tags: [string, string][] = [];
    for (const [name, [value]] of this.values) {
      if (name.startsWith(tagPrefix) && value !== undefined) tags.push([name.slice(tagPrefix.length), value]);
    }
    return Object.fromEntries(tags);
  }
}

function rolesOf(values: string[]): Pick<Assertion, 'roles' | 'unreadRoles'> {
  const roles: Role[] = [];
  let unreadRoles = 0;
  const known = new Set<string>();
  for (const value of values) {
    const role = parseRoleValue(value);
    if (role === undefined) unreadRoles += 1;
    else if (known.size < known.add(`${role.roleArn} ${role.providerArn}`).size) roles.push(role);
  }
  return { roles, unreadRoles };
}
