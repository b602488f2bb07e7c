import { expect, test } from 'vitest';
import { editPlainFile } from './edit-plain-file.ts';
import { editWholeFile } from './edit-whole-file.ts';
import { isPlain, sectionsOf } from './plain-sections.ts';

const textsOf = (content: string, ...names: string[]) => {
  const bytes = Buffer.from(content, 'latin1');
  const plain = isPlain(bytes) ? sectionsOf(bytes, names) : undefined;
  return (
    plain &&
    [...plain.found.values(), plain.last].map(({ start, end }) => bytes.toString('latin1', start, end))
  );
};

test('a section goes from its header to the next one', () => {
  const content = '# mine\n\n[a]\nk = 1\n# [b]\n\n[b]\r\nk=[a]\r\n[c]';
  expect(textsOf(content, 'a', 'b', 'x')).toEqual(['[a]\nk = 1\n# [b]\n\n', '[b]\r\nk=[a]\r\n', '[c]']);
});

test.each([
  ['nothing', ''],
  ['no section', '# c\n'],
  ['a setting above the first section', 'k = 1\n[a]\n'],
  ['a setting without a value there', 'k=\n[a]\n'],
  ['a byte order mark', '\u00ef\u00bb\u00bf[a]\n'],
  ['an indented line', '[a]\n k = 1\n'],
  ['a line of blanks', '[a]\n \n'],
  ['an indented header', '[a]\n\t[b]\n'],
  ['blanks that only some readers pass over', '[a]\n\u00a0[b]\n'],
  ['a header with something behind it', '[a] # c\n'],
  ['a header without an end', '[a\n'],
  ['a name with a blank', '[profile a]\n'],
  ['a key without a value', '[a]\nk\n'],
  ['a key with a colon', '[a]\nk: v = 1\n'],
  ['a key that is not ASCII', '[a]\n\u00e9 = 1\n'],
  ['a control character', '[a]\nk = \u001b\n'],
  ['DEL', '[a]\nk = \u007f\n'],
  ['a carriage return inside a line', '[a]\nk = 1\rj = 2\n'],
  ['two carriage returns at the end of a line', '[a]\r\r\n'],
  ['settings for all sections', '[DEFAULT]\nk = 1\n[a]\n'],
  ['a wanted section twice', '[a]\n[b]\n[a]\n'],
])('a file with %s is not plain', (_, content) => {
  expect(textsOf(content, 'a')).toBeUndefined();
});

test('many sections are found as a few are, and one that is there twice is refused among them too', () => {
  const names = Array.from({ length: 20 }, (_, at) => `p${at}`);
  const file = (above: string) => `${above}${names.map((name) => `[${name}]\nk = [p3]\n`).join('')}`;
  for (const above of ['', '# c\n', '[other]\r\n']) {
    const each = names.map((name) => textsOf(file(above), name)?.[0]);
    expect(textsOf(file(above), ...names, 'none')?.slice(0, -1)).toEqual(each);
    expect(textsOf(`${file(above)}[p7]\n`, ...names)).toBeUndefined();
  }
  expect(textsOf('# c\n', ...names)).toBeUndefined();
});

const large = (line: string) =>
  Array.from(
    { length: 1_500 },
    (_, at) => `[p-${at}]\naws_access_key_id = ASIA${at}\n${at === 1_234 ? line : '# c'}\n`,
  );

test('of a large file the same is made as by reading all of it', () => {
  const content = large('aws_session_token = old # c').join('\n');
  const write = (name: string) => ({
    name,
    write: {
      name,
      credentials: {
        accessKeyId: 'ASIANEWNEWNEWNEW1234',
        secretAccessKey: 'new',
        sessionToken: 'new',
        expiration: '2030-01-01T00:00:00Z',
      },
      principalArn: 'arn:aws:sts::123456789012:assumed-role/R/me',
    },
    replace: true,
  });
  const changes = ['p-1234', 'p-0', 'new', 'p-1499', 'p-700'].map(write);
  const edited = Buffer.concat(editPlainFile('F', Buffer.from(content), changes) ?? []).toString();
  expect(edited).not.toBe('');
  expect(editWholeFile('F', content, changes)).toMatchObject({ ok: true, value: { content: edited } });
});

test.each([' k = 1', 'k', '[p-3]', '[DEFAULT]', 'k = \u0000'])(
  'far down in a large file %j is seen',
  (line) => {
    expect(textsOf(large(line).join(''), 'p-3')).toBeUndefined();
    expect(textsOf(large('k = 1').join(''), 'p-3')).toBeDefined();
  },
);
