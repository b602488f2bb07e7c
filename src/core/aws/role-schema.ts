import * as v from 'valibot';
import { mostPolicyArns, mostPolicyCharacters } from './session-policy.ts';

/** A session policy as it is stored and sent. It narrows something, within the room that AWS has. */
export const sessionPolicySchema = v.pipe(
  v.strictObject({
    policyArns: v.exactOptional(
      v.pipe(v.array(v.pipe(v.string(), v.maxLength(mostPolicyCharacters))), v.maxLength(mostPolicyArns)),
    ),
    policy: v.exactOptional(v.pipe(v.string(), v.maxLength(mostPolicyCharacters))),
  }),
  v.check(({ policyArns = [], policy }) => policyArns.length > 0 || policy !== undefined),
);

/** A role as it is stored. */
export const roleEntries = {
  roleArn: v.string(),
  providerArn: v.string(),
  sessionPolicy: v.exactOptional(sessionPolicySchema),
};
