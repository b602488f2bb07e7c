import { parseRoleArn } from './role.ts';

/** What every template can hold, as in `{account}-{role}`; `undefined` for what is no role. */
export function partsOf(roleArn: string): Record<'role' | 'account' | 'partition', string> | undefined {
  const arn = parseRoleArn(roleArn);
  return arn && { role: arn.name, account: arn.accountId, partition: arn.partition };
}

/** The template with the parts filled in as they are; a word in braces that is no part stays. */
export const fillTemplate = (template: string, parts: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, part) => (Object.hasOwn(parts, part) ? `${parts[part]}` : whole));

/** In small letters, with a hyphen for all that would have to be quoted somewhere. */
export const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9_.-]+/g, '-');
