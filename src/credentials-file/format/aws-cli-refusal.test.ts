import { expect, test } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { awsCliRefusal } from './aws-cli-refusal.ts';

const refusalOf = (content: string) => awsCliRefusal('F', Buffer.from(content, 'latin1'));
const refused = (reason: string) =>
  saying('file-not-for-aws-cli', `cannot read F, and so none of its profiles: ${reason}.`);

test.each(['', '[dev]\nk = 1\n[b]\nk = 1\n', '# \u00c3\u00a9\n[dev]\r\nk = \u00c3\u00a9\r\n'])(
  'the AWS CLI reads %j',
  (content) => {
    expect(refusalOf(content)).toBeUndefined();
  },
);

test.each([
  ['\u00ef\u00bb\u00bf[dev]\n', 'it begins with a byte order mark'],
  ['[dev]\nk = 1\n# \u00ff\n', 'line 3 has a byte that is not UTF-8'],
  ['# \u00e9', 'line 1 has a byte that is not UTF-8'],
  ['[dev]\nk = 1\nnothing\nl = 2\n', 'it does not understand line 3'],
  ['k = 1\n[dev]\n', 'it does not understand line 1'],
  ['[dev]\nk = 1\n[b]\nk = 1\n[dev] # again\n', 'line 5 repeats a section'],
  ['[dev]\nk = 1\n[b]\nk: 1\nl = 2\nm = 3\nl = 4\n', 'line 7 repeats l'],
  ['[dev]\nAWS_Key.id = 1\n[b]\n[c]\naws_key.id = 2\n  AWS_KEY.ID: 3', undefined],
  ['[dev]\nAWS_Key.id = 1\n\naws_key.id: 2\n', 'line 4 repeats aws_key.id'],
  ['[dev]\ns3 =\n  more\n[b]\n', 'it does not understand line 3'],
  ['  [dev]\n  k = 1\n  [dev]\n', 'line 3 repeats a section'],
  ['[dev] # c\n[dev]\n', 'line 2 repeats a section'],
  ['[dev]\nk = [x]\nk = [x]\n', 'line 3 repeats k'],
  ['  [dev]\n  k = 1\n  k = 2\n', 'line 3 repeats k'],
  ['[dev]\na b = 1\na b = 1\n', 'it does not understand line 3'],
  ['# c\nk = 1\n[dev]\n', 'it does not understand line 2'],
])('of %j it is said what the AWS CLI stumbles over', (content, reason) => {
  expect(refusalOf(content)).toEqual(reason && refused(reason));
});

test('a line that is like one of another section is not told as twice there', () => {
  expect(refusalOf('[a]\nk = 1\n[b]\nl = 1\nk\n')).toEqual(refused('it does not understand line 5'));
  expect(refusalOf('[a]\nnothing\n')).toEqual(refused('it does not understand line 2'));
});

test('the first of several lines is told, in a long file too', () => {
  const lines = Array.from({ length: 100 }, (_, at) => `[p${at}]\nk = 1\n`);
  for (const at of [0, 49, 50, 99]) {
    const content = [...lines.toSpliced(at, 1, `[p${at}]\nnothing\n`), 'nothing more\n'].join('');
    expect(refusalOf(content)).toEqual(refused(`it does not understand line ${2 * at + 2}`));
  }
});
