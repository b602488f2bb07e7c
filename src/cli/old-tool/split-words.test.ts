import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { needs } from '../../../test/needs.ts';
import { splitWords } from './split-words.ts';

const lines = [
  'aws s3 ls',
  '  aws\ts3\n ls ',
  '',
  '   ',
  `sh -c 'echo "$HOME" | cat'`,
  `a'b'"c"d ''`,
  `"a \\"b\\" \\\\ \\n $x" \\'c\\ d`,
  'a;b&c>d|e *?[x] ~ $(x) `y` #z',
  "it's",
  'say "hello',
  'end\\',
  '"\\',
  'ä\u00a0ö',
];

const expected: Record<string, string[] | undefined> = {
  'aws s3 ls': ['aws', 's3', 'ls'],
  '   ': [],
  "it's": undefined,
  'end\\': undefined,
};

it.each(Object.entries(expected))('takes %j apart', (line, words) => {
  expect(splitWords(line)).toEqual(words);
});

const python = needs('python3');

it('takes command lines apart as the old tool does', { skip: python.missing }, () => {
  const program = `
import json, shlex, sys
def split(line):
    try: return shlex.split(line)
    except ValueError: return None
print(json.dumps([split(line) for line in json.load(sys.stdin)]))`;
  const { stdout } = spawnSync(python.path, ['-c', program], {
    input: JSON.stringify(lines),
    encoding: 'utf8',
  });
  expect(lines.map((line) => splitWords(line) ?? null)).toEqual(JSON.parse(stdout));
});
