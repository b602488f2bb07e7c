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

export const ofPolicies = { forbidden, policy, policyFile, audit, settings };
