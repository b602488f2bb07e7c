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
