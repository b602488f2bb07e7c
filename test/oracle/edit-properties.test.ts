import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awsCliRefusal } from '../../src/credentials-file/format/aws-cli-refusal.ts';
import { type Reading, readAsAwsTools } from '../../src/credentials-file/format/aws-readers.ts';
import { editProfiles } from '../../src/credentials-file/format/edit-profiles.ts';
import { said } from '../fixtures/said.ts';
import { needs } from '../needs.ts';
import { tries } from '../tries.ts';
import { readWithJavaScript, type Sections, startBotocore } from './aws-file-readers.ts';

const python = needs('botocore');
// The same each time, so that a finding comes from a change; `ROLEFERRY_SEED` looks elsewhere.
const seed = Number(process.env.ROLEFERRY_SEED ?? 20261122);

const runs = tries(2_500, 10_000);

const own = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token', 'aws_security_token'];
const extra = ['x_security_token_expires', 'x_principal_arn'];
const sources = ['role_arn', 'credential_process', 'sso_session', 'source_profile'];
const touched = new Set([...own, ...extra, ...sources]);

const write = {
  name: 'dev',
  credentials: {
    accessKeyId: 'ASIANEWNEWNEWNEW1234',
    secretAccessKey: 'new/secret+',
    sessionToken: 'new//token==',
    expiration: '2030-01-01T00:00:00Z',
  },
  principalArn: 'arn:aws:sts::123456789012:assumed-role/R/me@x',
};
const { accessKeyId, secretAccessKey, sessionToken, expiration } = write.credentials;
const meant = [accessKeyId, secretAccessKey, sessionToken];
const meantSettings: Record<string, string> = {
  aws_access_key_id: accessKeyId,
  aws_secret_access_key: secretAccessKey,
  aws_session_token: sessionToken,
  x_security_token_expires: expiration,
  x_principal_arn: write.principalArn,
};

const pick = (...values: string[]) => fc.constantFrom(...values);
const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight: weight * 10, arbitrary });

const header = fc.oneof(
  often(8, pick('[dev]', '[default]', '[a]', '[b]', '[team/x:y]')),
  often(3, pick('[dev] # c', '[ dev ]', '[dev]\t', '[dev]; c', '[dev] # [x]', '["dev"]', '  [dev]')),
  often(2, pick('[profile dev]', '[profile x]', '[DEFAULT]', '[Dev]', '[my team]', '[a#b]')),
);
const key = fc.oneof(
  often(6, pick(...own, ...extra)),
  often(4, pick('region', 'output', 's3', 'k', 'cl\u00e9', 'in valid')),
  often(1, pick(...sources)),
  often(1, pick('AWS_ACCESS_KEY_ID', 'Aws_Session_Token', 'Region')),
);
const separator = fc.oneof(
  often(6, pick('=', ' = ')),
  often(2, pick('= ', '\t=\t', '   =  ', ' =')),
  often(0.3, pick(': =', '\u00a0= ')),
);
const value = fc.oneof(
  often(6, pick('ASIAOLD', 'old', 'x=y', 'a;b#c', 'arn:aws:iam::1:role/x', '[v]')),
  often(1, pick('', 'old # inline', 'old ; inline [x]', '# inline', 'v ', 'AKIAOLD', '"q"', '\u00e9\u00a0')),
);
const property = fc
  .tuple(pick('', '', '', '', '', '', '', '  '), key, separator, value)
  .map((parts) => parts.join(''));
const filler = fc.oneof(
  often(3, pick('', '', '  ', '\t')),
  often(3, pick('# c', '; [dev]', '# aws_session_token = c', '#', '# \u00fc')),
  often(1, pick('  # indented', '\t; indented')),
  often(2, pick('  more', '  n = 1', '\tn=1', '    deep = 1', '  aws_session_token = nested', '  [dev]')),
  often(0.1, pick('what', '[dev', '= x', '\u000c')),
);
const line = fc.oneof(often(2, header), often(6, property), often(2, filler));
const ending = fc.oneof(often(8, pick('\n')), often(1, pick('\r\n')), often(0.1, pick('\r\r\n', '\r')));

