import { type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { shellWord } from '../../shell-word.ts';
import { file } from './reasons/files.ts';

/** Of profiles whose credentials AWS tools get elsewhere. */
export const otherProfiles = {
  'source-profile-missing': (p) => [
    `The profile ${p.profile} names ${p.source} as its source_profile, but no AWS file has a profile of that name.`,
    'Correct source_profile in the config file. To see which profiles there are:',
  ],
  'source-profile-loop': (p) => [
    `The credentials of ${p.source} would come from themselves: ${p.profile} names it as its source_profile.`,
    'Let one of them name a profile that has credentials.',
  ],
  'profile-settings-unusable': (p) => [
    `The settings of the profile ${p.profile} cannot be used: ${p.reason}.`,
    'Correct the profile in the config file.',
  ],
  'web-identity-token-unreadable': (p) => [
    `The profile ${p.profile} gets its credentials for the token in ${p.file}, which cannot be read: ${words(file, p.reason)}.`,
    'Check web_identity_token_file in the config file, and that the program that writes the token has run.',
  ],
  'instance-metadata-disabled': (p) => [
    `The profile ${p.profile} gets its credentials from the instance metadata of this machine, and AWS_EC2_METADATA_DISABLED forbids asking for them.`,
    'Unset AWS_EC2_METADATA_DISABLED, or use another profile.',
  ],
  'process-profile-elsewhere': (p, roleferry) => [
    `AWS tools get the credentials of ${p.profile} from elsewhere: ${p.keys} in ${p.file}. --replace does not set that aside.`,
    `${roleferry} exec, env, shell and serve use such a profile as it is. To let logins write it, choose another name, or take that out in an editor.`,
  ],
  'long-lived-not-handed-out': (p, roleferry) => [
    `The profile ${p.profile} holds long-lived keys, which Roleferry gives to no program.`,
    `Assume a role with them and use that: ${roleferry} user ROLE-ARN NAME --source-profile ${shellWord(p.profile)} --profile OTHER`,
  ],
  'aws-login-needed': (p) => [
    `The profile ${p.profile} gets its credentials from ${p.login}, and that login has expired or was never made.`,
    'Log in again:',
  ],
  'aws-cli-renews': (p) => [
    `The profile ${p.profile} is renewed by the AWS CLI, not by Roleferry.`,
    'Log in with it:',
  ],
  'profile-process-failed': (p) => [
    `The credential_process of the profile ${p.profile} failed: ${p.reason}`,
    'Run its command yourself to see what it needs. It is in the config file.',
  ],
  'profile-source-failed': (p) => [
    `The profile ${p.profile} gives no credentials: ${p.reason}`,
    'Check its settings in the config file, and whether other AWS tools can use it.',
  ],
  'profile-mfa-needed': (p) => [
    `The profile ${p.profile} needs a code of the MFA device ${p.serialNumber}, and there is no terminal to ask for it.`,
    'Run this in a terminal.',
  ],
} satisfies Partial<FailureWords>;
