import { profileNameFailure } from '../core/profile-name.ts';
import { fillTemplate, partsOf, slug } from '../core/profile-template.ts';

/** The name of the profile of a role: the template with `{role}`, `{account}` and `{partition}` as slugs. */
export function profileOf(template: string, roleArn: string): string {
  const { role = '', account = '', partition = '' } = partsOf(roleArn) ?? {};
  return fillTemplate(template, { role: slug(role), account, partition });
}

/** Why no profile could be called like this, whatever is filled in; `undefined` when one could. */
export const templateFailure = (template: string) =>
  profileNameFailure(fillTemplate(template, { role: 'x', account: 'x', partition: 'x' }));
