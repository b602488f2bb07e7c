import { expect, test } from 'vitest';
import { readAsAwsTools } from './aws-readers.ts';

const read = (content: string) => {
  const readings = readAsAwsTools(content);
  const plain = (sections: Map<string, Map<string, string>> | undefined) =>
    sections && Object.fromEntries([...sections].map(([name, keys]) => [name, Object.fromEntries(keys)]));
  return {
    botocore: plain(readings.botocore?.sections),
    javascript: plain(readings.javascript?.sections),
    others: plain(readings.others?.sections),
  };
};

test('a plain file is the same to all of them', () => {
  const same = { dev: { k: 'v' }, b: { l: 'w=1' } };
  expect(read('# c\n[dev]\nk = v\n\n[b]\nl=w=1\n')).toEqual({
    botocore: same,
    javascript: same,
    others: same,
  });
});

test('botocore takes a comment behind a value for part of it', () => {
  const { botocore, javascript, others } = read('[dev]\nk = v # c');
  expect(botocore?.dev).toEqual({ k: 'v # c' });
  expect(javascript?.dev).toEqual({ k: 'v' });
  expect(others?.dev).toEqual({ k: 'v' });
});

test('botocore refuses a file with a duplicate, for the others the last one counts', () => {
  const { botocore, javascript, others } = read('[dev]\nk = 1\nk = 2\n');
  expect(botocore).toBeUndefined();
  expect([javascript?.dev, others?.dev]).toEqual([{ k: '2' }, { k: '2' }]);
  expect(read('[dev]\n[dev]\n').botocore).toBeUndefined();
});

test('only botocore and JavaScript read indented properties, and not alike', () => {
  const { botocore, javascript, others } = read('[dev]\nk = 1\n  l = 2');
  expect(botocore?.dev).toEqual({ k: '1\nl = 2' });
  expect(javascript?.dev).toEqual({ k: '1', l: '2' });
  expect(others?.dev).toEqual({ k: '1\nl = 2' });
  expect(read('[dev]\n  k = 1').others).toBeUndefined();
});

test('Java and its like take an indented comment for part of the value above', () => {
  const { botocore, others } = read('[dev]\nk = 1\n  # c');
  expect(botocore?.dev).toEqual({ k: '1' });
  expect(others?.dev).toEqual({ k: '1\n# c' });
});

test('botocore and Go take a colon for an equals sign', () => {
  expect(read('[dev]\nk: v=1').botocore?.dev).toEqual({ k: 'v=1' });
});

test('the three of them know a padded section by different names', () => {
  const { botocore, javascript, others } = read('[ dev ]\nk=v');
  expect([botocore, javascript, others].map((reading) => Object.keys(reading ?? {}))).toEqual([
    [' dev '],
    [' dev '],
    ['dev'],
  ]);
});

test('botocore stumbles over nested settings without a value where a section has or inherits them', () => {
  expect(read('[dev]\nregion =\n  more').botocore).toBeUndefined();
  expect(read('[DEFAULT]\nregion =\n  more\n[dev]').botocore).toBeUndefined();
  expect(read('[DEFAULT]\nregion =\n  more').botocore).toEqual({ DEFAULT: { region: '\nmore' } });
  expect(read('[DEFAULT]\nregion =\n  more\n[dev]\nregion = x').botocore?.dev).toEqual({ region: 'x' });
});

const utf8 = (text: string) => Buffer.from(text).toString('latin1');

test('a byte order mark, or a byte that is not UTF-8, keeps only botocore from reading', () => {
  for (const content of [utf8('\ufeff[dev]\nk = v'), '[dev]\nk = v\n# \u00ff']) {
    const { botocore, javascript, others } = read(content);
    expect(botocore).toBeUndefined();
    expect([javascript, others]).toEqual([{ dev: { k: 'v' } }, { dev: { k: 'v' } }]);
  }
});

test('a byte order mark anywhere else is a character like others', () => {
  const { botocore, javascript } = read(utf8('[dev]\nk = v\ufeffw\ufeff'));
  expect(botocore?.dev).toEqual({ k: 'v\ufeffw\ufeff' });
  expect(javascript?.dev?.k).toMatch(/^v\ufeffw/);
});

