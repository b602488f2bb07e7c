import type { Reason } from '../../../../failure-reasons.ts';
import type { ReasonWords } from '../../../../failure-words.ts';

export const file: ReasonWords<Reason<'file'>> = {
  permission: 'permission denied',
  'read-only-system': 'the file system is read-only',
  folder: 'it is a folder',
  path: 'a part of its path is not a folder',
  'folder-missing': 'its folder is not there',
  'file-missing': 'there is no such file',
  'name-too-long': 'its name is too long',
  disk: 'the disk reports an error',
  'open-files': 'too many files are open',
  'read-only': 'it is read-only',
  'other-owner': 'it belongs to another user',
  special: 'it is a device or a pipe, not a file',
  link: 'it is a link',
  'no-space': 'there is no space left',
  system: (p) => `the system says ${p.code}`,
  unclear: 'the system gives no reason',
  empty: 'it is empty',
};

export const line: ReasonWords<Reason<'line'>> = {
  'utf-16': 'the file is UTF-16, not UTF-8',
  nul: 'there is a NUL byte in it, so this is not a text file',
  'carriage-return': 'there is a carriage return without a line feed in it',
  'control-character': (p) => `there is a control character (${p.character}) in it`,
  'no-section': 'there is no [section] above it',
  'no-bracket': 'the section name has no closing bracket',
  'after-bracket': 'there is something after the closing bracket of the section',
  'no-section-name': 'the section has no name',
  'no-equals': "it has no '=', so it is not a setting",
  'no-key': "there is no name before its '='",
  disputed: 'AWS tools read it in different ways',
  'disputed-profile': (p) =>
    `AWS tools read it in different ways, so the profile ${p.profile} cannot be written for all of them`,
};

export const awsCli: ReasonWords<Reason<'awsCli'>> = {
  'byte-order-mark': 'it begins with a byte order mark',
  'not-utf-8': (p) => `line ${p.line} has a byte that is not UTF-8`,
  line: (p) => `it does not understand line ${p.line}`,
  'section-twice': (p) => `line ${p.line} repeats a section`,
  'key-twice': (p) => `line ${p.line} repeats ${p.key}`,
};

export const place: ReasonWords<Reason<'place'>> = {
  remote: 'it is on another machine, or a device',
  relative: 'it is not an absolute path',
  invisible: 'it has invisible characters',
  'no-drive': 'it names no drive',
  device: 'it is a device',
  'windows-characters': 'it has characters that Windows does not allow',
  roundabout: 'it can be written shorter',
  'folder-missing': 'its folder is not there',
  'broken-link': 'it is a link to nothing',
  system: 'it is a device, or belongs to the system',
  'of-host': 'it is among the host’s own files',
  'config-file': 'it is the config file of AWS tools',
  'foreign-folder': 'its folder belongs to other programs',
  'foreign-name': 'its name says that it is something else',
  'outside-home': 'it is not in your home folder',
  'foreign-owner': 'its folder is not yours',
  'foreign-writers': 'others can write to its folder',
  folder: 'it is a folder',
  special: 'it is a device or a pipe, not a file',
  'too-large': 'it is too large for a credentials file',
  'not-yours': 'it is not yours',
  program: 'it is a program',
  unclear: 'it cannot be looked at',
  unreadable: 'it cannot be read',
  'other-content': 'it is not a credentials file',
  'config-content': 'it is a config file of AWS tools',
};

export const value: ReasonWords<Reason<'value'>> = {
  empty: 'it is empty',
  'line-break': 'it has a line break in it',
  space: 'it has a space in it',
  comment: 'it has a character in it that begins a comment',
  character: 'it has a character in it that no such value has',
};

export const name: ReasonWords<Reason<'name'>> = {
  empty: 'it is empty',
  'too-long': 'it is longer than 128 characters',
  'line-break': 'it has a line break in it',
  space: 'it has a space in it',
  invisible: 'it has an invisible character in it',
  character: (p) => `it has ${p.character} in it`,
  'sdk-for-javascript': 'the AWS SDK for JavaScript does not read it',
  default: 'the AWS CLI takes [DEFAULT] in capitals for settings of all profiles',
  placeholder: (p) => `it has ${p.character} in it, and only ${p.known} are filled in`,
  'command-line': (p) => `a command line would take its ${p.character} for something else`,
};

const quotes = 'in quotes, which AWS tools take for a part of it';
const blank = 'with a space or another character that AWS does not accept';
const character = 'with a character that AWS does not accept';

export const content: ReasonWords<Reason<'content'>> = {
  'long-lived-key': 'a long-lived access key',
  'access-key': 'an access key',
  'key-without-token': 'an access key without a session token',
  'secret-without-token': 'a secret key without a session token',
  'secret-without-key': 'a secret key without an access key',
  'key-quotes': `an access key ${quotes}`,
  'key-blank': `an access key ${blank}`,
  'key-kind': 'an access key that belongs to no role',
  'secret-quotes': `a secret key ${quotes}`,
  'secret-blank': `a secret key ${blank}`,
  'secret-character': `a secret key ${character}`,
  'token-quotes': `a session token ${quotes}`,
  'token-blank': `a session token ${blank}`,
  'token-character': `a session token ${character}`,
  'other-sources': '',
};