const content = fc
  .record({
    bom: fc.oneof(often(30, fc.constant(Buffer.alloc(0))), often(1, fc.constant(Buffer.from('\ufeff')))),
    first: fc.oneof(often(12, header), often(1, line)),
    lines: fc.array(fc.tuple(ending, line), { maxLength: 14 }),
    last: pick('\n', '\n', '', '\r\n', '\n\n'),
    bytes: fc.oneof(
      often(20, fc.constant(Buffer.alloc(0))),
      often(1, fc.constant(Buffer.from([35, 255, 254, 10]))),
    ),
  })
  .map(({ bom, first, lines, last, bytes }) =>
    Buffer.concat([bom, bytes, Buffer.from(first + lines.map(([end, text]) => end + text).join('') + last)]),
  );

type Botocore = Awaited<ReturnType<typeof startBotocore>>;
let botocore: Botocore;

beforeAll(async () => {
  if (!python.missing) botocore = await startBotocore(python.path);
});
afterAll(() => botocore?.stop());

/** Sections without what an update is there to change, for comparing before with after. */
function untouched(sections: Sections): Sections {
  const kept = Object.entries(sections).map(([section, keys]) => {
    const rest = Object.entries(keys).filter(
      ([name]) => section.trim() !== 'dev' || !touched.has(name.toLowerCase()),
    );
    return [section, Object.fromEntries(rest)] as const;
  });
  return Object.fromEntries(kept.filter(([, keys]) => Object.keys(keys).length > 0));
}

