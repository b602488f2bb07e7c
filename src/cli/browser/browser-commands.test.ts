import { expect, it } from 'vitest';
import { browserCommands } from './browser-commands.ts';

const url = 'https://idp.example/a?b=%25&c=d e';
const wsl = '/mnt/c/Program Files (x86)/Google/Chrome/Application/chrome.exe';
const commands = (named: string, platform: NodeJS.Platform = 'linux', files: string[] = []) =>
  browserCommands(named, url, platform, (path) => files.includes(path));

it.each<[what: string, named: string, files: string[], expected: string[][]]>([
  ['one name', 'firefox', [], [['firefox', url]]],
  ['a program with options', 'firefox --new-tab', [], [['firefox', '--new-tab', url]]],
  ['%s where the address goes', 'open --url=%s -x', [], [['open', `--url=${url}`, '-x']]],
  [
    'a list',
    'first:second -n %s:third',
    [],
    [
      ['first', url],
      ['second', '-n', url],
      ['third', url],
    ],
  ],
  ['empty entries of a list', ' :first: ', [], [['first', url]]],
  ['a path with blanks', wsl, [wsl], [[wsl, url]]],
  [
    'a path with blanks, and options',
    `${wsl} --profile-directory=Work %s`,
    [wsl],
    [[wsl, '--profile-directory=Work', url]],
  ],
  [
    'a path with blanks in a list',
    `nothing:${wsl}`,
    [wsl],
    [
      ['nothing', url],
      [wsl, url],
    ],
  ],
  ['a path in quotes', `"${wsl}" --new-window`, [], [[wsl, '--new-window', url]]],
  ['single quotes', `'${wsl}' '%s'`, [], [[wsl, url]]],
  [
    'a colon in quotes',
    `"/opt/a:b c/browser" -x:other`,
    [],
    [
      ['/opt/a:b c/browser', '-x', url],
      ['other', url],
    ],
  ],
  ['quotes in the middle of a word', 'open --args="a b"', [], [['open', '--args=a b', url]]],
  ['a quote that is not closed', '"/opt/browser', [], [['"/opt/browser', url]]],
  ['nothing', '  ', [], []],
])('%s', (_, named, files, expected) => {
  expect(commands(named, 'linux', files)).toEqual(expected);
});

it('on Windows backslashes and colons are parts of paths', () => {
  const path = 'C:\\Program Files\\Mozilla Firefox\\firefox.exe';
  expect(commands(path, 'win32', [path])).toEqual([[path, url]]);
  expect(commands(`"${path}" -P work %s;other`, 'win32')).toEqual([
    [path, '-P', 'work', url],
    ['other', url],
  ]);
});
