import { type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { file } from './reasons/files.ts';
import { audit, forbidden, policyFile, policy as policyReasons } from './reasons/policies.ts';

const ofMachine = { ...file, ...policyReasons, ...policyFile };
const ofAudit = { ...file, ...audit };

export const policy = {
  'policy-invalid': (p) => [
    `The policy that your administrator set for Roleferry is invalid: ${words(policyReasons, p.where)}. So Roleferry does nothing.`,
    'Show this to the administrator of this browser. Roleferry’s guide for administrators describes each entry.',
  ],
  'policy-forbids': (p) => [
    `Your administrator does not allow ${words(forbidden, p.what)}.`,
    'Use another login, or ask your administrator.',
  ],
  'policy-no-profiles': () => [
    'Your administrator does not allow credentials in files.',
    'Copy them as env vars instead; in the terminal, saml and user have --exec.',
  ],
  'policy-no-copy': () => [
    'Your administrator does not allow credentials to be copied.',
    'Save them to a profile instead.',
  ],
  'policy-awaited': () => [
    'The browser has not loaded your administrator’s policy yet. Until then, Roleferry does nothing.',
    'Try again in a moment. Once the policy is there, everything continues by itself while the login is valid.',
  ],
  'policy-fixed-profile': (p) => [
    `Your administrator has set where this goes: ${p.profile}.`,
    'Ask your administrator if it should go elsewhere.',
  ],
  'policy-session-name': (p) => [
    `Your administrator has set that ${p.profile} is for logins as ${p.known}; this login is as ${p.given}.`,
    'Log in under that name, or ask the administrator of this browser.',
  ],
  'policy-demands-session-policy': (p) => [
    `Your administrator allows ${p.roleArn} only with a session policy, and your request may allow more.`,
    `Leave the session policy out to get the required one, or use only parts of it: ${p.demanded}`,
  ],
  'machine-policy-invalid': (p, roleferry) => [
    `The policy of this machine, ${p.file}, cannot be used: ${words(ofMachine, p.reason)}. So no credentials are written or handed out.`,
    `Show this to the administrator of this machine. Once the file is valid, this shows what it sets: ${roleferry} doctor`,
  ],
  'machine-policy-source-unknown': () => [
    'The policy of this machine allows only some identity providers, and the extension did not say which one this login is from.',
    'Update the Roleferry extension, then log in again.',
  ],
  'audit-not-written': (p) => [
    `The policy of this machine wants a line in ${p.file ?? "the system's log"} for each profile, and it cannot be written: ${words(ofAudit, p.reason)}. So no credentials were written.`,
    'Show this to the administrator of this machine.',
  ],
  'policy-no-imports': () => [
    'Your administrator does not allow settings to be imported from a file.',
    'Set them by hand, or ask the administrator of this browser.',
  ],
} satisfies Partial<FailureWords>;