const headers = (bytes: Buffer) => bytes.toString('latin1').match(/\[.*$/gm) ?? [];

const devHeader = 'the header of dev';

/** The lines of a file that are not ours to change, told apart by a second, simpler rule than the editor's own. */
function foreignLines(bytes: Buffer): string[] {
  const kept: string[] = [];
  let inDev = false;
  let dropping = false;
  let level = Number.POSITIVE_INFINITY;
  for (const line of bytes
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .split('\n')) {
    const text = line.replace(/\r+$/, '');
    const [, margin = '', rest = ''] = /^([ \t]*)(.*)$/s.exec(text) ?? [];
    const name = /^\[([^\]]*)\]/.exec(rest)?.[1];
    const comment = /^[#;]/.test(rest);
    const continuation = margin.length > level;
    const setting = continuation || comment ? undefined : /^([^=]+?)[ \t]*=/.exec(rest)?.[1]?.toLowerCase();
    if (rest === '') continue;
    if (name !== undefined && !continuation) {
      inDev = name.trim() === 'dev';
      level = Number.POSITIVE_INFINITY;
      dropping = false;
      kept.push(inDev ? devHeader : text);
    } else {
      if (setting !== undefined) {
        level = margin.length;
        dropping = inDev && touched.has(setting);
      }
      if (comment) kept.push(inDev ? rest : text);
      else if (!dropping) kept.push(text);
    }
  }
  return kept.filter((text) => !/^[#;] (inline|c$|\[x\])/.test(text.trim()));
}

describe.skipIf(python.missing)(`an edit of any file (seed ${seed})`, () => {
  test('is what botocore and the SDK for JavaScript read, and all else stays', {
    timeout: 240_000,
  }, async () => {
    const seen = { written: 0, refused: 0, notUnderstood: 0 };
    const property = fc.asyncProperty(content, fc.boolean(), async (before, replace) => {
      const edited = editProfiles('F', before, [{ name: 'dev', replace, write: { ...write } }]);
      if (!edited.ok) {
        seen.notUnderstood++;
        return;
      }
      const after = Buffer.concat(edited.value.pieces);
      if (edited.value.refused.size > 0) {
        seen.refused++;
        expect(after.equals(before)).toBe(true);
        return;
      }
      seen.written++;
      const old = await botocore.read(before, 'dev');
      const now = await botocore.read(after, 'dev');
      if (old.sections) expect(now.sections).not.toBeNull();
      if (now.sections) {
        expect(now.credentials).toEqual(meant);
        expect(now.sections.dev).toMatchObject(meantSettings);
      }
      const scriptOld = await readWithJavaScript(before);
      const scriptNow = await readWithJavaScript(after);
      expect(scriptNow.dev).toMatchObject(meantSettings);
      // Where the section's header had to be made readable, its settings come into view for the first time.
      const kept = headers(before);
      const headerKept = headers(after).slice(0, kept.length).join() === kept.join();
      if (headerKept) {
        if (old.sections && now.sections) {
          // A new section inherits from [DEFAULT] at once.
          if (!('dev' in old.sections)) delete now.sections.dev;
          expect(untouched(now.sections)).toEqual(untouched(old.sections));
        }
        expect(untouched(scriptNow)).toEqual(untouched(scriptOld));
      }
      const lines = foreignLines(before);
      const added = lines.includes(devHeader) ? [] : [devHeader];
      expect(foreignLines(after)).toEqual([...lines, ...added]);
      const again = editProfiles('F', after, [{ name: 'dev', write: { ...write } }]);
      expect(again.ok && Buffer.concat(again.value.pieces).equals(after)).toBe(true);
    });
    await fc.assert(property, { seed, numRuns: runs });
    console.log(`seed ${seed}: ${JSON.stringify(seen)}`);
    expect(seen.written).toBeGreaterThan(0.3 * runs);
  });

  test('is judged by models that read as botocore and the SDK for JavaScript do', {
    timeout: 240_000,
  }, async () => {
    const property = fc.asyncProperty(content, async (bytes) => {
      const text = bytes.toString('latin1');
      // The models know no lone carriage returns; the editor lets none through to them.
      if (/\r(?!\r*\n)/.test(text)) return;
      const models = readAsAwsTools(text);
      const real = (await botocore.read(bytes, 'dev')).sections;
      expect(plain(models.botocore, 'DEFAULT')).toEqual(real ? withoutBlankLines(real) : null);
      const script = await readWithJavaScript(bytes);
      expect(untouchedEmpty(plain(models.javascript))).toEqual(script);
    });
    await fc.assert(property, { seed, numRuns: runs });
  });

  test.each<[string, string | number[], string | undefined]>([
    ['a byte that is not UTF-8 in a comment', [35, 0xe9, 10, 91, 97, 93, 10], 'line 1 has a byte'],
    ['half a character', [91, 97, 93, 10, 107, 61, 0xc3, 10], 'line 2 has a byte'],
    ['a character that is longer than it must be', [35, 0xc0, 0xaf, 10], 'line 1 has a byte'],
    ['half of a surrogate pair', [35, 0xed, 0xa0, 0x80, 10], 'line 1 has a byte'],
    ['a byte order mark', '\ufeff[a]\nk = 1\n', 'a byte order mark'],
    ['a section twice', '[a]\n[b]\n[a]\n', 'line 3 repeats a section'],
    ['a key twice', '[a]\nk = 1\nk = 2\n', 'line 3 repeats k'],
    ['region beside Region', '[a]\nregion = x\nRegion = y\n', 'line 3 repeats region'],
    ['a line without an equals sign', '[a]\nwhat\n', 'line 2'],
    ['text above the first section', 'k = 1\n[a]\n', 'line 1'],
    ['German letters and an emoji', '# \u00fc\n[a]\nk = \ud83d\ude00\n', undefined],
    ['a byte order mark in the middle', '[a]\nk = \ufeffx\n', undefined],
    ['a key twice in two sections', '[a]\nk = 1\n[b]\nk = 1\n', undefined],
    ['nothing', '', undefined],
  ])('%s is refused by botocore where a person is told so', async (_, given, reason) => {
    const bytes = Buffer.from(given as string);
    expect((await botocore.read(bytes, 'a')).sections === null).toBe(reason !== undefined);
    const told = said(awsCliRefusal('F', bytes));
    if (reason === undefined) expect(told).toBe('');
    else expect(told).toContain(reason);
  });
});

function plain(reading: Reading | undefined, defaults?: string): Sections | null {
  if (!reading) return null;
  const inherited = Object.fromEntries(reading.sections.get(defaults ?? '') ?? []);
  const sections = [...reading.sections].filter(([name]) => name !== defaults);
  return Object.fromEntries(
    sections.map(([name, keys]) => [name, { ...inherited, ...Object.fromEntries(keys) }]),
  );
}

const untouchedEmpty = (sections: Sections | null) =>
  Object.fromEntries(Object.entries(sections ?? {}).filter(([, keys]) => Object.keys(keys).length > 0));

/** botocore keeps blank lines inside values, which the models leave out. */
const withoutBlankLines = (sections: Sections): Sections =>
  Object.fromEntries(
    Object.entries(sections).map(([name, keys]) => [
      name,
      Object.fromEntries(Object.entries(keys).map(([k, v]) => [k, v.replace(/\n{2,}/g, '\n')])),
    ]),
  );
