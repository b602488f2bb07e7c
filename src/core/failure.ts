import { printable } from './printable.ts';

/**
 * Every failure Roleferry can report: one append-only list of codes, each with the message (what went
 * wrong and why) and the hint (what to do next) that popup, options, host and CLI all show.
 *
 * Parameters may name profiles, files, roles, lines and AWS's own wording. Never pass an assertion,
 * a secret key or a token.
 */
const texts = {
  // The POST and the assertion in it
  'assertion-not-base64': () => [
    'The SAMLResponse is not base64.',
    'This was no SAML login, or something on the way changed it. Log in again from your identity provider.',
  ],
  'assertion-too-large': (p: { characters: number }) => [
    `The SAMLResponse has ${p.characters} characters; AWS takes at most 100,000.`,
    'Ask the administrator of your identity provider to send fewer roles or groups.',
  ],
  'assertion-not-xml': (p: { reason: string }) => [
    `The SAML response is not well-formed XML: ${p.reason}.`,
    'Log in again; if it stays, show this message to the administrator of your identity provider.',
  ],
  'assertion-doctype': () => [
    'The SAML response has a DOCTYPE, which SAML forbids.',
    'Do not trust this login: no real identity provider sends one.',
  ],
  'assertion-not-saml': (p: { reason: string }) => [
    `This is not a SAML 2.0 response: ${p.reason}.`,
    'Log in again from your identity provider.',
  ],
  'assertion-ambiguous': (p: { assertions: number }) => [
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
    'The assertion can no longer be redeemed: AWS takes it for five minutes after the login.',
    'Log in again.',
  ],
  'capture-no-body': () => [
    'The browser did not hand over the body of the login, so Roleferry could not read it.',
    'Firefox does this with bodies of about 1 MB and more: ask for fewer roles in the assertion.',
  ],
  'role-not-in-assertion': (p: { roleArn: string }) => [
    `The role ${p.roleArn} is not in the assertion.`,
    'Check the ARN for a typing error, or ask the administrator of your identity provider for that role.',
  ],

  // AWS STS
  'sts-expired': () => [
    'AWS says that the login has expired: it must be redeemed within five minutes.',
    'Log in again. If it happens at once, check the clock of this machine.',
  ],
  'sts-invalid-token': (p: { reason: string }) => [
    `AWS does not accept the assertion: ${p.reason}`,
    'Show this to the administrator of your AWS account: the SAML provider in IAM does not match the identity provider.',
  ],
  'sts-access-denied': (p: { roleArn: string }) => [
    `AWS does not let this login assume ${p.roleArn}.`,
    'The trust policy of the role must allow sts:AssumeRoleWithSAML for your SAML provider; ask the administrator of the AWS account.',
  ],
  'sts-idp-rejected': () => [
    'The identity provider reported to AWS that the authentication failed.',
    'Log in again; if it stays, ask the administrator of your identity provider.',
  ],
  'sts-duration': (p: { seconds: number }) => [
    `AWS refuses a session of ${p.seconds} seconds for this role.`,
    'Raise the maximum session duration of the role in IAM, or ask for less.',
  ],
  'sts-region-disabled': (p: { region: string }) => [
    `STS is not active in ${p.region} for this account.`,
    'Choose another region, or ask the administrator of the AWS account to activate STS there.',
  ],
  'sts-throttled': () => [
    'AWS is asked too often right now and turned the request down.',
    'Wait a few seconds and try again.',
  ],
  'sts-unavailable': (p: { status: number }) => [
    `AWS STS answered with an error of its own (HTTP ${p.status}).`,
    'Try again in a moment; health.aws.amazon.com tells of outages.',
  ],
  'sts-unreachable': (p: { host: string; reason: string }) => [
    `${p.host} could not be reached: ${p.reason}.`,
    'Check the network, VPN and proxy, then try again.',
  ],
  'sts-not-aws': (p: { host: string }) => [
    `What answered as ${p.host} does not talk like AWS.`,
    'A proxy or a captive portal may stand between: open any web page, log in there, then try again.',
  ],
  'sts-refused': (p: { code: string; reason: string }) => [
    `AWS refused: ${p.code}: ${p.reason}`,
    'Look the code up in the AWS STS documentation, or show it to the administrator of the AWS account.',
  ],

  'sts-tags-too-large': (p: { reason: string }) => [
    `The session tags in the assertion are too large for AWS: ${p.reason}`,
    'Ask the administrator of your identity provider to send fewer or shorter PrincipalTag attributes.',
  ],
  'clock-skew': (p: { minutes: number }) => [
    `AWS says that the login has expired, and the clock of this machine is ${Math.abs(p.minutes)} minutes ${p.minutes > 0 ? 'behind' : 'ahead of'} AWS's.`,
    'Set the clock right (switch on automatic time), then log in again.',
  ],
  'assertion-missing': () => [
    'There is no assertion on stdin.',
    'Pipe in what your identity provider sends, as in: oktaauth -u you | roleferry inspect',
  ],
  'assertion-not-in-page': () => [
    'This is a web page without a field SAMLResponse.',
    'The login may not have been finished: look at the page in a browser.',
  ],
  'role-arn-invalid': () => [
    'These are not the ARNs of a role and of a SAML provider.',
    'A role is arn:aws:iam::ACCOUNT:role/NAME, a provider arn:aws:iam::ACCOUNT:saml-provider/NAME.',
  ],
  'role-reserved': (p: { roleArn: string }) => [
    `${p.roleArn} is a role of IAM Identity Center, which AWS gives to nobody through an assertion.`,
    'Use: aws sso login',
  ],

  // The native host, seen from the extension
  'host-not-installed': () => [
    'The Roleferry host is not installed for this browser, so no profile can be written.',
    'Run: npx roleferry install',
  ],
  'host-forbidden': () => ['The Roleferry host does not know this extension.', 'Run: npx roleferry install'],
  'host-exited': () => [
    'The Roleferry host stopped before it answered.',
    'Try again; if it stays, run: npx roleferry install',
  ],
  'host-silent': (p: { seconds: number }) => [
    `The Roleferry host did not answer within ${p.seconds} seconds.`,
    'Try again; if it stays, restart the browser and run: npx roleferry install',
  ],
  'host-answer-invalid': () => [
    'The Roleferry host gave an answer that this extension does not understand.',
    'Update both: the extension in the browser, the host with: npx roleferry@latest install',
  ],

  // Messages, seen from the native host
  'message-invalid': (p: { reason: string }) => [
    `The message is not valid: ${p.reason}.`,
    'Extension and host may be of different versions: update both.',
  ],
  'message-version': (p: { theirs: number; ours: number }) => [
    `The message speaks protocol ${p.theirs}, this host speaks ${p.ours}.`,
    'Update the older of the two: the extension in the browser, the host with: npx roleferry@latest install',
  ],
  'message-too-large': (p: { bytes: number; limit: number }) => [
    `The message has ${p.bytes} bytes; at most ${p.limit} are allowed.`,
    'Write fewer profiles at once.',
  ],
  'origin-not-allowed': (p: { origin: string }) => [
    `The host was started by ${p.origin}, which it does not serve.`,
    'Only the Roleferry extension may start it. If you use a build of your own, run: roleferry install --extension-id ID',
  ],

  // Profiles
  'profile-name-invalid': (p: { reason: string }) => [
    `This profile name cannot be used: ${p.reason}.`,
    'AWS tools read letters, digits and - _ . / % @ : + in profile names.',
  ],
  'profile-value-invalid': (p: { key: string; reason: string }) => [
    `The value of ${p.key} cannot be written: ${p.reason}.`,
    'Nothing was written. Log in again.',
  ],
  'profile-long-lived': (p: { profile: string; found: string }) => [
    `The profile ${p.profile} is not Roleferry's to overwrite: it holds ${p.found}.`,
    'Choose another name, or say explicitly that it may be replaced.',
  ],
  'profile-bound-elsewhere': (p: { profile: string; boundTo: string; given: string }) => [
    `The profile ${p.profile} belongs to ${p.boundTo}. This login is ${p.given}.`,
    'Choose another name. Only if you know both: let this login take the profile over.',
  ],
  'profile-other-account': (p: { profile: string; found: string; given: string }) => [
    `The profile ${p.profile} holds credentials of account ${p.found}; these are of account ${p.given}.`,
    'Choose another name. Only if you know both accounts: let this login take the profile over.',
  ],
  'profile-not-found': (p: { profile: string }) => [
    `There is no profile ${p.profile} in the credentials file.`,
    'See which there are with: aws configure list-profiles',
  ],
  'profiles-or-all': () => ['Name the profiles, or say --all.', 'See: roleferry forget --help'],
  'profile-shadowed': (p: { profile: string; file: string; keys: string }) => [
    `Credentials for ${p.profile} would not be used: ${p.keys} in ${p.file} wins over them.`,
    'Take that out of the profile there, or choose another name.',
  ],

  // The AWS files
  'file-not-understood': (p: { file: string; line: number; reason: string }) => [
    `${p.file} is left as it is, because line ${p.line} cannot be understood: ${p.reason}.`,
    'Mend that line in an editor, then try again.',
  ],
  'file-unreadable': (p: { file: string; reason: string }) => [
    `${p.file} cannot be read: ${p.reason}.`,
    'Check that the file is yours and that you may read it.',
  ],
  'file-not-writable': (p: { file: string; reason: string }) => [
    `${p.file} cannot be written: ${p.reason}. The old file is untouched.`,
    'Check the permissions of the file and of its folder.',
  ],
  'file-no-space': (p: { file: string }) => [
    `There is no space left to write ${p.file}. The old file is untouched.`,
    'Free some space on that disk, then try again.',
  ],
  'file-link-broken': (p: { file: string; target: string }) => [
    `${p.file} is a link to ${p.target}, which cannot be followed.`,
    'Mend or remove the link, then try again.',
  ],
  'file-busy': (p: { file: string }) => [
    `${p.file} is being changed by another program again and again.`,
    'Try again when that program is done.',
  ],

  // Registration with browsers
  'browser-not-found': (p: { lookedFor: string }) => [
    `No browser was found for this user. Looked for: ${p.lookedFor}.`,
    'Name the one you use with --browser, for example: roleferry install --browser chrome',
  ],
  'browser-not-here': (p: { browser: string; reason: string }) => [
    `The host cannot be registered with ${p.browser} like this: ${p.reason}.`,
    'See which browsers and options there are with: roleferry install --help',
  ],
  'extension-id-invalid': () => [
    'That is not the id of an extension.',
    'An id is 32 letters from a to p in Chromium browsers, and looks like name@example.org or {uuid} in Firefox.',
  ],
  'host-file-missing': (p: { file: string }) => [
    `The host's own file ${p.file} is not there.`,
    'Install Roleferry anew; in a checkout of its sources run: npm run build',
  ],
  'registry-refused': (p: { key: string }) => [
    `Windows refused to change the registry key ${p.key}.`,
    'Check with the administrator of this machine whether you may change your own registry keys.',
  ],

  'clipboard-refused': () => [
    'The browser did not let Roleferry put the text on the clipboard.',
    'Click into the popup, then copy again.',
  ],

  'login-just-changed': () => [
    'Another login has just taken this place, so nothing was saved.',
    'Look whose it is, then save again.',
  ],
  'not-a-click': () => ['Nobody has clicked, so nothing was done.', 'Click again.'],
  'credentials-expired': () => ['These credentials have expired.', 'Log in again for new ones.'],

  // What the administrator of this browser fixed
  'policy-invalid': (p: { where: string }) => [
    `The policy that your administrator set for Roleferry cannot be read (${p.where}), so nothing is done.`,
    'Show this to the administrator of this browser; docs/administrators.md describes each entry.',
  ],
  'policy-forbids': (p: { what: string }) => [
    `Your administrator does not allow ${p.what}.`,
    'Use another login, or ask the administrator of this browser.',
  ],
  'policy-no-profiles': () => [
    'Your administrator does not allow credentials in files.',
    'Copy them as env vars instead.',
  ],
  'policy-no-copy': () => [
    'Your administrator does not allow credentials to be copied.',
    'Save them to a profile instead.',
  ],
  'policy-fixed-profile': (p: { profile: string }) => [
    `Your administrator has fixed where this goes: ${p.profile}.`,
    'Ask the administrator of this browser if it should go elsewhere.',
  ],

  // Anything else
  unexpected: (p: { where: string }) => [
    `Something unexpected happened in ${p.where}.`,
    'Try again; if it stays, please report it.',
  ],
} satisfies Record<string, (p: never) => [message: string, hint: string]>;

type Texts = typeof texts;

/** Stable names; append only, never rename: extension and host of different versions exchange them. */
export type FailureCode = keyof Texts;

/** A failure as plain data. `details` holds AWS's own wording and request id, shown only on demand. */
export interface Failure {
  code: FailureCode;
  message: string;
  hint: string;
  details?: string;
}

type Params<C extends FailureCode> = Parameters<Texts[C]>;

/** Makes the failure `code` with its message and hint filled in from `params`. */
export function failure<C extends FailureCode>(code: C, ...params: Params<C>): Failure {
  const text = texts[code] as (...p: Record<string, unknown>[]) => [string, string];
  const [message, hint] = text(...params.map(withPrintable));
  return { code, message, hint };
}

/** What is filled in may come from outside. */
const withPrintable = (values: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? printable(value) : value,
    ]),
  );

/** Whether `code`, which came from outside, is one of ours. */
export const isFailureCode = (code: string): code is FailureCode => Object.hasOwn(texts, code);
