import * as v from 'valibot';
import { compactPolicy } from '../aws/policy-document.ts';
import { parseRoleArn, type Role } from '../aws/role.ts';
import type { SessionPolicy } from '../aws/session-policy.ts';
import { sessionPolicyFailure } from '../aws/session-policy-failure.ts';
import { type Failure, failure } from '../failure.ts';
import { accountIdSchema } from '../profile/account-names.ts';
import { failed, ok, type Result } from '../result.ts';
import type { Policy } from './policy.ts';

/** Which roles a session policy is demanded for, and the policy. What is missing restricts nothing: any account, any name. */
export const demandSchema = v.pipe(
  v.strictObject({
    accounts: v.exactOptional(v.pipe(v.array(accountIdSchema), v.minLength(1), v.maxLength(1000))),
    /** Only the name behind a path counts: IAM has no two roles of one name in an account. */
    roleName: v.exactOptional(
      v.pipe(
        v.string(),
        v.check((name) => parseRoleArn(`arn:aws:iam::111122223333:role/${name}`)?.pathAndName === name),
      ),
    ),
    partition: v.exactOptional(v.pipe(v.string(), v.regex(/^aws(-[a-z]+)*$/))),
    policyArns: v.exactOptional(v.pipe(v.array(v.string()), v.minLength(1))),
    /** As JSON. Stored and compared without spaces that mean nothing. */
    policy: v.exactOptional(v.pipe(v.string(), v.transform(compactPolicy))),
  }),
  v.check(({ policyArns, policy }) => policyArns !== undefined || policy !== undefined),
  // Of no role: whether it fits the partition of a role is known when that is asked for.
  v.check((demand) => sessionPolicyFailure(policyOf(demand), '') === undefined),
);

/** What of a policy demands session policies. */
export type Demands = Pick<Policy, 'sessionPolicies'>;

/** A role, and the session policy that the user wants for it or that it was asked for with. */
type Asked = Pick<Role, 'roleArn'> & { sessionPolicy?: SessionPolicy | undefined };

/**
 * The session policy to ask STS with: the user's own, else the one that the administrator demands. Failure:
 * `policy-demands-session-policy` if their own may allow more than the demanded one. Never are both sent, since AWS
 * allows what any policy of a session allows.
 */
export function sessionPolicyFor(policy: Demands, asked: Asked): Result<SessionPolicy | undefined> {
  if (asked.sessionPolicy === undefined) return ok(demandedFor(policy, asked.roleArn));
  const refusal = widerThanDemanded(policy, asked);
  return refusal === undefined ? ok(asked.sessionPolicy) : failed(refusal);
}

/** Why a session that was asked for like this may allow more than the administrator demands; `undefined` if it can't. */
export function widerThanDemanded(policy: Demands, { roleArn, sessionPolicy }: Asked): Failure | undefined {
  const demanded = demandedFor(policy, roleArn);
  if (demanded === undefined || (sessionPolicy && isWithin(sessionPolicy, demanded))) return undefined;
  const { policyArns = [], policy: json } = demanded;
  return failure('policy-demands-session-policy', {
    roleArn,
    demanded: [...policyArns, ...(json === undefined ? [] : [json])].join(', '),
  });
}

/** The session policy that the first entry which fits the role demands. */
export function demandedFor({ sessionPolicies }: Demands, roleArn: string): SessionPolicy | undefined {
  const role = parseRoleArn(roleArn);
  const demand = sessionPolicies?.find(
    ({ accounts, roleName, partition }) =>
      role !== undefined &&
      (accounts === undefined || accounts.includes(role.accountId)) &&
      (partition === undefined || partition === role.partition) &&
      (roleName === undefined || nameOf(roleName) === nameOf(role.name)),
  );
  return demand && policyOf(demand);
}

/** IAM takes no two names that differ only in case. */
const nameOf = (pathAndName: string) => pathAndName.slice(pathAndName.lastIndexOf('/') + 1).toLowerCase();

const policyOf = ({ policyArns, policy }: SessionPolicy): SessionPolicy => ({
  ...(policyArns && { policyArns }),
  ...(policy !== undefined && { policy }),
});

/** Whether `own` is made of parts of `demanded` alone. What a policy of another text allows, nobody here can tell. */
const isWithin = (own: SessionPolicy, demanded: SessionPolicy): boolean =>
  (own.policyArns ?? []).every((arn) => demanded.policyArns?.includes(arn)) &&
  (own.policy === undefined || own.policy === demanded.policy) &&
  ((own.policyArns ?? []).length > 0 || own.policy !== undefined);
