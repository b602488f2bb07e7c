import type { Reason } from '../../../../failure-reasons.ts';
import type { ReasonWords } from '../../../../failure-words.ts';

export const forbidden: ReasonWords<Reason<'forbidden'>> = {
  'unknown-account': 'credentials of an account that is not known',
  account: (p) => `account ${p.named}`,
  issuer: (p) => `the identity provider ${p.named}`,
  partition: (p) => `the partition ${p.named}`,
  session: (p) => `sessions of more than ${p.most} minutes, and this one lasts ${p.minutes}`,
};

export const policy: ReasonWords<Reason<'policy'>> = {
  'not-an-object': 'it is not an object',
  entries: (p) => `these entries are missing, unknown or invalid: ${p.where}`,
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
  'not-json': 'it is not JSON',
  'not-settings': 'it is not a settings file',
  entry: (p) => `${p.where} is invalid`,
  'profile-twice': (p) => `the profile ${p.profile} is in the file more than once`,
  'role-twice': (p) => `the role ${p.roleArn} is bound more than once`,
  'file-changed': 'the file was changed or taken away since; choose it again',
  'too-large': 'the file is too large for a settings file',
  'no-idle-permission': 'keeping fresh needs the permission to know whether somebody is at this machine',
};

export const policyArn: ReasonWords<Reason<'policyArn'>> = {
  form: 'it is not the ARN of a managed policy',
  twice: 'it is named twice',
  partition: (p) => `the role is in the partition ${p.partition}`,
  account: (p) => `it is not in the account of the role, ${p.accountId}`,
};

export const policyDocument: ReasonWords<Reason<'policyDocument'>> = {
  'not-json': 'it is not JSON',
  'not-an-object': 'it is not a JSON object',
  character: (p) => `AWS does not accept the character ${p.character} in it`,
  'key-twice': (p) => `it has ${p.key} twice in one place`,
  element: (p) => `it has ${p.element}, and only Version, Id and Statement may be there`,
  version: 'its Version is neither "2012-10-17" nor "2008-10-17"',
  id: 'its Id is not a text',
  'no-statement': 'it has no Statement',
  'sid-twice': (p) => `two statements have the Sid ${p.sid}`,
  statement: (p) => `statement ${p.statement} is not a JSON object`,
  principal: (p) => `statement ${p.statement} has a Principal, which a session policy may not have`,
  'statement-element': (p) => `statement ${p.statement} has ${p.element}, which IAM does not know`,
  sid: (p) => `the Sid of statement ${p.statement} is not made of letters and digits only`,
  effect: (p) => `the Effect of statement ${p.statement} is neither "Allow" nor "Deny"`,
  missing: (p) => `statement ${p.statement} has neither ${p.element} nor ${p.inverse}`,
  both: (p) => `statement ${p.statement} has both ${p.element} and ${p.inverse}`,
  list: (p) => `${p.element} of statement ${p.statement} is neither a text nor a list of texts`,
  action: (p) => `statement ${p.statement} names the action ${p.unfit}; actions look like s3:GetObject`,
  resource: (p) => `statement ${p.statement} names the resource ${p.unfit}, which is neither an ARN nor *`,
  condition: (p) => `the Condition of statement ${p.statement} is not as IAM wants it: operator, key, value`,
  operator: (p) =>
    `statement ${p.statement} has the condition operator ${p.operator}, which IAM does not know`,
  'condition-key': (p) =>
    `statement ${p.statement} has the condition key ${p.key}; keys look like aws:SourceIp`,
  'condition-value': (p) =>
    `the condition key ${p.key} of statement ${p.statement} has a value that is not text, a number, true or false`,
};
