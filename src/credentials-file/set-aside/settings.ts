import { editsOf, followers, propertiesOf } from '../format/line-edits.ts';
import { parseLines, type Understood } from '../format/parse-lines.ts';

/** Settings of the profile `name`, in a file where `isOfProfile` knows its sections by their names. */
export interface OfProfile {
  name: string;
  isOfProfile: (section: string) => boolean;
}

/** Begins a line that was set aside. The rest is the line as it was. */
const markOf = (name: string) =>
  `# set aside by roleferry configure-process ${Buffer.from(name).toString('latin1')}: `;

/**
 * Makes comments of a profile's settings with one of the `keys`, in place, in the content of an AWS file (latin1). So they
 * count for no AWS tool, nothing secret is written where it was not, and `takeBack` restores every byte. The header too
 * becomes a comment if nothing is left below it and `withHeader` says so.
 */
export function setAside(
  content: string,
  { name, isOfProfile }: OfProfile,
  keys: ReadonlySet<string>,
  { withHeader = false }: { withHeader?: boolean } = {},
): Understood<string> {
  const parsed = parseLines(content);
  if (!parsed.ok) return parsed;
  const edits = editsOf(parsed.value);
  const aside = new Set<number>();
  for (const section of edits.sections.filter((one) => isOfProfile(one.name))) {
    const properties = propertiesOf(edits, section);
    const found = properties.filter(({ key }) => keys.has(key));
    for (const { index } of found) {
      aside.add(index);
      for (const follower of followers(edits, section, index)) aside.add(follower.index);
    }
    if (withHeader && found.length > 0 && found.length === properties.length) aside.add(section.header);
  }
  const { bom, lines } = parsed.value;
  const texts = lines.map(
    ({ text, ending }, index) => `${aside.has(index) ? markOf(name) : ''}${text}${ending}`,
  );
  return { ok: true, value: bom + texts.join('') };
}

/** Whether something of the profile `name` was set aside in `text`, a line or a whole file (latin1). */
export const hasSetAside = (text: string, name: string): boolean =>
  text.split('\n').some((line) => line.replace(byteOrderMark, '').startsWith(markOf(name)));

/** What became of settings that were set aside: `kept` are comments still, since somebody made others in between. */
export type SetAside = 'none' | 'restored' | 'kept';

/**
 * The content with everything of the profile that was set aside as it was before. If the profile has settings with one of
 * the `keys` again, or a section again beside one that was set aside, the comments are kept.
 */
export function takeBack(
  content: string,
  { name, isOfProfile }: OfProfile,
  keys: ReadonlySet<string>,
): { content: string; setAside: SetAside } {
  if (!hasSetAside(content, name)) return { content, setAside: 'none' };
  const kept = { content, setAside: 'kept' } as const;
  const parsed = parseLines(content);
  if (!parsed.ok) return kept;
  const mark = markOf(name);
  const { bom, lines } = parsed.value;
  const texts = lines.map(
    ({ text, ending }) => (text.startsWith(mark) ? text.slice(mark.length) : text) + ending,
  );
  const restored = bom + texts.join('');
  const reparsed = parseLines(restored);
  if (!reparsed.ok) return kept;
  const edits = editsOf(parsed.value);
  const now = edits.sections.filter((section) => isOfProfile(section.name));
  const then = editsOf(reparsed.value).sections.filter((section) => isOfProfile(section.name));
  const hasKeys = now.some((section) => propertiesOf(edits, section).some(({ key }) => keys.has(key)));
  const isTwice = now.length > 0 && then.length > now.length;
  return hasKeys || isTwice ? kept : { content: restored, setAside: 'restored' };
}

const byteOrderMark = /^\u00ef\u00bb\u00bf/;
