import type { Assertion } from '../assertion/assertion.ts';
import type { NameFault, TagFault } from '../cause.ts';

/**
 * Why AWS does not take a text as a session name. Source: STS API reference, AssumeRole, RoleSessionName: 2 to 64 of
 * `[\w+=,.@-]`.
 */
export function nameFault(text: string): NameFault | undefined {
  const characters = [...new Set(text.match(/[^\w+=,.@-]/gu))].slice(0, 10);
  if (characters.length > 0) return { is: 'characters', characters };
  if (text.length < 2) return { is: 'short' };
  return text.length > 64 ? { is: 'long', length: text.length } : undefined;
}

/** The same for a source identity. Source: STS API reference, AssumeRole, SourceIdentity: also without `aws:`. */
export const sourceIdentityFault = (text: string): NameFault | undefined =>
  text.startsWith('aws:') ? { is: 'reserved' } : nameFault(text);

const tagCharacters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * Why AWS does not take the session tags of an assertion. Sources: STS API reference, data type Tag; IAM user guide,
 * "Pass session tags in AWS STS" (50 tags, keys of 128 and values of 256 characters, keys that differ in more than
 * case, `aws:` reserved).
 */
export function tagFault({ principalTags, transitiveTagKeys }: Assertion): TagFault | undefined {
  const tags = Object.entries(principalTags);
  if (tags.length > 50) return { is: 'many', count: tags.length };
  const seen = new Set<string>();
  for (const [key, value] of tags) {
    if (!fits(key, 128) || key === '') return { is: 'key', key };
    if (!fits(value, 256)) return { is: 'value', key };
    if (seen.has(key.toLowerCase())) return { is: 'doubled', key };
    seen.add(key.toLowerCase());
  }
  const stray = transitiveTagKeys.find((key) => !seen.has(key.toLowerCase()));
  return stray === undefined ? undefined : { is: 'transitive', key: stray };
}

const fits = (text: string, most: number): boolean =>
  text.length <= most && tagCharacters.test(text) && !/^aws:/i.test(text);
