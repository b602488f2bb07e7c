import { editWholeFile, type ProfileChange } from './edit-whole-file.ts';
import { isPlain, type PlainSection, sectionsOf } from './plain-sections.ts';

/**
 * Does the same as `editWholeFile`, faster, for a file that `isPlain`: it edits only the written sections, each as a
 * file of its own. A new profile is a change to the last section. Returns the new file in pieces. The caller must check
 * that the file is plain; otherwise the pieces are wrong.
 *
 * `undefined` if the result could differ: a section is there twice, a change is not a write, or a profile is refused.
 *
 * Why it is the same: at a plain header every reader starts anew, whatever is above, and no plain section affects
 * another. So readers see the other sections as before, as long as the written ones stay plain.
 */
export function editPlainFile(
  file: string,
  bytes: Buffer,
  changes: readonly ProfileChange[],
): Buffer[] | undefined {
  // Stryker disable next-line ConditionalExpression,MethodExpression: a section that loses its header is given up on below
  if (!changes.every(({ write }) => write)) return undefined;
  const wanted = new Map(changes.map((change) => [change.name, change]));
  const plain = sectionsOf(bytes, [...wanted.keys()]);
  if (!plain) return undefined;
  const edits = new Map<PlainSection, ProfileChange[]>();
  for (const change of wanted.values()) {
    const section = plain.found.get(change.name) ?? plain.last;
    // Stryker disable next-line ArrayDeclaration: no section is called so
    edits.set(section, [...(edits.get(section) ?? []), change]);
  }
  const pieces: Buffer[] = [];
  let done = 0;
  for (const [{ start, end }, inSection] of [...edits].sort(([one], [other]) => one.start - other.start)) {
    const edited = editSection(file, bytes.subarray(start, end), inSection);
    if (!edited) return undefined;
    pieces.push(bytes.subarray(done, start), edited);
    done = end;
  }
  return [...pieces, bytes.subarray(done)];
}

const lineFeed = 0x0a;

function editSection(file: string, section: Buffer, changes: readonly ProfileChange[]): Buffer | undefined {
  // New lines copy the ending of the line above, which must be in the same section.
  if (!section.includes(lineFeed)) return undefined;
  const edited = editWholeFile(file, section.toString('latin1'), changes);
  if (!edited.ok || edited.value.refused.size > 0) return undefined;
  const bytes = Buffer.from(edited.value.content, 'latin1');
  // Stryker disable all: whatever is written into a plain section is plain; this is a second lock
  const isBordered = bytes[0] === section[0] && (bytes.at(-1) === lineFeed || section.at(-1) !== lineFeed);
  return isBordered && isPlain(bytes) && sectionsOf(bytes, []) ? bytes : undefined;
}
