import { contentWords, type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { content, name, value } from './reasons/files.ts';
import { holder } from './reasons/logins.ts';

export const profiles = {
  'profile-name-invalid': (p) => [
    `This profile name cannot be used: ${words(name, p.reason)}.`,
    'Profile names may have letters, digits and - _ . / % @ : +',
  ],
  'profile-value-invalid': (p) => [
    `The value of ${p.key} cannot be written: ${words(value, p.reason)}.`,
    'Nothing was written. Log in again.',
  ],
  'profile-long-lived': (p) => [
    `Roleferry does not overwrite the profile ${p.profile}: it holds ${contentWords(content, p)}.`,
    p.option === undefined
      ? 'Choose another name, or allow it to be replaced.'
      : `Choose another name, or replace what is there with ${p.option}.`,
  ],
  'profile-bound-elsewhere': (p) => [
    `The profile ${p.profile} belongs to ${words(holder, p.boundTo)}. This login is ${words(holder, p.given)}${p.newIssuer ? ', an identity provider never seen before' : ''}.`,
    'Choose another name. Only if you know both: let this login take the profile over.',
  ],
  'profile-other-account': (p) => [
    `The profile ${p.profile} holds credentials of account ${p.found}; these are of account ${p.given}.`,
    'Choose another name. Only if you know both accounts: let this login take the profile over.',
  ],
  'profile-not-found': (p) => [
    `There is no profile ${p.profile} in the AWS files.`,
    'To see which there are:',
  ],
  'profile-shadowed': (p) => [
    `Credentials for ${p.profile} would not be used: AWS tools prefer ${p.keys} in ${p.file}.`,
    'Remove that from the profile, or choose another name.',
  ],
  'profile-expired': (p) => [
    `The credentials of ${p.profile} expired at ${p.expiration.replace('.000Z', 'Z')}.`,
    'Log in again in the browser. If its sign-in link is known:',
  ],
  'profile-not-temporary': (p) => [
    `The profile ${p.profile} has no temporary credentials from Roleferry: it holds ${contentWords(content, p)}.`,
    'Name a profile that holds a login, or save a login under another name.',
  ],
  'profile-no-credentials': (p) => [
    `There are no credentials for the profile ${p.profile} yet.`,
    'Log in in the browser and save to it. If its sign-in link is known:',
  ],
  'profile-no-expiry': (p) => [
    `The profile ${p.profile} does not say when its credentials expire, so another program wrote them.`,
    'Log in again and save to this profile.',
  ],
  'profile-no-principal': (p) => [
    `The profile ${p.profile} does not say whose its credentials are, so another program wrote them.`,
    'Log in again and save to this profile.',
  ],
  'profile-not-process': (p) => [
    `The profile ${p.profile} in ${p.file} does not get its credentials from Roleferry.`,
    'There is nothing to undo. To set it up:',
  ],
  'process-path-unfit': (p) => [
    `AWS tools could not start Roleferry from the config file: ${p.reason}.`,
    'The path of your home folder is the cause. Let logins write the profile to the credentials file instead.',
  ],
  'chain-source-unbound': (p) => [
    `No login is saved to the profile ${p.profile}, so no second role can be assumed from it.`,
    'Save a login to it first.',
  ],
  'session-name-changed': (p) => [
    `The profile ${p.profile} is for logins as ${p.known}. This login is as ${p.given}, so it was not saved.`,
    'If both are you, use the new name from now on. If not, this is somebody else’s login: forget it, and log in again.',
  ],
  'env-value-unfit': (p) => [
    `The value of ${p.variable} has characters that ${p.format} would run, expand or misread, so nothing was printed or copied.`,
    'Choose another shell or format. If it is the region, correct it in the AWS config file.',
  ],
  'profile-settings-not-written': (p) => [
    `The credentials of ${p.profile} were written, but not its ${p.settings}.`,
    `Write that into the profile ${p.profile} of the config file yourself, or set AWS_REGION.`,
  ],
  'profile-value-unfit': (p) => [
    `The profile ${p.profile} holds ${contentWords(content, p)}.`,
    'Remove what does not belong to the value, or log in again and save to this profile.',
  ],
  'left-profile-changed': (p) => [
    `${p.profile} has changed in the meantime, so it was not removed.`,
    'Nothing was changed. What is in it:',
  ],
  'profiles-exist': (p) => [
    `There are profiles with these names already, in ${p.file} or the credentials file: ${p.profiles}.`,
    'Nothing was written. Choose other names.',
  ],
  'on-demand-unknown': (p) => [
    `No role goes to the profile ${p.profile} any more.`,
    'Save a role to it in the Roleferry popup, or remove the profile there.',
  ],
  'on-demand-gone': (p) => [
    `Your identity provider does not offer the role of ${p.profile} any more.`,
    'Ask its administrator if you still need it. The Roleferry popup removes the profile with one click.',
  ],
  'on-demand-waits': (p) => [
    `There are credentials for ${p.profile}, and Roleferry asks you before it writes them.`,
    'Open the Roleferry popup, save the role, and run this again.',
  ],
  'on-demand-no-link': (p) => [
    `No login is open for ${p.profile}, and there is no sign-in link to start one.`,
    'Log in to AWS in the browser and run this again within five minutes. With a sign-in link, which you set in the options of Roleferry, it works by itself.',
  ],
} satisfies Partial<FailureWords>;
