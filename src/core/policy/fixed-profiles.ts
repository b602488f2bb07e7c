import * as v from 'valibot';
import { parseRoleArn } from '../aws/role.ts';
import { accountIdSchema } from '../profile/account-names.ts';
import { profileNameFailure } from '../profile/profile-name.ts';
import { accountPart, fillTemplate, nameOfFilled, partsOf } from '../profile/profile-template.ts';

const isProfileName = (name: string) => profileNameFailure(name) === undefined;

const login = {
  issuer: v.string(),
  /** Only logins with exactly this session name go there; without it, the first name written is kept. */
  sessionName: v.exactOptional(v.string()),
};

const oneSchema = v.strictObject({
  ...login,
  providerArn: v.string(),
  roleArn: v.string(),
  profile: v.pipe(v.string(), v.check(isProfileName)),
});

/** A role of the same name in several accounts, for profiles named by a template. */
const patternSchema = v.strictObject({
  ...login,
  accounts: v.pipe(
    v.array(accountIdSchema),
    v.minLength(1),
    v.maxLength(1000),
    v.check((ids) => new Set(ids).size === ids.length),
  ),
  /** With its path, as in `team/Developer`. */
  roleName: v.pipe(
    v.string(),
    v.check((name) => parseRoleArn(`arn:aws:iam::111122223333:role/${name}`)?.pathAndName === name),
  ),
  providerName: v.pipe(v.string(), v.regex(/^[\w.-]{1,128}$/)),
  /** `aws` unless given. */
  partition: v.exactOptional(v.pipe(v.string(), v.regex(/^aws(-[a-z]+)*$/))),
  profile: v.string(),
});

/** A fixed profile as the administrator writes it. */
export const writtenProfileSchema = v.lazy((input) =>
  typeof input === 'object' && input !== null && 'roleName' in input ? patternSchema : oneSchema,
);

type Pattern = v.InferOutput<typeof patternSchema>;

/** A login that goes to a profile without the user's act, and that the user cannot change. */
export type FixedProfile = v.InferOutput<typeof oneSchema>;

/**
 * Fixed profiles one by one: a pattern stands for a profile in each of its accounts, except for a role that has an
 * entry of its own. `accountNames` are for `{accountName}`, by number. Names the entry whose profile names are
 * invalid, or the same for several roles.
 */
export function eachProfile(
  written: readonly v.InferOutput<typeof writtenProfileSchema>[],
  accountNames: ReadonlyMap<string, string>,
): { profiles: FixedProfile[] } | { where: string } {
  const profiles = written.filter((one) => 'roleArn' in one);
  const single = new Set(profiles.map(roleKey));
  for (const [index, pattern] of written.entries()) {
    if (!('roleName' in pattern)) continue;
    const taken = new Set(profiles.map(({ profile }) => profile));
    const made = profilesOf(pattern, accountNames).filter((one) => !single.has(roleKey(one)));
    const names = new Set(made.map(({ profile }) => profile));
    const isSound =
      names.size === made.length && [...names].every((name) => isProfileName(name) && !taken.has(name));
    if (!isSound) return { where: `profiles.${index}.profile` };
    profiles.push(...made);
  }
  return { profiles };
}

const roleKey = ({ issuer, providerArn, roleArn }: FixedProfile) =>
  JSON.stringify([issuer, providerArn, roleArn]);

function profilesOf(pattern: Pattern, accountNames: ReadonlyMap<string, string>): FixedProfile[] {
  const { accounts, roleName, providerName, partition = 'aws', profile: template, ...rest } = pattern;
  return accounts.map((account) => {
    const role = {
      providerArn: `arn:${partition}:iam::${account}:saml-provider/${providerName}`,
      roleArn: `arn:${partition}:iam::${account}:role/${roleName}`,
    };
    const filled = fillTemplate(template, {
      ...partsOf(role),
      accountName: accountPart(accountNames.get(account), account),
    });
    // A placeholder that is none would give all its profiles a strange name.
    return { ...rest, ...role, profile: /[{}]/.test(filled) ? '' : nameOfFilled(filled) };
  });
}
