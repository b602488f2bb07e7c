import * as v from 'valibot';
import { parseRoleArn, type Role } from '../aws/role.ts';
import { type Failure, failure } from '../failure.ts';
import { profileNameFailure } from '../profile/profile-name.ts';
import { failed, ok, type Result } from '../result.ts';

const profileName = v.pipe(
  v.string(),
  v.check((name) => profileNameFailure(name) === undefined),
);

/**
 * What an administrator may fix: by the browser's own policies (`storage.managed`), and in the policy file of the
 * machine. The same shape is described for Chromium in managed-schema.json, and for people in docs/administrators.md.
 */
const policySchema = v.strictObject({
  allowedAccounts: v.exactOptional(v.array(v.pipe(v.string(), v.regex(/^\d{12}$/)))),
  allowedIssuers: v.exactOptional(v.array(v.string())),
  allowedPartitions: v.exactOptional(v.array(v.pipe(v.string(), v.regex(/^aws(-[a-z]+)*$/)))),
  /** Bindings that stand without the person's own act, and that the person cannot change. */
  profiles: v.exactOptional(
    v.array(
      v.strictObject({
        issuer: v.string(),
        providerArn: v.string(),
        roleArn: v.string(),
        profile: profileName,
        /** Only logins of exactly this session name go there; without it, the first one that was written is kept. */
        sessionName: v.exactOptional(v.string()),
      }),
    ),
  ),
  /** How profile names are suggested: `{account}`, `{accountName}`, `{role}`, `{provider}` and `{partition}` are filled in. */
  profileNameTemplate: v.exactOptional(v.string()),
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
  copyButton: v.exactOptional(v.boolean()),
  /** Settings files cannot be imported. */
  forbidImports: v.exactOptional(v.boolean()),
  /** STS is asked at its FIPS endpoints. */
  fips: v.exactOptional(v.boolean()),
  /**
   * Where the host and the CLI write one line of JSON for each decision. Only the machine's policy file counts: the
   * extension accepts the entry, since both policies use the same words, and ignores it.
   */
  audit: v.exactOptional(
    v.strictObject({
      file: v.exactOptional(v.pipe(v.string(), v.regex(/^(\/|[A-Za-z]:[\\/])./))),
      /** The system's own log. */
      system: v.exactOptional(v.boolean()),
    }),
  ),
  /**
   * Names of entries that must have arrived. Chromium drops what does not fit managed-schema.json before the
   * extension sees it, so that a misspelt entry would otherwise be one that is not there.
   */
  required: v.exactOptional(v.array(v.string())),
});

export type Policy = v.InferOutput<typeof policySchema>;

/**
 * Reads a policy as the browser or the machine hands it over. Failure: `policy-invalid`, and then nothing may be done,
 * since what the administrator wanted to forbid is not known.
 */
export function parsePolicy(value: unknown): Result<Policy> {
  const checked = checkPolicy(value);
  return 'policy' in checked ? ok(checked.policy) : failed(failure('policy-invalid', checked));
}

/** The policy in `value`, or the entries on account of which there is none. */
export function checkPolicy(value: unknown): { policy: Policy } | { where: string } {
  // A list without items would be taken for an object without entries.
  if (Array.isArray(value)) return { where: 'policy' };
  const policy = v.safeParse(policySchema, value);
  if (!policy.success) {
    return { where: policy.issues.map((issue) => v.getDotPath(issue) ?? 'policy').join(', ') };
  }
  const missing = policy.output.required?.filter((name) => !(name in policy.output)) ?? [];
  return missing.length > 0 ? { where: missing.join(', ') } : { policy: policy.output };
}

/** Why the policy forbids a role altogether; `undefined` when it does not. */
export function forbiddenRole(
  policy: Policy,
  issuer: string,
  { roleArn }: Pick<Role, 'roleArn'>,
): Failure | undefined {
  const role = parseRoleArn(roleArn);
  const { allowedAccounts, allowedIssuers, allowedPartitions } = policy;
  if (allowedAccounts && !allowedAccounts.some((id) => id === role?.accountId)) {
    return failure('policy-forbids', { what: `account ${role?.accountId}` });
  }
  if (allowedIssuers && !allowedIssuers.includes(issuer)) {
    return failure('policy-forbids', { what: `the issuer ${issuer.slice(0, 200)}` });
  }
  if (allowedPartitions && !allowedPartitions.some((id) => id === role?.partition)) {
    return failure('policy-forbids', { what: `the partition ${role?.partition}` });
  }
  return undefined;
}
