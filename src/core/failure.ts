import { printable } from './words/printable.ts';
import { shellWord } from './words/shell-word.ts';

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
    `The role ${p.roleArn || "''"} is not in the assertion.`,
    'Check the ARN for a typing error, or ask the administrator of your identity provider for that role.',
  ],

  // AWS STS
  'sts-expired': () => [
    'AWS says that the login has expired: it must be redeemed within five minutes.',
    'Log in again. If it happens at once, check the clock of this machine.',
  ],
  'sts-invalid-token': (p: { reason: string; remedy?: string }) => [
    `AWS does not accept the assertion: ${p.reason}`,
    p.remedy ??
      'Show this to the administrator of your AWS account and of your identity provider; roleferry inspect says what the assertion holds.',
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
  'assertion-cut': (p: { characters: number }) => [
    `The assertion ends after ${p.characters} characters: a terminal takes no more of a pasted line.`,
    'Save it to a file and send that: roleferry saml < FILE',
  ],
  'home-missing': () => [
    'There is no home folder: HOME is not set, and the system does not know this user.',
    'Set HOME to the folder that has .aws.',
  ],
  'assertion-missing': () => [
    'There is no assertion on stdin.',
    'Pipe in what your identity provider sends, as in: oktaauth -u jobloggs | roleferry saml',
  ],
  'assertion-not-in-page': () => [
    'This is a web page without a field SAMLResponse.',
    'The login may not have been finished: look at the page in a browser.',
  ],
  'role-arn-invalid': () => [
    'These are not the ARNs of a role and of a SAML provider.',
    'A role is arn:aws:iam::ACCOUNT:role/NAME, a provider arn:aws:iam::ACCOUNT:saml-provider/NAME.',
  ],
  'role-choice-needed': (p: { count: number }) => [
    `The assertion offers ${p.count} roles, and none was chosen.`,
    'Name one with --role-arn, or take them all with --all-roles.',
  ],
  'profiles-same-name': (p: { profile: string; roles: string }) => [
    `More than one role would be written to the profile ${p.profile}: ${p.roles}.`,
    'Tell them apart in --profile with {account}, {role}, {provider} or {partition}, or write each by itself: --role-arn ARN --profile NAME',
  ],
  'assume-role-denied': (p: { roleArn: string }) => [
    `AWS does not let these credentials assume ${p.roleArn}.`,
    'The trust policy of the role and the policies of the caller must allow sts:AssumeRole, some only with MFA or an external id; ask the administrator of the AWS account.',
  ],
  'mfa-refused': () => [
    'AWS does not accept the MFA code.',
    'Each code works once: wait for the next one, and check the serial number of the device.',
  ],
  'mfa-code-needed': (p: { serialNumber: string }) => [
    `The MFA device ${p.serialNumber} was named, but no code of it.`,
    'Give the code with --mfa-token, or run this on a terminal to be asked for it.',
  ],
  'source-credentials-missing': (p: { reason: string }) => [
    `There are no credentials to ask AWS with: ${p.reason}`,
    'Make a profile that has them with: aws configure, or name one with --source-profile',
  ],
  'source-credentials-refused': (p: { reason: string }) => [
    `AWS does not accept the credentials that it was asked with: ${p.reason}`,
    'They may have expired or been deleted: renew them, or name other ones with --source-profile',
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
  'host-older': () => [
    'The Roleferry host is older than the extension, and cannot do this yet.',
    'Update the host: npx roleferry@latest install',
  ],

  // Messages, seen from the native host
  'message-invalid': (p: { reason: string }) => [
    `The message is not valid: ${p.reason}.`,
    'Extension and host may be of different versions: update both.',
  ],
  'message-version': (p: { theirs: number; ours: number }) => [
    `The extension speaks protocol ${p.theirs}, the host speaks ${p.ours}.`,
    p.theirs > p.ours
      ? 'The host is the older one. Update it: npx roleferry@latest install'
      : 'The extension is the older one. Update it in the browser.',
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
    'See which there are with: roleferry list',
  ],
  'profiles-or-all': () => ['Name the profiles or say --all, not both.', 'See: roleferry forget --help'],
  'profile-shadowed': (p: { profile: string; file: string; keys: string }) => [
    `Credentials for ${p.profile} would not be used: AWS tools prefer ${p.keys} in ${p.file}.`,
    'Take that out of the profile there, or choose another name.',
  ],

  // The AWS files
  'file-not-understood': (p: { file: string; line: number; reason: string }) => [
    `In ${p.file} line ${p.line} cannot be understood: ${p.reason}. It is as it was.`,
    'Mend that line in an editor, then try again.',
  ],
  'file-unreadable': (p: { file: string; reason: string }) => [
    `${p.file} cannot be read: ${p.reason}.`,
    'Check that the file is yours and that you may read it.',
  ],
  'file-not-writable': (p: { file: string; reason: string }) => [
    `${p.file} cannot be written: ${p.reason}. It is as it was.`,
    'Check the permissions of the file and of its folder.',
  ],
  'file-no-space': (p: { file: string }) => [
    `There is no space left to write ${p.file}. It is as it was.`,
    'Free some space on that disk, then try again.',
  ],
  'file-link-broken': (p: { file: string; target: string }) => [
    `${p.file} is a link to ${p.target}, which cannot be followed.`,
    'Mend or remove the link, then try again.',
  ],
  'path-variable': (p: { variable: string; path: string }) => [
    `${p.variable} is ${p.path}, and AWS tools do not agree which file that is.`,
    `Write the whole path, without variables or another user's ~. In a shell or an env file, the value may be quoted in a way that keeps $HOME as it is.`,
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
  'browser-sandboxed': (p: { browser: string; packaging: string }) => [
    `${p.browser} may not start programs outside of the sandbox that ${p.packaging} puts around it, so no profile can be written.`,
    `Use a browser that was not installed through ${p.packaging}; or copy the credentials as env vars from the popup, which needs no host.`,
  ],
  'browser-in-windows': (p: { distribution: string }) => [
    'No browser was found in WSL, and those of Windows start programs of Windows only.',
    `In PowerShell, run: npx roleferry install --wsl ${p.distribution}`,
  ],
  'wsl-not-found': (p: { reason: string }) => [
    `The home folder in WSL cannot be found: ${p.reason}.`,
    'See the names of your distributions with: wsl --list',
  ],
  'extension-id-invalid': () => [
    'That is not the id of an extension.',
    'An id is 32 letters from a to p in Chromium browsers, and looks like name@example.org or {uuid} in Firefox.',
  ],
  'node-gone': (p: { node: string }) => [
    `The Node that Roleferry was installed with, ${p.node}, is gone, and no other was found that is new enough.`,
    'Install Node 20.19 or newer of 20, or 22.12 or newer, then run again: roleferry install',
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
  'nothing-to-copy': () => ['There are no credentials to copy.', 'Log in first.'],
  'list-just-changed': () => [
    'A new login has just moved what is shown, so nothing was done.',
    'Look which one it is, then click again.',
  ],
  'credentials-expired': () => ['These credentials have expired.', 'Log in again for new ones.'],

  // Commands that use a profile
  'command-not-found': (p: { command: string }) => [
    `There is no program ${p.command}.`,
    'Look for a typing error in its name, or give the whole path of it.',
  ],
  'command-not-run': (p: { command: string; reason: string }) => [
    `${p.command} cannot be run: ${p.reason}.`,
    'Check that it is a program, and that you may run it.',
  ],
  'profile-expired': (p: { profile: string; expiration: string }) => [
    `The credentials of ${p.profile} expired at ${p.expiration}.`,
    `Log in again in the browser; where its sign-in link is known: roleferry login --profile ${p.profile}`,
  ],
  'profile-not-temporary': (p: { profile: string; found: string }) => [
    `The profile ${p.profile} has no temporary credentials of Roleferry's: it holds ${p.found}.`,
    'Name a profile that a login was saved to, or log in and save to this one.',
  ],
  'profile-no-credentials': (p: { profile: string }) => [
    `There are no credentials for the profile ${p.profile} yet.`,
    `Log in in the browser and save to it; where its sign-in link is known: roleferry login --profile ${p.profile}`,
  ],
  'profile-no-expiry': (p: { profile: string }) => [
    `The profile ${p.profile} does not say when its credentials expire, so another program wrote them.`,
    'Log in again and save to this profile.',
  ],
  'profile-no-principal': (p: { profile: string }) => [
    `The profile ${p.profile} does not say whose its credentials are, so another program wrote them.`,
    'Log in again and save to this profile.',
  ],
  'profile-not-process': (p: { profile: string; file: string }) => [
    `The profile ${p.profile} in ${p.file} does not get its credentials from Roleferry.`,
    `Nothing is to be undone. To make it so: roleferry configure-process ${p.profile}`,
  ],
  'process-path-unfit': (p: { reason: string }) => [
    `AWS tools could not start Roleferry from the config file: ${p.reason}.`,
    'The path of your home folder is in the way. Let logins write the profile to the credentials file instead.',
  ],
  'sign-in-link-missing': (p: { profile: string }) => [
    `No sign-in link is known for the profile ${p.profile}.`,
    `Give the page at your identity provider that leads to AWS: roleferry login --profile ${p.profile} --link https://...`,
  ],
  'sign-in-link-invalid': (p: { reason: string }) => [
    `This is no sign-in link: ${p.reason}.`,
    'It is the address of the page at your identity provider that leads to AWS, and begins with https://',
  ],
  'profile-unsaid': () => [
    'It is not said which profile this is for.',
    'Name it with --profile, or set AWS_PROFILE.',
  ],
  'browser-not-opened': (p: { reason: string }) => [
    `The browser could not be opened: ${p.reason}.`,
    'Set BROWSER to the program that opens your browser, then try again.',
  ],
  'login-not-delivered': (p: { profile: string; seconds: number }) => [
    `No new credentials for ${p.profile} came within ${p.seconds} s.`,
    'Finish the login in the browser and look at the Roleferry popup there; --timeout waits longer.',
  ],
  'host-gone': () => [
    'The browser closed the connection before the write began, so nothing was written.',
    'Log in again, or save again in the popup.',
  ],

  'writing-off': () => [
    'Roleferry is set to write no profiles.',
    'Copy the credentials instead, or change what Roleferry does with logins in its options.',
  ],
  'issuer-link-missing': (p: { issuer: string }) => [
    `No sign-in link is set for ${p.issuer}.`,
    'Set it in the options: the link of the tile for AWS at your identity provider.',
  ],
  'renewal-unfinished': (p: { issuer: string }) => [
    `The sign-in link of ${p.issuer} led to no login by itself.`,
    'Your identity provider wants something of you: log in there in the tab that was opened.',
  ],
  'chain-source-unbound': (p: { profile: string }) => [
    `No login is saved to the profile ${p.profile}, so no second role can be assumed from it.`,
    'Save a login to it first.',
  ],
  'import-refused': (p: { reason: string }) => [
    `Nothing was imported: ${p.reason}.`,
    'Mend the file, or change what stands in the way, then import again.',
  ],

  // What the administrator of this browser fixed
  'policy-invalid': (p: { where: string }) => [
    `The policy that your administrator set for Roleferry cannot be read (${p.where}), so nothing is done.`,
    'Show this to the administrator of this browser; Roleferry’s guide for administrators describes each entry.',
  ],
  'policy-forbids': (p: { what: string }) => [
    `Your administrator does not allow ${p.what}.`,
    'Use another login, or ask your administrator.',
  ],
  'policy-no-profiles': () => [
    'Your administrator does not allow credentials in files.',
    'Copy them as env vars instead; roleferry saml and user have --exec.',
  ],
  'policy-no-copy': () => [
    'Your administrator does not allow credentials to be copied.',
    'Save them to a profile instead.',
  ],
  'policy-awaited': () => [
    'The browser has not handed over your administrator’s policy for Roleferry yet, so nothing is done.',
    'Try again in a moment. What was held goes on by itself when the policy comes, as long as the login can be used.',
  ],
  'policy-fixed-profile': (p: { profile: string }) => [
    `Your administrator has fixed where this goes: ${p.profile}.`,
    'Ask your administrator if it should go elsewhere.',
  ],

  'policy-session-name': (p: { profile: string; known: string; given: string }) => [
    `Your administrator has fixed that ${p.profile} is for logins as ${p.known}; this login is as ${p.given}.`,
    'Log in under that name, or ask the administrator of this browser.',
  ],

  'output-not-written': (p: { reason: string }) => [
    `Not all of the output could be written: ${p.reason}.`,
    'Free some space or send the output elsewhere; the rest of the command went on.',
  ],

  'sts-endpoint-invalid': () => [
    'What is set as endpoint_url of STS is not an address that begins with https:// or http://.',
    'Correct it where it is set (the AWS config file, AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_STS), or remove it.',
  ],

  'copy-unclear': () => [
    'Nothing was copied: of the credentials that are held, it is not clear which ones are meant.',
    'The keys copy what goes to a profile of yours. Copy others with the button of their role.',
  ],

  // The policy of the machine
  'machine-policy-invalid': (p: { file: string; reason: string }) => [
    `The policy of this machine, ${p.file}, cannot be used: ${p.reason}. So no credentials are written or handed out.`,
    'Show this to the administrator of this machine. When the file is right, roleferry doctor says what it fixes.',
  ],
  'machine-policy-source-unknown': () => [
    'The policy of this machine allows only some identity providers, and the extension did not say which one this login is from.',
    'Update the Roleferry extension, then log in again.',
  ],
  'audit-not-written': (p: { where: string; reason: string }) => [
    `The policy of this machine wants a line in ${p.where} for each profile, and it cannot be written: ${p.reason}. So no credentials were written.`,
    'Show this to the administrator of this machine.',
  ],
  'session-name-changed': (p: { profile: string; known: string; given: string }) => [
    `The profile ${p.profile} is for logins as ${p.known}. This login is as ${p.given}, so it was not saved.`,
    'If both are you, use the new name from now on. If not, this is somebody else’s login: forget it, and log in again.',
  ],
  'env-value-unfit': (p: { variable: string; format: string }) => [
    `The value of ${p.variable} has characters that ${p.format} would run, expand or take for something else, so nothing was printed or copied.`,
    'Choose another shell or format; if it is the region, correct it in the AWS config file.',
  ],

  'file-exposed': (p: { file: string }) => [
    `Others on this machine can use the credentials in ${p.file}.`,
    `Run: chmod 600 ${shellWord(p.file)}`,
  ],

  'place-is-link': (p: { path: string }) => [
    `${p.path} is a link, and Roleferry reads, writes and deletes nothing behind one there: that could be anything of yours.`,
    'Remove the link, not what it leads to, then try again.',
  ],

  'credentials-file-refused': (p: { file: string; reason: string }) => [
    `The extension may not have credentials written to ${p.file}: ${p.reason}.`,
    'Choose a credentials file of yours, or a new name in a folder of yours that is there, as in ~/.aws/credentials-work. Any other file can be named in a terminal: roleferry install --credentials-file FILE',
  ],
  'only-in-options': () => [
    'This can be changed on the options page only, so nothing was done.',
    'Open the options of Roleferry and change it there.',
  ],
  'credentials-file-moved': (p: { file: string }) => [
    `Meanwhile profiles are written to ${p.file}, so nothing was changed.`,
    'Look at both paths, then change it again.',
  ],
  'import-changed': () => [
    'Nothing was imported: what the file would change is not any more as it was shown.',
    'Look through the file again, then say what to take over.',
  ],
  'policy-no-imports': () => [
    'Your administrator does not allow settings to be imported from a file.',
    'Set them by hand, or ask the administrator of this browser.',
  ],
  'install-record-damaged': (p: { file: string }) => [
    `The record beside the native host, ${p.file}, cannot be read, so nobody knows whom the host may serve.`,
    'Run: roleferry install. Where the host is installed for all users, show this to your administrator.',
  ],
  // Whom STS's words are taken from
  'sts-redirected': (p: { host: string }) => [
    `What answered as ${p.host} sends requests on to another address. Roleferry does not follow: AWS never does that.`,
    'A proxy or a captive portal may stand between: open any web page, log in there, then try again.',
  ],
  'sts-other-role': (p: { host: string; asked: string; given: string }) => [
    `${p.host} was asked for ${p.asked} and answered with ${p.given}, so nothing was used of the answer.`,
    'AWS does not do that: something else answers in its place. Tell the people who run your network.',
  ],
  'sts-plain-http': (p: { host: string }) => [
    `STS would be asked at ${p.host} over http, where anyone on the way can read and change everything.`,
    'Use an address that begins with https://. Only this machine may be asked over http: localhost, 127.0.0.1 or [::1].',
  ],
  'sts-no-fips': (p: { region: string }) => [
    `Your administrator wants AWS to be asked at FIPS endpoints, and STS has none in ${p.region}.`,
    'Set one of these regions in the options: us-east-1, us-east-2, us-west-1 or us-west-2; or ask your administrator.',
  ],
  'partition-unknown': (p: { arn: string; partition: string }) => [
    `Roleferry does not know the partition ${p.partition} of ${p.arn}, so AWS was not asked.`,
    'Check the ARN for a typing error. If AWS has a new partition, update Roleferry.',
  ],
  'partition-differs': (p: { arn: string; source: string; partition: string }) => [
    `${p.arn} is not in the partition ${p.partition}, where ${p.source} is. AWS knows nothing of one in the other.`,
    'Use a role and credentials of the same partition.',
  ],
  'tls-unverified': () => [
    'NODE_TLS_REJECT_UNAUTHORIZED=0 is set: nobody would check that it is AWS that answers, so AWS was not asked.',
    "Unset it. A company's own authority is named by NODE_EXTRA_CA_CERTS. To ask all the same: --insecure-tls",
  ],
  'profile-settings-not-written': (p: { profile: string; settings: string; reason: string }) => [
    `The credentials of ${p.profile} were written, but not its ${p.settings}. ${p.reason}`,
    `Write that into the profile ${p.profile} of the config file yourself, or set AWS_REGION.`,
  ],
  'file-not-for-aws-cli': (p: { file: string; reason: string }) => [
    `The AWS CLI cannot read ${p.file}, and so none of its profiles: ${p.reason}.`,
    'Correct that in an editor, and save the file as UTF-8 without a byte order mark. To check it: roleferry doctor',
  ],
  'profile-value-unfit': (p: { profile: string; found: string }) => [
    `The profile ${p.profile} holds ${p.found}.`,
    'Take out what does not belong to the value, or log in again and save to this profile.',
  ],
  'aws-setting-refused': (p: { setting: string; value: string; place: string; reason: string }) => [
    `The AWS SDK does not take ${p.setting} = ${p.value || "''"} (${p.place}): ${p.reason}.`,
    'Correct it there, or take it out.',
  ],
  'left-profile-changed': (p: { profile: string }) => [
    `${p.profile} has something else in it by now, so it was not removed.`,
    'Nothing was changed. What is in it: roleferry list',
  ],

  // A broker, asked by roleferry request
  'broker-address-invalid': (p: { reason: string }) => [
    `This is no address of a broker: ${p.reason}.`,
    'It looks like https://broker.example; ask the people who run it.',
  ],
  'broker-unreachable': (p: { host: string; reason: string }) => [
    `${p.host} could not be asked: ${p.reason}.`,
    "Check the address, the network and the VPN. A company's own authority is named by NODE_EXTRA_CA_CERTS; proxies are not used.",
  ],
  'broker-answer-invalid': (p: { host: string; reason: string }) => [
    `What answers at ${p.host} is no Roleferry broker: ${p.reason}.`,
    'Check the address. A proxy or a captive portal may stand between.',
  ],
  'broker-refused': (p: { host: string; code: string; reason: string; minutes?: number }) => [
    `${p.host} refused (${p.code}): ${p.reason}`,
    p.minutes === undefined
      ? 'What you may have: roleferry request URL --list. Why not more: ask the people who run the broker.'
      : `The clock of this machine is ${Math.abs(p.minutes)} minutes ${p.minutes > 0 ? 'behind' : 'ahead of'} the broker's: set it right, then try again.`,
  ],
  'broker-role-unsaid': (p: { count: number }) => [
    p.count === 0
      ? 'The broker has no role for you.'
      : `The broker offers ${p.count} roles, and none was chosen.`,
    p.count === 0 ? 'Ask the people who run the broker.' : 'Name one: roleferry request URL ROLE',
  ],
  'broker-login-missing': (p: { host: string }) => [
    `${p.host} has no login for people.`,
    'Name the token of the machine: --token-file, --token-env or --github-actions',
  ],
  'broker-login-failed': (p: { host: string; reason: string }) => [
    `The login at ${p.host} failed: ${p.reason}.`,
    'Try again; if it stays, show this to the people who run the broker.',
  ],
  'broker-login-late': (p: { seconds: number }) => [
    `No login came within ${p.seconds} s.`,
    'Try again, and finish the login in the browser; --timeout waits longer, --no-browser is for machines without one.',
  ],
  'redirect-port-busy': (p: { port: number; reason: string }) => [
    `The login cannot be received on port ${p.port}: ${p.reason}.`,
    'End the program that uses that port, or take another one that the identity provider knows: --redirect-port PORT',
  ],
  'machine-token-missing': (p: { reason: string }) => [
    `There is no token to ask the broker with: ${p.reason}.`,
    'The token is a JSON Web Token whose audience is the address of the broker.',
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

/** Every code there is. */
export const failureCodes = Object.keys(texts) as FailureCode[];

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
