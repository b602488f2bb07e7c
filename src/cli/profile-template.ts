import { profileNameFailure } from '../core/profile-name.ts';
import { parseRoleArn } from '../core/role.ts';

const word = /\{(role|account|partition)\}/g;

/** The name of the profile of a role: `{role}`, `{account}` and `{partition}` filled in, in small letters. */
export function fillTemplate(template: string, roleArn: string): string {
  const { name = '', accountId = '', partition = '' } = parseRoleArn(roleArn) ?? {};
  const parts: Record<string, string> = { role: name, account: accountId, partition };
  return template.replace(word, (_, part: string) =>
    (parts[part] ?? '').toLowerCase().replace(/[^a-z0-9_.-]+/g, '-'),
  );
}

/** Why no profile could be called like this, whatever is filled in; `undefined` when one could. */
export const templateFailure = (template: string) => profileNameFailure(template.replace(word, 'x'));
