import { expect, test } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { processCommand } from './command-line.ts';

const lineFor = (program: string, platform: NodeJS.Platform = 'linux', login = false) => {
  const line = processCommand(program, 'dev', { login, platform });
  return line.ok ? line.value : line.failure;
};
const rest = 'credential-process --profile dev';

test.each<[string, NodeJS.Platform, string]>([
  ['/usr/bin/roleferry', 'linux', '/usr/bin/roleferry'],
  ['/home/jo doe/roleferry', 'linux', "'/home/jo doe/roleferry'"],
  ['/home/ünï/roleferry', 'darwin', "'/home/ünï/roleferry'"],
  ["/home/jo's/roleferry's", 'darwin', "'/home/jo'\\''s/roleferry'\\''s'"],
  ['$HOME/roleferry', 'linux', "'$HOME/roleferry'"],
  ['C:\\roleferry\\roleferry.cmd', 'win32', 'C:\\roleferry\\roleferry.cmd'],
  ['C:\\Program Files\\roleferry.cmd', 'win32', '"C:\\Program Files\\roleferry.cmd"'],
  ['C:\\a&b\\roleferry.cmd', 'win32', '"C:\\a&b\\roleferry.cmd"'],
])('the program %s on %s is quoted as its shell needs it', (program, platform, quoted) => {
  expect(lineFor(program, platform)).toBe(`${quoted} ${rest}`);
});

test('it opens the login where that is wanted', () => {
  expect(lineFor('/x/roleferry', 'linux', true)).toBe(`/x/roleferry ${rest} --login`);
});

test.each([
  ['/home/jo #1/roleferry', 'a blank with # or ;'],
  ['/home/jo\t;/roleferry', 'a blank with # or ;'],
  ['/home/"jo"/roleferry', 'a character'],
  ['/home/jo\n/roleferry', 'a character'],
])('no quoting works for %j', (program, why) => {
  expect(lineFor(program)).toEqual(saying('process-path-unfit', `there is ${why}`));
});

test.each(['/home/jo#1/roleferry', '/home/jo;/roleferry'])(
  '%s has a sign of a comment, but no comment',
  (program) => {
    expect(lineFor(program)).toBe(`'${program}' ${rest}`);
  },
);
