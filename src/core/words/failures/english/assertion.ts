import { type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { saml, xml } from './reasons/logins.ts';

const pipeIn = (command: string) =>
  `Pipe in what your identity provider sends, as in: oktaauth -u jobloggs | ${command}`;

export const assertion = {
  'assertion-not-base64': () => [
    'The SAMLResponse is not base64.',
    'This was not a SAML login, or something changed it on the way. Log in again from your identity provider.',
  ],
  'assertion-too-large': (p) => [
    `The SAMLResponse has ${p.characters} characters; AWS accepts at most 100,000.`,
    'Ask the administrator of your identity provider to send fewer roles or groups.',
  ],
  'assertion-not-xml': (p) => [
    `The SAML response is not well-formed XML: ${words(xml, p.reason)}.`,
    'Log in again. If that does not help, show this to the administrator of your identity provider.',
  ],
  'assertion-doctype': () => [
    'The SAML response has a DOCTYPE, which SAML forbids.',
    'Do not trust this login: no real identity provider sends one.',
  ],
  'assertion-not-saml': (p) => [
    `This is not a SAML 2.0 response: ${words(saml, p.reason)}.`,
    'Log in again from your identity provider.',
  ],
  'assertion-ambiguous': (p) => [
    `The SAML response holds ${p.assertions} assertions; only one is allowed.`,
    'Do not trust this login: a second assertion beside the first is a known attack.',
  ],
  'assertion-encrypted': () => [
    'The assertion is encrypted, so only AWS can read which roles it offers.',
    'Name the role and the SAML provider that it is for.',
  ],
  'assertion-no-roles': () => [
    'The assertion offers no AWS role.',
    'Ask the administrator of your identity provider to map a role to you (attribute https://aws.amazon.com/SAML/Attributes/Role).',
  ],
  'assertion-expired': () => [
    'The login has expired: AWS accepts an assertion for five minutes.',
    'Log in again.',
  ],
  'capture-no-body': () => [
    'The browser did not pass on the data of the login, so Roleferry could not read it.',
    'Firefox does this from about 1 MB: ask for fewer roles in the assertion.',
  ],
  'role-not-in-assertion': (p) => [
    `The role ${p.roleArn || "''"} is not in the assertion.`,
    'Check the ARN for a typo, or ask the administrator of your identity provider for that role.',
  ],
  'assertion-cut': (p, roleferry) => [
    `The assertion ends after ${p.characters} characters: a terminal takes no more of a pasted line.`,
    `Save it to a file and send that: ${roleferry} saml < FILE`,
  ],
  'assertion-missing': (p, roleferry) => [
    'There is no assertion on stdin.',
    pipeIn(p.program ?? `${roleferry} saml`),
  ],
  'assertion-not-recognised': (p, roleferry) => [
    'This is not a SAML 2.0 response: it is neither XML nor XML in base64.',
    pipeIn(p.program ?? `${roleferry} saml`),
  ],
  'assertion-not-in-page': () => [
    'This is a web page without a field SAMLResponse.',
    'The login may not have been finished: look at the page in a browser.',
  ],
  'provider-not-in-assertion': (p) => [
    `The assertion offers ${p.roleArn === undefined ? 'roles' : `the role ${p.roleArn}`} by the provider ${p.offered}, not by ${p.providerArn}.`,
    'Check that ARN for a typo, or leave --provider-arn out.',
  ],
  'role-arn-invalid': () => [
    'These are not the ARNs of a role and of a SAML provider.',
    'A role is arn:aws:iam::ACCOUNT:role/NAME, a provider arn:aws:iam::ACCOUNT:saml-provider/NAME.',
  ],
  'role-choice-needed': (p) => [
    `The assertion offers ${p.count} roles, and none was chosen.`,
    p.all === undefined
      ? 'Name one with --role-arn.'
      : `Name one with --role-arn, or take them all with ${p.all}.`,
  ],
  'profiles-same-name': (p) => [
    `More than one role would be written to the profile ${p.profile}: ${p.roles}.`,
    'Tell them apart in --profile with {account}, {role}, {provider} or {partition}, or write each by itself: --role-arn ARN --profile NAME',
  ],
  'role-reserved': (p) => [
    `${p.roleArn} is a role of IAM Identity Center, which AWS does not give out for an assertion.`,
    'Use:',
  ],
} satisfies Partial<FailureWords>;
