import { type Failure, failure } from '../../core/failure.ts';
import { botocoreDefaults, type Reader, type Readings, readAsAwsTools } from './aws-readers.ts';
import { accountIn, notOursToOverwrite, type Settings } from './classify.ts';
import {
  appendSection,
  applyEdits,
  editsOf,
  insertProperties,
  type LineEdits,
  propertiesOf,
  removeProperties,
  replaceProperty,
  type Section,
} from './line-edits.ts';
import { isPlainHeader, normalizeHeaders } from './normalize-headers.ts';
import { otherAccountFailure } from './other-account.ts';
import { type AwsFile, parseLines, type Understood } from './parse-lines.ts';
import {
  accountKey,
  accountSetting,
  legacyToken,
  otherSources,
  ownKeys,
  type ProfileUpdate,
  profileKeys,
  rightsKey,
} from './profile-keys.ts';
import { settingsOf } from './profiles-in.ts';
import { lineInDispute, profilesMisread } from './profiles-misread.ts';
import { profileFailure } from './validate-profile.ts';

/** The file with the accepted changes, and why the others were not: by profile name. */
interface Edited {
  content: string;
  refused: Map<string, Failure>;
}

/** With `write` that profile's credentials are set, without it they are taken away. */
export type ProfileChange = Pick<ProfileUpdate, 'name' | 'replace' | 'takeOver'> & { write?: ProfileUpdate };

/**
 * Changes profiles in the content of a credentials file (latin1, one character a byte) and nothing else in it.
 *
 * If a profile has several sections (`[dev]` twice, or `[dev]` and `[ dev ]`, which only some readers take for the
 * same), all get the new values, since readers differ in which one counts. A header that only some readers understand
 * becomes the plain `[dev]`. `replace` also removes the keys that would win over the written ones (`role_arn`,
 * `credential_process`, ...). AWS tools try them in different orders, so nothing else makes all read the new
 * credentials.
 *
 * The result is checked with a model of each AWS tool. A profile that one of them would misread is refused, with the
 * line at fault; the others are still written.
 *
 * `file` is the name that failures give the file. Refusals: `profile-name-invalid`, `profile-value-invalid`,
 * `profile-long-lived`, `profile-other-account`, `file-not-understood`. Not `ok`: the file as a whole cannot be understood.
 */
export function editWholeFile(
  file: string,
  content: string,
  changes: readonly ProfileChange[],
): Understood<Edited> {
  const parsed = parseLines(content);
  if (!parsed.ok) return parsed;
  const before = readAsAwsTools(content, parsed);
  const original = { content, file: parsed.value, readings: before };
  const refused = new Map<string, Failure>();
  const inherited = before.botocore?.sections.get(botocoreDefaults)?.has(accountKey) === true;
  let wanted = new Map(changes.map((change) => [change.name, inherited ? hidingAccount(change) : change]));
  const sections = editsOf(parsed.value);
  for (const change of wanted.values()) {
    const settings = settingsOf(sections, before, change.name);
    const refusal =
      (change.write && profileFailure(change.write)) ??
      longLivedFailure(change, settings) ??
      (change.write &&
        otherAccountFailure({ ...change.write, takeOver: change.takeOver }, accountIn(settings)));
    if (refusal) refused.set(change.name, refusal);
  }

  while (true) {
    wanted = new Map([...wanted].filter(([name]) => !refused.has(name)));
    // Stryker disable next-line ConditionalExpression: no change changes nothing, only more slowly
    if (wanted.size === 0) return { ok: true, value: { content, refused } };
    const attempt = applyChanges(original, wanted);
    if (attempt.misread.length === 0) return { ok: true, value: { content: attempt.content, refused } };
    for (const name of toBlame(original, wanted, attempt.misread)) {
      const line = lineInDispute(before, name) ?? headerOf(sections, name);
      const reason = { is: 'disputed-profile', profile: name } as const;
      refused.set(name, failure('file-not-understood', { file, line, reason }));
    }
  }
}

/** An account that botocore sees in every profile is hidden by the profile's own. */
const hidingAccount = (change: ProfileChange): ProfileChange =>
  change.write ? { ...change, write: { ...change.write, withAccount: true } } : change;

function longLivedFailure({ name, replace }: ProfileChange, settings: Settings): Failure | undefined {
  const found = replace ? undefined : notOursToOverwrite(settings);
  return found && failure('profile-long-lived', { profile: name, ...found });
}

