import { parseRoleArn, providerName, type Role } from '../aws/role.ts';

/**
 * What every template can hold, as in `{account}-{role}`, and `{provider}` where the role is offered by one;
 * `undefined` for what is no role.
 */
export function partsOf({ roleArn, providerArn }: TemplateRole): Record<string, string> | undefined {
  const arn = parseRoleArn(roleArn);
  if (arn === undefined) return undefined;
  const provider = providerArn && providerName(providerArn);
  return { role: arn.name, account: arn.accountId, partition: arn.partition, ...(provider && { provider }) };
}

/** A role that a login offers, or one that credentials alone assume. */
export type TemplateRole = Pick<Role, 'roleArn'> & Partial<Role>;

/** The template with the parts filled in as they are; a word in braces that is no part stays. */
export const fillTemplate = (template: string, parts: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, part) => (Object.hasOwn(parts, part) ? `${parts[part]}` : whole));

/** In small letters, with a hyphen for all that would have to be quoted somewhere. */
export const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9_.-]+/g, '-');
