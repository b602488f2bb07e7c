import * as v from 'valibot';
import { isRegion } from '../aws/region.ts';
import { parseRoleArn, type Role } from '../aws/role.ts';
import { type Failure, failure } from '../failure.ts';
import type { Reason } from '../failure-reasons.ts';
import { accountColours, accountIdSchema, foundNameSchema } from '../profile/account-names.ts';
import { failed, ok, type Result } from '../result.ts';
import { demandSchema } from './demanded-policy.ts';
import { eachProfile, type FixedProfile, writtenProfileSchema } from './fixed-profiles.ts';

/**
 * What an administrator may fix, in the browser's policies (`storage.managed`) or the machine's policy file.
 * managed-schema.json describes the same shape for Chromium, docs/administrators.md for people.
 */
const policySchema = v.strictObject({
  allowedAccounts: v.exactOptional(v.array(accountIdSchema)),
  allowedIssuers: v.exactOptional(v.array(v.string())),
  allowedPartitions: v.exactOptional(v.array(v.pipe(v.string(), v.regex(/^aws(-[a-z]+)*$/)))),
  /** Bindings that exist without the user's act, and that the user cannot change. */
  profiles: v.exactOptional(v.array(writtenProfileSchema)),
  /**
   * How profile names are suggested: `{account}`, `{accountName}`, `{role}`, `{provider}` and `{partition}` are
   * filled in.
   */
  profileNameTemplate: v.exactOptional(v.string()),
  /** Names and colours of accounts; where one is missing, the user chooses it. */
  accounts: v.exactOptional(
    v.pipe(
      v.array(
        v.strictObject({
          accountId: accountIdSchema,
          name: v.exactOptional(foundNameSchema),
          colour: v.exactOptional(v.picklist(accountColours)),
        }),
      ),
      v.check((accounts) => new Set(accounts.map(({ accountId }) => accountId)).size === accounts.length),
    ),
  ),
  /** The region for the user's setting of that name. */
  region: v.exactOptional(v.pipe(v.string(), v.check(isRegion))),
  /** Whether credentials are renewed while someone is at the machine. */
  keepFresh: v.exactOptional(v.boolean()),
  signInLinks: v.exactOptional(
    v.array(
      v.strictObject({
        title: v.string(),
        /** Logins of this issuer are renewed through the link. */
        issuer: v.exactOptional(v.string()),
        url: v.pipe(v.string(), v.url(), v.regex(/^https:/)),
      }),
    ),
  ),
  /** No credentials in files: they can only be copied. */
  forbidProfiles: v.exactOptional(v.boolean()),
  /** The longest session to ask for; seconds. */
  maxSessionDuration: v.exactOptional(v.pipe(v.number(), v.minValue(900), v.maxValue(43_200))),
  /** Session policies that roles are asked for with at least; the first entry that fits a role counts. */
  sessionPolicies: v.exactOptional(v.array(demandSchema)),
  copyButton: v.exactOptional(v.boolean()),
  /** Settings files cannot be imported. */
  forbidImports: v.exactOptional(v.boolean()),
  /** STS is asked only at its FIPS endpoints. */
  fips: v.exactOptional(v.boolean()),
  /**
   * Where host and CLI write a line of JSON for each decision. Only the machine's policy file counts: the extension
   * accepts the entry, since both policies have the same entries, and ignores it.
   */
  audit: v.exactOptional(
    v.strictObject({
      file: v.exactOptional(v.pipe(v.string(), v.regex(/^(\/|[A-Za-z]:[\\/])./))),
      /** The system's own log. */
      system: v.exactOptional(v.boolean()),
    }),
  ),
  /**
   * Entries that must have arrived. Chromium drops what doesn't match managed-schema.json before the extension sees
   * it, so without this a misspelt entry would go unnoticed.
   */
  required: v.exactOptional(v.array(v.string())),
});

type Written = v.InferOutput<typeof policySchema>;

/** A policy as it is obeyed: with each fixed profile by itself. */
export type Policy = Omit<Written, 'profiles'> & { profiles?: FixedProfile[] };

/**
 * Reads a policy as delivered by the browser or the machine. Failure: `policy-invalid`; then nothing may be done,
 * since what the administrator wanted to forbid is unknown.
 */
export function parsePolicy(value: unknown): Result<Policy> {
  const checked = checkPolicy(value);
  return 'policy' in checked
    ? ok(checked.policy)
    : failed(failure('policy-invalid', { where: checked.wrong }));
}

/** The policy in `value`, or what is wrong with it. */
export function checkPolicy(value: unknown): { policy: Policy } | { wrong: Reason<'policy'> } {
  // A list without items would count as an object without entries.
  if (Array.isArray(value)) return { wrong: 'not-an-object' };
  const policy = v.safeParse(policySchema, value);
  if (!policy.success) {
    const paths = policy.issues.map((issue) => v.getDotPath(issue));
    return paths.includes(null) ? { wrong: 'not-an-object' } : entries(paths);
  }
  const missing = policy.output.required?.filter((name) => !(name in policy.output)) ?? [];
  return missing.length > 0 ? entries(missing) : withEachProfile(policy.output);
}

function withEachProfile({ profiles, ...policy }: Written): ReturnType<typeof checkPolicy> {
  if (profiles === undefined) return { policy };
  const names = policy.accounts?.flatMap(({ accountId, name }) =>
    name === undefined ? [] : [[accountId, name] as const],
  );
  const each = eachProfile(profiles, new Map(names));
  return 'where' in each ? entries([each.where]) : { policy: { ...policy, profiles: each.profiles } };
}

const entries = (names: unknown[]) => ({
  wrong: { is: 'entries' as const, where: names.join(', ').slice(0, 500) },
});

const forbids = (what: 'account' | 'issuer' | 'partition', named: string | undefined): Failure =>
  failure('policy-forbids', { what: named === undefined ? 'unknown-account' : { is: what, named } });

/** Why the policy forbids a role altogether; `undefined` if it doesn't. */
export function forbiddenRole(
  policy: Policy,
  issuer: string,
  { roleArn }: Pick<Role, 'roleArn'>,
): Failure | undefined {
  const role = parseRoleArn(roleArn);
  const { allowedAccounts, allowedIssuers, allowedPartitions } = policy;
  if (allowedAccounts && !allowedAccounts.some((id) => id === role?.accountId)) {
    return forbids('account', role?.accountId);
  }
  if (allowedIssuers && !allowedIssuers.includes(issuer)) {
    return forbids('issuer', issuer.slice(0, 200));
  }
  if (allowedPartitions && !allowedPartitions.some((id) => id === role?.partition)) {
    return forbids('partition', role?.partition);
  }
  return undefined;
}
