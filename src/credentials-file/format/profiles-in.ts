import { ok, type Result } from '../../core/result.ts';
import { botocoreDefaults, type Readings, readAsAwsTools } from './aws-readers.ts';
import type { Settings } from './classify.ts';
import { editsOf, type LineEdits, type Properties, propertiesOf } from './line-edits.ts';
import { notUnderstood } from './not-understood.ts';
import { parseLines } from './parse-lines.ts';
import { otherSources } from './profile-keys.ts';

/** The profiles of a credentials file. */
export interface Profiles {
  /** In the order of the file, each once. */
  names: ReadonlySet<string>;
  settingsOf: (name: string) => Settings;
}

/**
 * The profiles in the content of a credentials file (latin1). `file` is the name that the failure gives it.
 * Failure: `file-not-understood`.
 */
export function profilesIn(file: string, content: string): Result<Profiles> {
  const parsed = parseLines(content);
  if (!parsed.ok) return notUnderstood(file, parsed);
  const edits = editsOf(parsed.value);
  const readings = readAsAwsTools(content, parsed);
  return ok({
    names: new Set(edits.sections.map(({ name }) => name)),
    settingsOf: (name) => settingsOf(edits, readings, name),
  });
}

/** Keys that some tool finds where this editor sees none, such as behind a no-break space. */
const foundByAny = new Set([...otherSources.keys(), 'aws_access_key_id', 'aws_secret_access_key']);

/** Everything that any AWS tool finds in the profile `name` of a credentials file, the editor's own reading last. */
export function settingsOf(edits: LineEdits, readings: Readings, name: string): Settings {
  const written = edits.sections
    .filter((section) => section.name === name)
    .flatMap((section) => propertiesOf(edits, section));
  const inherited = readings.botocore?.sections.get(botocoreDefaults);
  const inSection = Object.values(readings).map((reading) => reading?.sections.get(name));
  const foundIn = (keys: Properties | undefined, wanted: { has(key: string): boolean }): Settings =>
    // Stryker disable next-line ArrayDeclaration: no key is called so
    [...(keys ?? [])]
      .map(([key, value]) => ({ key: key.toLowerCase(), value }))
      .filter(({ key }) => wanted.has(key));
  const read = [
    ...foundIn(inherited, otherSources),
    ...inSection.flatMap((keys) => foundIn(keys, foundByAny)),
  ];
  return [...read, ...written];
}