test('only botocore passes over the blanks of Unicode at both ends of a line', () => {
  expect(read(utf8('[dev]\nk = v\u00a0\nl = w \t')).botocore?.dev).toEqual({ k: 'v', l: 'w' });
  expect(read(utf8('[dev]\nk = v\n\u3000l = w')).botocore?.dev).toEqual({ k: 'v\nl = w' });
});

test('an indented section is one to botocore and JavaScript', () => {
  const { botocore, javascript, others } = read('  [dev]  \n  k = v  \n');
  expect([botocore, javascript]).toEqual([{ dev: { k: 'v' } }, { dev: { k: 'v' } }]);
  expect(others).toBeUndefined();
});

test('brackets in a value are no section', () => {
  const same = { dev: { k: '[x]' } };
  expect(read('[dev]\nk = [x]')).toEqual({ botocore: same, javascript: same, others: same });
});

test('a section without its closing bracket is passed over by JavaScript alone', () => {
  const { botocore, javascript, others } = read('[a]\nk = 1\n[b\nl = 2');
  expect([botocore, others]).toEqual([undefined, undefined]);
  expect(javascript).toEqual({ a: { k: '1', l: '2' } });
});

test('[DEFAULT] may be there twice', () => {
  expect(read('[DEFAULT]\nk = 1\n[DEFAULT]\nl = 2').botocore).toEqual({ DEFAULT: { k: '1', l: '2' } });
});

test.each(['k = v', '[dev]\nno setting', '[dev]\n= v'])('botocore refuses %j', (content) => {
  expect(read(content).botocore).toBeUndefined();
});

test('nested settings are read by each in its own way, and botocore wants every one to have a value', () => {
  const { botocore, javascript, others } = read('[dev]\ns3 =\n  a = 1\n  b = 2\nk = 3');
  expect(botocore?.dev).toEqual({ s3: '\na = 1\nb = 2', k: '3' });
  expect(javascript?.dev).toEqual({ 's3.a': '1', 's3.b': '2', k: '3' });
  expect(others?.dev).toEqual({ s3: '\na = 1\nb = 2', k: '3' });
  expect(read('[dev]\ns3 =\n  a = 1\n  more').botocore).toBeUndefined();
});

test('lines that begin with a comment sign set nothing', () => {
  const same = { dev: { m: '3' } };
  expect(read('[dev]\n#k = 1\n;l = 2\nm = 3\n')).toEqual({ botocore: same, javascript: same, others: same });
});

test('a line of blanks is no part of the value above', () => {
  const same = { dev: { k: '1', l: '2' } };
  expect(read('[dev]\nk = 1\n   \nl = 2\n')).toEqual({ botocore: same, javascript: same, others: same });
});

test.each([
  ['[profile dev]', 'profile.dev'],
  ['[profile "dev"]', 'profile.dev'],
  ["[profile 'dev']", 'profile.dev'],
  ['[sso-session a.b/c]', 'sso-session.a.b/c'],
  ['[services s]', 'services.s'],
  ['[other dev]', undefined],
  ['[profile "dev]', 'profile "dev'],
  ['[profile dev x]', 'profile dev x'],
  ['[a profile dev]', 'a profile dev'],
  ['[profile d!v]', 'profile d!v'],
  ['[p! dev]', 'p! dev'],
])('JavaScript knows %s as the section %j', (header, name) => {
  expect(read(`${header}\nk = v`).javascript).toEqual(name === undefined ? {} : { [name]: { k: 'v' } });
  expect(readAsAwsTools(header).javascript?.lines[0]).toEqual(name && { section: name });
});

test('of each line it is known what it opens or sets', () => {
  const lines = [
    undefined,
    { section: 'dev' },
    { section: 'dev', key: 'k' },
    undefined,
    { section: 'dev', key: 'l' },
  ];
  for (const reading of Object.values(readAsAwsTools('# c\n[dev]\nk = 1\n\nl = 2'))) {
    expect(reading?.lines).toEqual(lines);
  }
});
