import * as v from 'valibot';

const text = v.string();
const number = v.number();

/** What the policy of an administrator does not allow. */
const forbidden = {
  'unknown-account': {},
  account: { named: text },
  issuer: { named: text },
  partition: { named: text },
  session: { most: number, minutes: number },
};

/** What is wrong with the content of a policy. */
const policy = {
  'not-an-object': {},
  entries: { where: text },
};

/** What is wrong with the file of a machine's policy. */
const policyFile = {
  'not-json': {},
  'not-utf-8': {},
  'not-a-file': {},
  'folder-not-a-folder': {},
  'too-large': {},
  owner: { user: number },
  'folder-owner': { user: number },
  mode: { mode: text },
  'folder-mode': { mode: text },
};

/** Why a line of the audit cannot be written. */
const audit = {
  relative: {},
  partly: {},
  windows: {},
  'no-logger': { logger: text },
  'no-socket': { socket: text },
  'logger-ended': { logger: text, status: text },
};

/** Why a file of settings cannot be imported. */
const settings = {
  'not-json': {},
  'not-settings': {},
  entry: { where: text },
  'profile-twice': { profile: text },
  'role-twice': { roleArn: text },
  'file-changed': {},
  'too-large': {},
  'no-idle-permission': {},
};

/** Why a managed policy cannot be a session policy of a role. */
const policyArn = {
  form: {},
  twice: {},
  partition: { partition: text },
  account: { accountId: text },
};

const inStatement = { statement: number };

/** What IAM would not take in a session policy. Statements are counted from one. */
const policyDocument = {
  'not-json': {},
  'not-an-object': {},
  character: { character: text },
  'key-twice': { key: text },
  element: { element: text },
  version: {},
  id: {},
  'no-statement': {},
  'sid-twice': { sid: text },
  statement: inStatement,
  principal: inStatement,
  'statement-element': { ...inStatement, element: text },
  sid: inStatement,
  effect: inStatement,
  missing: { ...inStatement, element: text, inverse: text },
  both: { ...inStatement, element: text, inverse: text },
  list: { ...inStatement, element: text },
  action: { ...inStatement, unfit: text },
  resource: { ...inStatement, unfit: text },
  condition: inStatement,
  operator: { ...inStatement, operator: text },
  'condition-key': { ...inStatement, key: text },
  'condition-value': { ...inStatement, key: text },
};

export const ofPolicies = {
  ...{ forbidden, policy, policyFile, audit, settings },
  ...{ policyArn, policyDocument },
};