type Changes = ReadonlyMap<string, ProfileChange>;

interface Original {
  content: string;
  file: AwsFile;
  readings: Readings;
}

/** The changed content, and the profiles that some AWS tool would misread. */
function applyChanges(original: Original, changes: Changes): { content: string; misread: string[] } {
  const straight = normalizeHeaders(original.file, new Set(changes.keys()));
  // Stryker disable next-line ConditionalExpression: whoever reads it again is only slower
  const same = straight === original.content;
  const parsed: Understood<AwsFile> = same ? { ok: true, value: original.file } : parseLines(straight);
  // Stryker disable next-line all: a plain header is understood
  if (!parsed.ok) return { content: straight, misread: [...changes.keys()] };
  const edits = editsOf(parsed.value);
  for (const change of changes.values()) applyChange(edits, change);
  const content = applyEdits(edits);
  const before = same ? original.readings : readAsAwsTools(straight, parsed);
  const after = readAsAwsTools(content);
  const lost = (Object.keys(after) as Reader[]).some((reader) => original.readings[reader] && !after[reader]);
  return { content, misread: lost ? [...changes.keys()] : profilesMisread(before, after, changes) };
}

/** One bad profile can spoil the whole file for a reader. Halving the changes finds it. */
function toBlame(original: Original, changes: Changes, misread: string[]): string[] {
  if (misread.length === 0 || misread.length < changes.size || changes.size === 1) return misread;
  const all = [...changes];
  const halves = [all.slice(0, all.length / 2), all.slice(all.length / 2)].map((half) => new Map(half));
  const blamed = halves.flatMap((half) => toBlame(original, half, applyChanges(original, half).misread));
  return blamed.length > 0 ? blamed : misread;
}

// Stryker disable all: a second answer, where AWS tools agree on every line of the profile
const headerOf = (edits: LineEdits, name: string) =>
  (edits.sections.find((section) => section.name === name)?.header ?? 0) + 1;

// Stryker restore all

function applyChange(edits: LineEdits, { name, write }: ProfileChange) {
  const sections = edits.sections.filter((section) => section.name === name);
  // Where there are any they may go, else the change would have been refused.
  const gone = new Set([...otherSources.keys(), ...(write?.rights ? [] : [rightsKey])]);
  for (const section of sections) removeProperties(edits, section, gone);
  if (write) writeProfile(edits, name, sections, write);
  else for (const section of sections) clearSection(edits, section);
}

function writeProfile(edits: LineEdits, name: string, sections: Section[], write: ProfileUpdate) {
  const properties = profileKeys(write);
  const last = sections.at(-1);
  if (!last) return appendSection(edits, name, properties);
  // Stryker disable next-line StringLiteral: each profile has one
  const token = properties.get('aws_session_token') ?? '';
  const present = new Map<Section, Set<string>>();
  for (const section of sections) {
    const keys = [...new Map([...properties, [legacyToken, token], ...accountSetting(write)])];
    const replaced = keys.filter(([key, value]) => replaceProperty(edits, section, key, value));
    present.set(section, new Set(replaced.map(([key]) => key)));
  }
  const plain = sections.filter((section) => isPlainHeader(edits.file.lines[section.header]));
  // Stryker disable next-line OptionalChaining: there is an entry for each section
  const main = plain.findLast((section) => present.get(section)?.size) ?? plain.at(-1) ?? last;
  // Stryker disable next-line OptionalChaining: there is an entry for each section
  const missing = [...properties].filter(([key]) => !present.get(main)?.has(key));
  insertProperties(edits, main, new Map(missing), ownKeys);
}

function clearSection(edits: LineEdits, section: Section) {
  const properties = propertiesOf(edits, section);
  // The account of the removed credentials goes with them. Another account is the user's own setting.
  const account = accountIn(properties);
  const isOfCredentials = properties.every(({ key, value }) => key !== accountKey || value === account);
  // Stryker disable next-line ArrayDeclaration: no key is called so
  const gone = new Set([...ownKeys, ...otherSources.keys(), ...(isOfCredentials ? [accountKey] : [])]);
  removeProperties(edits, section, gone);
  if (propertiesOf(edits, section).some(({ key }) => !gone.has(key))) return;
  edits.replaced.set(section.header, []);
  const above = section.header - 1;
  if (edits.file.lines[above]?.kind === 'blank') edits.replaced.set(above, []);
}
