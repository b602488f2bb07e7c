import * as v from 'valibot';
import { type Failure, failure } from '../core/failure.ts';
import { profileNameFailure } from '../core/profile-name.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { parseRoleArn, type Role } from '../core/role.ts';
import { askedOnce } from './asked-once.ts';
import { browser } from './browser.ts';

const profileName = v.pipe(
  v.string(),
  v.check((name) => profileNameFailure(name) === undefined),
);

/**
 * What an administrator may fix, by the browser's own policies (`storage.managed`). The same shape is described for
 * Chromium in managed-schema.json, and for people in docs/administrators.md.
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
      }),
    ),
  ),
  /** How profile names are suggested: `{account}`, `{accountName}`, `{role}` and `{partition}` are filled in. */
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
  /**
   * Names of entries that must have arrived. Chromium drops what does not fit managed-schema.json before the
   * extension sees it, so that a misspelt entry would otherwise be one that is not there.
   */
  required: v.exactOptional(v.array(v.string())),
});

export type Policy = v.InferOutput<typeof policySchema>;

const { read, forget } = askedOnce(askForPolicy);

// Firefox tells nothing: there it stays the same as long as the browser runs.
browser.storage.managed.onChanged?.addListener(forget);

/**
 * The policy as it is now; empty where nothing is managed. Failure: `policy-invalid`, and then nothing may be done,
 * since what the administrator wanted to forbid is not known.
 */
export async function readPolicy(): Promise<Result<Policy>> {
  const policy = await read();
  if (!policy.ok) forget();
  return policy;
}

async function askForPolicy(): Promise<Result<Policy>> {
  const managed = await browser.storage.managed.get().catch(nothingManaged);
  const policy = v.safeParse(policySchema, managed);
  if (!policy.success) {
    const where = policy.issues.map((issue) => v.getDotPath(issue) ?? 'policy').join(', ');
    return failed(failure('policy-invalid', { where }));
  }
  const missing = policy.output.required?.filter((name) => !(name in policy.output)) ?? [];
  if (missing.length > 0) return failed(failure('policy-invalid', { where: missing.join(', ') }));
  return ok(policy.output);
}

/** Firefox rejects where nothing is managed; any other rejection is a policy that cannot be read. */
function nothingManaged(error: unknown): Record<string, unknown> | undefined {
  return /manifest not found/i.test(error instanceof Error ? error.message : '') ? {} : undefined;
}

/** Why the policy forbids a role altogether; `undefined` when it does not. */
export function forbiddenRole(
  policy: Policy,
  issuer: string,
  { roleArn }: Pick<Role, 'roleArn'>,
): Failure | undefined {
  const role = parseRoleArn(roleArn);
  const { allowedAccounts, allowedIssuers, allowedPartitions } = policy;
  if (allowedAccounts && !allowedAccounts.includes(role?.accountId ?? '')) {
    return failure('policy-forbids', { what: `account ${role?.accountId}` });
  }
  if (allowedIssuers && !allowedIssuers.includes(issuer)) {
    return failure('policy-forbids', { what: `the issuer ${issuer.slice(0, 200)}` });
  }
  if (allowedPartitions && !allowedPartitions.includes(role?.partition ?? '')) {
    return failure('policy-forbids', { what: `the partition ${role?.partition}` });
  }
  return undefined;
}
