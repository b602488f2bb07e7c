import { type Failure, failure } from '../core/failure.ts';
import { fillTemplate, partsOf, slug } from '../core/profile-template.ts';
import { writableNameFailure } from '../credentials-file/validate-profile.ts';

/** The name of the profile of a role: the template with `{role}`, `{account}` and `{partition}` as slugs. */
export function profileOf(template: string, roleArn: string): string {
  const { role = '', account = '', partition = '' } = partsOf(roleArn) ?? {};
  return fillTemplate(template, { role: slug(role), account, partition });
}

/** Why no profile could be called like this, whatever is filled in; `undefined` when one could. */
export function templateFailure(template: string): Failure | undefined {
  const name = fillTemplate(template, { role: 'x', account: 'x', partition: 'x' });
  const brace = /[{}]/.exec(name)?.[0];
  if (brace === undefined) return writableNameFailure(name);
  const reason = `it has ${brace} in it, and only {role}, {account} and {partition} are filled in`;
  return failure('profile-name-invalid', { reason });
}
