import { grouped } from '../../core/words/grouped.ts';
import { lineMisread, profileOfSection } from '../config/add-settings.ts';
import { settingsByProfile } from '../config/config-settings.ts';
import { asksRoleferry, processKey } from '../config/process-lines.ts';
import {
  applyEdits,
  editsOf,
  endingNear,
  type LineEdits,
  propertiesOf,
  removeProperties,
  type Section,
} from '../format/line-edits.ts';
import { parseLines, type Understood } from '../format/parse-lines.ts';

/** A profile to make, with the command (latin1) that AWS tools run for its credentials. */
export interface OnDemandProfile {
  name: string;
  command: string;
  region?: string;
}

/** Sections that were appended to a config file together, and what it takes to cut them out again to the byte. */
export interface Batch {
  /** There was no config file. */
  isNewFile: boolean;
  /** The last line of the file had no line ending. */
  endedLine: boolean;
  /** A blank line stands above the first section. */
  blankAbove: boolean;
  sections: { name: string; lines: string[] }[];
}

const reason = 'disputed';

/** Appends a section for each profile to the content of a config file (latin1); `undefined` if there is no file. */
export function appendSections(
  before: string | undefined,
  profiles: readonly OnDemandProfile[],
): Understood<{ content: string; batch: Batch }> {
  const content = before ?? '';
  const parsed = parseLines(content);
  if (!parsed.ok) return parsed;
  const { lines } = parsed.value;
  const last = lines.at(-1);
  // Stryker disable next-line ArithmeticOperator: there is no line behind the last
  const ending = endingNear(editsOf(parsed.value), lines.length - 1);
  const batch: Batch = {
    isNewFile: before === undefined,
    endedLine: last?.ending === '',
    blankAbove: last !== undefined && /[^ \t]/.test(last.text),
    sections: profiles.map((profile) => ({ name: profile.name, lines: linesOf(profile) })),
  };
  const above = `${batch.endedLine ? ending : ''}${batch.blankAbove ? ending : ''}`;
  const texts = batch.sections.map((section) => section.lines.map((line) => line + ending).join(''));
  const edited = content + above + texts.join(ending);
  const line =
    lineMisread(content, edited, settingsOf(batch)) ?? (isAsMeant(edited, profiles) ? undefined : 1);
  return line === undefined ? { ok: true, value: { content: edited, batch } } : { ok: false, line, reason };
}

/** The first line of a profile's section in the config file. */
export const headerOf = (name: string): string => (name === 'default' ? '[default]' : `[profile ${name}]`);

const linesOf = ({ name, command, region }: OnDemandProfile): string[] => [
  headerOf(name),
  `${processKey} = ${command}`,
  ...(region === undefined ? [] : [`region = ${region}`]),
];

const settingsOf = ({ sections }: Batch) =>
  new Map(
    sections.map(({ name }) => [
      name,
      new Map([
        // Stryker disable next-line StringLiteral: only the names of settings count
        [processKey, ''],
        ['region', ''],
      ]),
    ]),
  );

function isAsMeant(content: string, profiles: readonly OnDemandProfile[]): boolean {
  const found = settingsByProfile(content);
  return profiles.every(({ name }) => asksRoleferry(found.get(name) ?? [], name));
}

/**
 * Cuts those sections of a batch out of the content of a config file (latin1) that `isGone` names. Lines that the user
 * added to them stay.
 */
export function cutSections(
  content: string,
  batch: Batch,
  isGone: (name: string) => boolean,
): Understood<string> {
  const parsed = parseLines(content);
  if (!parsed.ok) return parsed;
  const edits = editsOf(parsed.value);
  // Stryker disable next-line StringLiteral: neither is the name of a profile
  const byProfile = grouped(edits.sections, ({ name }) => profileOfSection(name) ?? '');
  let first: number | undefined;
  for (const [index, made] of batch.sections.entries()) {
    if (!isGone(made.name)) continue;
    // Stryker disable next-line ArrayDeclaration: what is no section has nothing of ours
    for (const section of byProfile.get(made.name) ?? []) {
      const cutBelow = index === 0 && !batch.blankAbove;
      if (cutSection(edits, section, made, cutBelow))
        first = Math.min(first ?? section.header, section.header);
    }
  }
  const isWhole = batch.sections.every(({ name }) => isGone(name));
  if (isWhole && batch.endedLine && first !== undefined) endLineAbove(edits, first);
  const edited = applyEdits(edits);
  const line = lineMisread(content, edited, settingsOf(batch));
  return line === undefined ? { ok: true, value: edited } : { ok: false, line, reason };
}

/** Cuts one section with a blank line beside it, or only what is ours if there is more in it. Returns whether it is gone. */
function cutSection(
  edits: LineEdits,
  section: Section,
  { name, lines }: Batch['sections'][number],
  cutBelow: boolean,
): boolean {
  const properties = propertiesOf(edits, section);
  const region = lines[2]?.slice('region = '.length);
  const isOurs = ({ key, value }: (typeof properties)[number]) =>
    asksRoleferry([{ key, value }], name) || (key === 'region' && value === region);
  const ours = new Set(properties.filter(isOurs).map(({ key }) => key));
  if (!ours.has(processKey)) return false;
  removeProperties(edits, section, ours);
  if (!properties.every(isOurs)) return false;
  edits.replaced.set(section.header, []);
  const blank = cutBelow ? section.header + lines.length : section.header - 1;
  if (edits.file.lines[blank]?.kind === 'blank') edits.replaced.set(blank, []);
  return true;
}

/** If nothing is left from line `first` on, the line above is the last one, and had no ending. */
function endLineAbove({ file: { lines }, replaced }: LineEdits, first: number): void {
  const isLeft = (index: number) => replaced.get(index)?.length !== 0;
  const last = lines.findLastIndex((_, index) => isLeft(index));
  const line = lines[last];
  if (line !== undefined && last < first) replaced.set(last, [{ text: line.text, ending: '' }]);
}
