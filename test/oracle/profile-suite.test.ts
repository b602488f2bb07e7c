import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { profileOfSection } from '../../src/credentials-file/config/add-settings.ts';
import { locateFiles } from '../../src/credentials-file/files/locate.ts';
import { readAsAwsTools } from '../../src/credentials-file/format/aws-readers.ts';
import { editProfiles } from '../../src/credentials-file/format/edit-profiles.ts';
import {
  appendSection,
  applyEdits,
  editsOf,
  insertProperties,
  replaceProperty,
} from '../../src/credentials-file/format/line-edits.ts';
import { parseLines } from '../../src/credentials-file/format/parse-lines.ts';
import type { Sections } from './aws-file-readers.ts';

/**
 * The test data that AWS SDKs and the AWS CLI use for themselves. It is not part of this repository; where it is
 * missing these tests are skipped, on CI they fail.
 */
const samples = join(process.env.ROLEFERRY_SAMPLES ?? '../shared/samples', 'profiles');
const missing = !existsSync(samples);
if (missing && process.env.CI === 'true') throw new Error(`no AWS test data in ${samples}`);
if (missing) console.warn(`Skipped: no AWS test data in ${samples} (set ROLEFERRY_SAMPLES)`);

/** Where the editor is meant to do otherwise than the AWS CLI's writer; see docs/credentials-file.md. */
const differences: Record<string, string> = {
  test_appends_newline_on_new_section: 'a blank line goes before a new section',
  test_section_does_not_exist: 'a blank line goes before a new section',
  test_handles_no_spaces: 'a new key takes the spacing of the one above it',
  test_update_single_existing_value_no_spaces: 'the spacing around = stays',
  test_add_to_nested_with_nested_in_the_end: 'nested settings are never written',
  test_add_to_nested_with_nested_in_the_middle: 'nested settings are never written',
  test_nested_attributes_new_file: 'nested settings are never written',
  test_update_nested_attr_no_prior_nesting: 'nested settings are never written',
  test_update_nested_attribute: 'nested settings are never written',
  test_updated_nested_attribute_new_section: 'nested settings are never written',
};

const load = (name: string) =>
  missing ? { tests: [] } : JSON.parse(readFileSync(join(samples, name), 'utf8'));
const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
const utf8 = (text: string) => Buffer.from(text, 'latin1').toString('utf8');

interface ParserCase {
  name: string;
  input: { configFile?: string; credentialsFile?: string };
  output: { config?: { profiles: Sections }; errorContaining?: string };
}

