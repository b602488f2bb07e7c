import { refusals } from './refusal.ts';

/** What an assertion gives a session besides its name. */
export interface SamlSession {
  tags: Map<string, string>;
  sourceIdentity: string | undefined;
}

const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * Reads session tags, transitive tag keys and source identity out of an assertion's AWS attributes, by their names
 * without the prefix; throws AWS's refusal if they are invalid.
 *
 * Rules: IAM user guide, "Pass session tags in AWS STS" and "Monitor and control actions taken with assumed roles".
 */
export function samlSession(attributes: [name: string, values: string[]][]): SamlSession {
  const valuesOf = (name: string) => attributes.find(([each]) => each === name)?.[1] ?? [];
  const [sourceIdentity] = valuesOf('SourceIdentity');
  if (sourceIdentity !== undefined && !/^(?!aws:)[\w+=,.@-]{2,64}$/.test(sourceIdentity)) {
    throw refusals.sourceIdentityInvalid();
  }
  const tags = new Map<string, string>();
  const folded = new Set<string>();
  for (const [name, [value = '']] of attributes) {
    if (!name.startsWith('PrincipalTag:')) continue;
    const key = name.slice('PrincipalTag:'.length);
    const fits = (text: string, most: number) =>
      text.length <= most && tagText.test(text) && !/^aws:/i.test(text);
    if (key === '' || !fits(key, 128) || !fits(value, 256)) throw refusals.tagsInvalid();
    if (folded.has(key.toLowerCase())) throw refusals.doubledTag();
    folded.add(key.toLowerCase());
    tags.set(key, value);
  }
  const isStray = (key: string) => !folded.has(key.toLowerCase());
  if (tags.size > 50 || valuesOf('TransitiveTagKeys').some(isStray)) throw refusals.tagsInvalid();
  return { tags, sourceIdentity };
}
