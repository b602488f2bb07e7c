import { parseRoleArn, providerName, type Role } from '../aws/role.ts';

/** The template of names until the user has another. */
export const defaultTemplate = '{role}';

/**
 * The placeholders of every template, as in `{account}-{role}`, and `{provider}` if the role has one; `undefined` if
 * it is not a role.
 */
export function partsOf({ roleArn, providerArn }: TemplateRole): Record<string, string> | undefined {
  const arn = parseRoleArn(roleArn);
  if (arn === undefined) return undefined;
  const provider = providerArn && providerName(providerArn);
  return { role: arn.name, account: arn.accountId, partition: arn.partition, ...(provider && { provider }) };
}

/** A role that a login offers, or one assumed with other credentials. */
export type TemplateRole = Pick<Role, 'roleArn'> & Partial<Role>;

/** The template with its placeholders filled in as they are; unknown ones stay. */
export const fillTemplate = (template: string, parts: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, part) => (Object.hasOwn(parts, part) ? `${parts[part]}` : whole));

/** In lower case and plain letters, with a hyphen for everything that would need quoting somewhere. */
export const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, '-');

/** A whole profile name of what a template gave; never with a hyphen first, which a command line takes for an option. */
export const nameOfFilled = (filled: string): string => slug(filled).replace(/^-+/, '');

/** What `{accountName}` stands for: the number if there is no name, or one of which no letter or digit would be left. */
export const accountPart = (name: string | undefined, accountId: string): string =>
  name !== undefined && /[a-z0-9]/.test(slug(name)) ? name : accountId;