describe.skipIf(missing)('the suite that the SDKs share', () => {
  const { tests } = load('smithy-rs-profile-parser-tests.json') as { tests: ParserCase[] };

  test('has its 65 cases', () => expect(tests).toHaveLength(missing ? 0 : 65));

  test.each(tests.map((each, index) => [index, each.name, each] as const))(
    '%i: %s',
    (_, __, { input, output }) => {
      const contents = [input.configFile, input.credentialsFile].map((text) => text && latin1(text));
      if (output.errorContaining !== undefined) {
        expect(contents.filter((content) => content && !parseLines(content).ok)).toHaveLength(1);
        return;
      }
      const [config, credentials] = contents.map((content) => sectionsOf(content ?? ''));
      const profiles = configProfiles(config ?? {});
      for (const [name, keys] of Object.entries(credentials ?? {})) {
        if (/^[\w\-/.%@:+]+$/.test(name)) profiles[name] = { ...profiles[name], ...keys };
      }
      expect(profiles).toEqual(output.config?.profiles);
    },
  );

  test.each(
    tests.filter(({ output }) => output.config).map((each, index) => [index, each.name, each] as const),
  )('%i, as a credentials file, is as it was but for the profile written: %s', (_, __, { input }) => {
    const content = latin1(
      input.credentialsFile ?? input.configFile?.replaceAll(/\[(\s*)profile\s+/g, '[$1') ?? '',
    );
    const { content: edited, refused } = write(content, 'foo');
    expect([...refused]).toEqual([]);
    const { foo: _old, ...before } = sectionsOf(content);
    const { foo, ...after } = sectionsOf(edited);
    expect(after).toEqual(before);
    expect(foo).toMatchObject({ aws_access_key_id: 'ASIANEWNEWNEWNEW1234', aws_session_token: 'new' });
    expect(write(edited, 'foo').content).toBe(edited);
  });
});

interface WriterCase {
  name: string;
  original?: string;
  update: Record<string, string | object>;
  expected: string;
}

describe.skipIf(missing)("the cases of the AWS CLI's writer", () => {
  const { tests } = load('awscli-writer-tests.json') as { tests: WriterCase[] };
  const cases = tests.filter((each) => each.original !== undefined);

  test('are 23', () => expect(cases).toHaveLength(missing ? 0 : 23));

  test.each(cases.map((each) => [each.name, each] as const))(
    '%s',
    (name, { original = '', update, expected }) => {
      const { __section__: section = 'default', ...settings } = update;
      const nested = Object.values(settings).some((value) => typeof value !== 'string');
      const reason = differences[name];
      if (nested) {
        expect(reason).toBe('nested settings are never written');
        return;
      }
      const edited = set(original, String(section), settings as Record<string, string>);
      const readings = [edited, expected].map((content) => readAsAwsTools(content));
      expect(readings[0]?.botocore?.sections).toEqual(readings[1]?.botocore?.sections);
      if (reason) expect(edited).not.toBe(expected);
      else expect(edited).toBe(expected);
    },
  );
});

interface LocationCase {
  name: string;
  environment: Record<string, string>;
  platform: string;
  configLocation: string;
  credentialsLocation: string;
}

describe.skipIf(missing)('the file locations of the SDKs', () => {
  const { tests } = load('smithy-rs-file-location-tests.json') as { tests: LocationCase[] };

  test('are 9', () => expect(tests).toHaveLength(missing ? 0 : 9));

  test.each(tests.map((each, index) => [index, each.name, each] as const))('%i: %s', (_, __, each) => {
    const platform = each.platform === 'windows' ? 'win32' : 'linux';
    expect(locateFiles(each.environment, platform, '/nowhere')).toEqual({
      credentialsFile: each.credentialsLocation,
      configFile: each.configLocation,
    });
  });
});

function sectionsOf(content: string): Sections {
  const { others } = readAsAwsTools(content);
  if (!others) throw new Error('refused');
  const sections: Sections = {};
  for (const [name, keys] of others.sections) {
    const valid = [...keys].filter(([key]) => /^[\w\-/.%@:+]+$/.test(key));
    sections[name] = Object.fromEntries(valid.map(([key, value]) => [key, utf8(value)]));
  }
  return sections;
}

/** The rules by which SDKs turn the sections of a config file into profiles. */
function configProfiles(sections: Sections): Sections {
  const profiles: Sections = {};
  for (const [section, keys] of Object.entries(sections)) {
    const name = /^profile\s+([\w\-/.%@:+]+)$/.exec(section)?.[1];
    if (name) profiles[name] = keys;
    else if (section === 'default' && !('profile default' in sections)) profiles.default = keys;
  }
  return profiles;
}

function write(content: string, name: string) {
  const credentials = {
    accessKeyId: 'ASIANEWNEWNEWNEW1234',
    secretAccessKey: 'new',
    sessionToken: 'new',
    expiration: '2030-01-01T00:00:00Z',
  };
  const principalArn = 'arn:aws:sts::123456789012:assumed-role/R/me';
  const before = Buffer.from(content, 'latin1');
  const edited = editProfiles('F', before, [{ name, write: { name, credentials, principalArn } }]);
  if (!edited.ok) throw new Error(JSON.stringify(edited));
  return { content: Buffer.concat(edited.value.pieces).toString('latin1'), refused: edited.value.refused };
}

/** Sets any keys with the editor's own parts, as the CLI's test cases need. */
function set(content: string, name: string, settings: Record<string, string>): string {
  const parsed = parseLines(content);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed));
  const edits = editsOf(parsed.value);
  const profile = name.replace(/^profile /, '');
  const section = edits.sections.find(
    (each) => each.name === name || profileOfSection(each.name) === profile,
  );
  const missing = new Map(Object.entries(settings));
  if (!section) appendSection(edits, name, missing);
  else {
    for (const [key, value] of missing) if (replaceProperty(edits, section, key, value)) missing.delete(key);
    insertProperties(edits, section, missing);
  }
  return applyEdits(edits);
}
