import { editWholeFile, type ProfileChange } from './edit-whole-file.ts';
import { isPlain, type PlainSection, sectionsOf } from './plain-sections.ts';

/**
 * What `editWholeFile` would make of a file that `isPlain`, in pieces that follow each other, made from the sections
 * alone that are written, each as a file of its own; a new profile is a change to the last section. Of any other file
 * the pieces are worth nothing: that it is plain is for the caller to see, before anybody may read them.
 *
 * `undefined` where it may not be the same all the same: a section is there twice, something else than writing is asked
 * for, or a profile is refused.
 *
 * It is the same because at the header of a plain section every reader is in the same state whatever is above it,
 * and no plain section says anything about another. So what surrounds the written sections is read as before, being
 * the same bytes between two headers, as long as what is written is plain again.
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
  // New lines end as the line above does, which must not be in another section.
  if (!section.includes(lineFeed)) return undefined;
  const edited = editWholeFile(file, section.toString('latin1'), changes);
  if (!edited.ok || edited.value.refused.size > 0) return undefined;
  const bytes = Buffer.from(edited.value.content, 'latin1');
  // Stryker disable all: whatever is written into a plain section is plain; this is a second lock
  const isBordered = bytes[0] === section[0] && (bytes.at(-1) === lineFeed || section.at(-1) !== lineFeed);
  return isBordered && isPlain(bytes) && sectionsOf(bytes, []) ? bytes : undefined;
}
