import { expect, test } from 'vitest';
import { parseLines, splitLines } from './parse-lines.ts';

const lines = (content: string) => {
  const parsed = parseLines(content);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed));
  return parsed.value.lines;
};

const refusal = (content: string) => {
  const parsed = parseLines(content);
  return parsed.ok ? undefined : [parsed.line, parsed.reason];
};

test('a carriage return belongs to the ending of its line, and where there is none to its text', () => {
  expect(splitLines('a\r\r\n\r\nb\r')).toEqual([
    { text: 'a', ending: '\r\r\n' },
    { text: '', ending: '\r\n' },
    { text: 'b\r', ending: '' },
  ]);
});

test('lines put together again are the file, whatever its endings', () => {
  const content = '\u00ef\u00bb\u00bf# \u00ff\r\n[a]\n\r\nk=v\r\r\n  more\nlast = 1';
  const parsed = parseLines(content);
  expect(parsed.ok && parsed.value.bom + parsed.value.lines.map((l) => l.text + l.ending).join('')).toBe(
    content,
  );
});

test('a property is taken apart into key, separator, value and comment', () => {
  expect(lines('[a]\n Key\t=  v=1;x #c ; d')[1]).toMatchObject({
    indent: 1,
    key: 'Key',
    separator: '\t=  ',
    value: 'v=1;x',
    comment: '#c ; d',
  });
  expect(lines('[a]\nk = # none')[1]).toMatchObject({ value: '', comment: '# none', separator: ' = ' });
  expect(lines('[a]\nk =#v')[1]).toMatchObject({ value: '#v', comment: '' });
});

test('a section name is trimmed and may have a comment behind it', () => {
  expect(lines('[ dev ] # x')[0]).toMatchObject({ kind: 'header', name: 'dev', comment: '# x' });
  expect(lines('[dev];x')[0]).toMatchObject({ name: 'dev', comment: ';x' });
});

test('indented lines go on with the property above, and blank lines and comments do not end it', () => {
  const kinds = lines('[a]\ns3 =\n  x = 1\n\n# c\n\ty = 2\nk = 1\n[b]').map((line) => line.kind);
  expect(kinds).toEqual([
    'header',
    'property',
    'continuation',
    'blank',
    'comment',
    'continuation',
    'property',
    'header',
  ]);
});

test('a section may be indented as a whole', () => {
  const kinds = lines('  [a]\n  k = 1\n  l = 2\n    more\n').map((line) => line.kind);
  expect(kinds).toEqual(['header', 'property', 'property', 'continuation']);
});

test.each([
  ['[dev\nk=v', [1, 'no-bracket']],
  ['[dev] x', [1, 'after-bracket']],
  ['[dev] [b]', [1, 'after-bracket']],
  ['[dev]]', [1, 'after-bracket']],
  ['[ ]', [1, 'no-section-name']],
  ['\nk = v', [2, 'no-section']],
  [' more', [1, 'no-section']],
  ['[a]\nk : v', [2, 'no-equals']],
  ['[a]\n= v', [2, 'no-key']],
  ['[a]\ns3 =\n  more', [3, 'no-equals']],
  ['[a]\rk=v\r', [1, 'carriage-return']],
  ['[a]\n\0\n\n', [2, 'nul']],
  ['[a]\n\nk=\0', [3, 'nul']],
  ['[a]\nk=\u001b[0m', [2, { is: 'control-character', character: 'U+001B' }]],
  ['\u00ff\u00fe[\0', [1, 'utf-16']],
])('%j is not understood', (content, expected) => {
  expect(refusal(content)).toEqual(expected);
});

test('control characters in comments are nobody’s business', () => {
  expect(refusal('# \f\u001b\n[a]\n')).toBeUndefined();
});
