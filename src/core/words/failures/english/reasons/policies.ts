import type { Reason } from '../../../../failure-reasons.ts';
import type { ReasonWords } from '../../../../failure-words.ts';

export const forbidden: ReasonWords<Reason<'forbidden'>> = {
  'unknown-account': 'credentials of an account that is not known',
  account: (p) => `account ${p.named}`,
  issuer: (p) => `the issuer ${p.named}`,
  partition: (p) => `the partition ${p.named}`,
  session: (p) => `sessions of more than ${p.most} minutes, and this one lasts ${p.minutes}`,
};

export const policy: ReasonWords<Reason<'policy'>> = {
  'not-an-object': 'it is not an object',
  entries: (p) => `these entries are missing, unknown or not as they must be: ${p.where}`,
};

export const policyFile: ReasonWords<Reason<'policyFile'>> = {
  'not-json': 'it is not JSON',
  'not-utf-8': 'it is not UTF-8',
  'not-a-file': 'it is not a file',
  'folder-not-a-folder': 'its folder is a link or a file',
  'too-large': 'it is larger than 1 MiB',
  owner: (p) => `it belongs to the user ${p.user}, not to the administrator`,
  'folder-owner': (p) => `its folder belongs to the user ${p.user}, not to the administrator`,
  mode: (p) => `it can be changed by others than its owner (mode ${p.mode})`,
  'folder-mode': (p) => `its folder can be changed by others than its owner (mode ${p.mode})`,
};

export const audit: ReasonWords<Reason<'audit'>> = {
  relative: 'its path is not absolute on this system',
  partly: 'only a part of a line went in',
  windows: 'Roleferry does not write to the log of Windows',
  'no-logger': (p) => `${p.logger} is not there`,
  'no-socket': (p) => `nothing listens on ${p.socket}`,
  'logger-ended': (p) => `${p.logger} ended with ${p.status}`,
};

export const settings: ReasonWords<Reason<'settings'>> = {
  'not-json': 'this is no JSON',
  'not-settings': 'this is no file of settings',
  entry: (p) => `${p.where} is not as it must be`,
  'profile-twice': (p) => `the profile ${p.profile} is in the file more than once`,
  'role-twice': (p) => `the role ${p.roleArn} is bound more than once`,
  'file-changed': 'the file was changed or taken away since; choose it again',
  'too-large': 'the file is larger than a file of settings can be',
  'no-idle-permission': 'keeping fresh needs the permission to know whether somebody is at this machine',
};
