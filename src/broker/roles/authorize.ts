import type { Config, RoleConfig, Rule } from '../config/schema.ts';
import type { Verified } from '../issuers/verify-token.ts';

/** A role of the configuration, by its name there. */
export interface NamedRole {
  name: string;
  role: RoleConfig;
}

/** The role `name`, if there is one and whoever has the token may have it. */
export function allowedRole(name: string, verified: Verified, { roles }: Config): NamedRole | undefined {
  const role = Object.hasOwn(roles, name) ? roles[name] : undefined;
  return role?.allow.some((rule) => fits(rule, verified)) ? { name, role } : undefined;
}

/** All roles that whoever has the token may have, by name. */
export const allowedRoles = (verified: Verified, config: Config): NamedRole[] =>
  Object.keys(config.roles)
    .sort()
    .flatMap((name) => allowedRole(name, verified, config) ?? []);

const fits = ({ issuer, claims }: Rule, verified: Verified): boolean =>
  issuer === verified.issuer.name &&
  Object.entries(claims).every(([name, wanted]) => {
    const given = Object.hasOwn(verified.claims, name) ? verified.claims[name] : undefined;
    return [given].flat().some((value) => ([wanted].flat() as unknown[]).includes(value));
  });
