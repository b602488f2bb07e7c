import * as v from 'valibot';

const text = v.string();
const number = v.number();

/** Why a file cannot be read or written. */
const file = {
  permission: {},
  'read-only-system': {},
  folder: {},
  path: {},
  'folder-missing': {},
  'file-missing': {},
  'name-too-long': {},
  disk: {},
  'open-files': {},
  'read-only': {},
  'other-owner': {},
  special: {},
  link: {},
  'no-space': {},
  system: { code: text },
  unclear: {},
  empty: {},
};

/** Why a line of an AWS file cannot be understood. */
const line = {
  'utf-16': {},
  nul: {},
  'carriage-return': {},
  'control-character': { character: text },
  'no-section': {},
  'no-bracket': {},
  'after-bracket': {},
  'no-section-name': {},
  'no-equals': {},
  'no-key': {},
  disputed: {},
  'disputed-profile': { profile: text },
};

/** Why the AWS CLI cannot read a file. */
const awsCli = {
  'byte-order-mark': {},
  'not-utf-8': { line: number },
  line: { line: number },
  'section-twice': { line: number },
  'key-twice': { line: number, key: text },
};

/** Why the extension may not choose a file for credentials. */
const place = {
  remote: {},
  relative: {},
  invisible: {},
  'no-drive': {},
  device: {},
  'windows-characters': {},
  roundabout: {},
  'folder-missing': {},
  'broken-link': {},
  system: {},
  'of-host': {},
  'config-file': {},
  'foreign-folder': {},
  'foreign-name': {},
  'outside-home': {},
  'foreign-owner': {},
  'foreign-writers': {},
  folder: {},
  special: {},
  'too-large': {},
  'not-yours': {},
  program: {},
  unclear: {},
  unreadable: {},
  'other-content': {},
  'config-content': {},
};

/** What a value for the credentials file must not be. */
const value = { empty: {}, 'line-break': {}, space: {}, comment: {}, character: {} };

/** Why AWS tools could not use a name for a profile. */
const name = {
  empty: {},
  'too-long': {},
  'line-break': {},
  space: {},
  invisible: {},
  character: { character: text },
  'sdk-for-javascript': {},
  default: {},
  placeholder: { character: text, known: text },
  'command-line': { character: text },
};

/** What in a profile is not a login's to overwrite unasked. Settings that name another source stand beside it. */
const content = {
  'long-lived-key': {},
  'access-key': {},
  'key-without-token': {},
  'secret-without-token': {},
  'secret-without-key': {},
  'key-quotes': {},
  'key-blank': {},
  'key-kind': {},
  'secret-quotes': {},
  'secret-blank': {},
  'secret-character': {},
  'token-quotes': {},
  'token-blank': {},
  'token-character': {},
  'other-sources': {},
};

export const ofFiles = { file, line, awsCli, place, value, name, content };
