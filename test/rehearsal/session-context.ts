import { refusals } from './refusal.ts';

/** What a session of a role carries besides its name. */
interface SessionContext {
  tags: Map<string, string>;
  sourceIdentity: string | undefined;
}

/** API reference, AssumeRole: SourceIdentity. */
const sourceIdentityPattern = '[\\w+=,.@-]*';
/** API reference, data type Tag. */
const tagPattern = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+';

/** Reads AssumeRole's session tags and source identity; throws AWS's refusal if they are invalid. */
export function sessionContext(form: URLSearchParams): SessionContext {
  const sourceIdentity = form.get('SourceIdentity') ?? undefined;
  if (sourceIdentity !== undefined && !/^(?!aws:)[\w+=,.@-]{2,64}$/.test(sourceIdentity)) {
    const constraint = `Member must satisfy regular expression pattern: ${sourceIdentityPattern}`;
    throw refusals.constraint('sourceIdentity', constraint, sourceIdentity);
  }
  const tags = new Map<string, string>();
  const folded = new Set<string>();
  for (let at = 1; form.has(`Tags.member.${at}.Key`); at += 1) {
    const key = form.get(`Tags.member.${at}.Key`) ?? '';
    const value = form.get(`Tags.member.${at}.Value`) ?? '';
    if (!fits(key, 1, 128)) throw badTag(at, 'key', key);
    if (value !== '' && !fits(value, 0, 256)) throw badTag(at, 'value', value);
    if (folded.has(key.toLowerCase())) throw refusals.doubledTag();
    folded.add(key.toLowerCase());
    tags.set(key, value);
  }
  if (tags.size > 50) throw refusals.constraint('tags', 'Member must have length less than or equal to 50');
  return { tags, sourceIdentity };
}

const fits = (text: string, least: number, most: number): boolean =>
  text.length >= least && text.length <= most && new RegExp(`^${tagPattern}$`, 'u').test(text);

const badTag = (at: number, member: string, text: string) =>
  refusals.constraint(
    `tags.${at}.member.${member}`,
    `Member must satisfy regular expression pattern: ${tagPattern}`,
    text,
  );
