import type { Assertion } from '../assertion/assertion.ts';
import type { Role } from '../aws/role.ts';
import type { Cause, TrustStatement } from '../cause.ts';
import { partitionOfSignInUrl, usualSignInUrl } from './sign-in-url.ts';

/**
 * What an assertion needs of a role's trust policy beyond the usual, as causes of a refusal. Only AWS knows the policy.
 *
 * Sources: IAM user guide, "Troubleshoot SAML federation" (PrincipalTag needs sts:TagSession), "Monitor and control
 * actions taken with assumed roles" (SourceIdentity needs sts:SetSourceIdentity), "Available keys for SAML-based AWS
 * STS federation" (`SAML:aud` is the assertion's recipient, and the console writes the global sign-in URL there).
 */
export function trustNeeds({ recipients, principalTags, sourceIdentity, roles }: Assertion): Cause[] {
  const usual = usualSignInUrl(roles[0]?.roleArn.split(':')[1] ?? 'aws');
  const [found] = recipients.filter((recipient) => partitionOfSignInUrl(recipient) !== undefined);
  const keys = Object.keys(principalTags);
  return [
    ...(found === undefined || found === usual ? [] : [{ code: 'recipient-not-trusted', found } as const]),
    ...(keys.length === 0 ? [] : [{ code: 'tags-not-allowed', keys } as const]),
    ...(sourceIdentity === undefined ? [] : [{ code: 'source-identity-not-allowed' } as const]),
  ];
}

const aboutTrust: ReadonlySet<string> = new Set([
  'role-not-trusting',
  'recipient-not-trusted',
  'tags-not-allowed',
  'source-identity-not-allowed',
]);

/**
 * The statements that a role's trust policy lacks for `cause`; `undefined` if it is about something else. If AWS named
 * the action that it missed (`message`), sts:AssumeRoleWithSAML is allowed already. The other two stand in a statement
 * of their own, since `SAML:aud` is documented for sts:AssumeRoleWithSAML alone.
 */
export function missingStatements(
  cause: Cause,
  { roleArn, providerArn }: Role,
  assertion: Assertion | undefined,
  message: string,
): TrustStatement[] | undefined {
  if (!aboutTrust.has(cause.code)) return undefined;
  const needs = new Set(assertion && trustNeeds(assertion).map(({ code }) => code));
  const usual = usualSignInUrl(roleArn.split(':')[1] ?? 'aws');
  const audience = cause.code === 'recipient-not-trusted' ? [usual, cause.found] : usual;
  const Principal = { Federated: providerArn };
  const assume: TrustStatement = {
    ...{ Effect: 'Allow', Principal, Action: 'sts:AssumeRoleWithSAML' },
    Condition: { StringEquals: { 'SAML:aud': audience } },
  };
  const beside = [
    ...(needs.has('tags-not-allowed') || /sts:TagSession/.test(message) ? ['sts:TagSession'] : []),
    ...(needs.has('source-identity-not-allowed') || /sts:SetSourceIdentity/.test(message)
      ? ['sts:SetSourceIdentity']
      : []),
  ];
  const [only = '', ...others] = beside;
  return [
    ...(/sts:(TagSession|SetSourceIdentity)/.test(message) ? [] : [assume]),
    ...(beside.length === 0
      ? []
      : [{ Effect: 'Allow', Principal, Action: others.length === 0 ? only : beside } as const]),
  ];
}
