import { type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { awsCli, file, line } from './reasons/files.ts';

export const files = {
  'home-missing': () => [
    'There is no home folder: HOME is not set, and the system does not know this user.',
    'Set HOME to the folder that has .aws.',
  ],
  'file-not-understood': (p) => [
    `In ${p.file} line ${p.line} cannot be understood: ${words(line, p.reason)}. The file was not changed.`,
    'Fix that line in an editor, then try again.',
  ],
  'file-unreadable': (p) => [
    `${p.file} cannot be read: ${words(file, p.reason)}.`,
    p.reason === 'file-missing'
      ? 'Check its name for a typo.'
      : 'Check that you own the file and may read it.',
  ],
  'file-not-writable': (p) => [
    `${p.file} cannot be written: ${p.folder === undefined ? '' : 'its folder, where a copy goes first, cannot be written: '}${words(file, p.reason)}. The file was not changed.`,
    p.folder === undefined
      ? 'Check the permissions of the file and of its folder.'
      : `Make ${p.folder} writable (in a container: mount the folder, not the file), or name a file elsewhere with AWS_SHARED_CREDENTIALS_FILE or AWS_CONFIG_FILE.`,
  ],
  'file-no-space': (p) => [
    `There is no space left to write ${p.file}. The file was not changed.`,
    'Free some space on that disk, then try again.',
  ],
  'file-link-broken': (p) => [
    `${p.file} is a link to ${p.target}, which leads nowhere.`,
    'Fix or remove the link, then try again.',
  ],
  'path-variable': (p) => [
    `${p.variable} is ${p.path}, and AWS tools do not agree which file that is.`,
    `Write the whole path, without variables or another user's ~. Quotes in a shell or an env file may keep $HOME from being expanded.`,
  ],
  'file-busy': (p) => [`Another program keeps changing ${p.file}.`, 'Try again when that program is done.'],
  'file-exposed': (p) => [`Others on this machine can use the credentials in ${p.file}.`, 'Run:'],
  'place-is-link': (p) => [
    `${p.path} is a link, and Roleferry does not follow it: it could lead to anything of yours.`,
    'Remove the link (not its target), then try again.',
  ],
  'file-not-for-aws-cli': (p) => [
    `The AWS CLI cannot read ${p.file}, and so none of its profiles: ${words(awsCli, p.reason)}.`,
    'Fix that in an editor, and save the file as UTF-8 without a byte order mark. To check it:',
  ],
} satisfies Partial<FailureWords>;
