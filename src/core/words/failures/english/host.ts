import { type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { place } from './reasons/files.ts';
import { message, where } from './reasons/programs.ts';

export const host = {
  'host-not-installed': () => [
    'The Roleferry host is not installed for this browser, so no profile can be written.',
    'Install it, in the folder where you built Roleferry:',
  ],
  'host-forbidden': () => [
    'The Roleferry host does not know this extension.',
    'Reinstall it, in the folder where you built Roleferry:',
  ],
  'host-exited': () => [
    'The Roleferry host stopped before it answered.',
    'Try again. If it happens again, reinstall the host, in the folder where you built Roleferry:',
  ],
  'host-silent': (p) => [
    `The Roleferry host did not answer within ${p.seconds} seconds.`,
    'Try again. If it happens again, restart the browser and reinstall the host, in the folder where you built Roleferry:',
  ],
  'host-answer-invalid': () => [
    'The Roleferry host gave an answer that this extension does not understand.',
    'Update both: the extension in the browser, and the host in the folder where you built the newer Roleferry:',
  ],
  'host-older': () => [
    'The Roleferry host is older than the extension, and cannot do this yet.',
    'Update the host, in the folder where you built the newer Roleferry:',
  ],
  'message-invalid': (p) => [
    `The message is not valid: ${words(message, p.reason)}.`,
    'Extension and host may have different versions: update both.',
  ],
  'message-version': (p) => [
    `The extension speaks protocol ${p.theirs}, the host speaks ${p.ours}.`,
    p.theirs > p.ours
      ? 'The host is the older one. Update it, in the folder where you built the newer Roleferry:'
      : 'The extension is the older one. Update it in the browser.',
  ],
  'message-too-large': (p) => [
    `The message has ${p.bytes} bytes; at most ${p.limit} are allowed.`,
    'Write fewer profiles at once.',
  ],
  'origin-not-allowed': (p, roleferry) => [
    `The host was started by ${p.origin}, which it does not serve.`,
    `Only the Roleferry extension may start it. If you use a build of your own, run: ${roleferry} install --extension-id ID`,
  ],
  'host-gone': () => [
    'The browser closed the connection before the write began, so nothing was written.',
    'Log in again, or save again in the popup.',
  ],
  'credentials-file-refused': (p, roleferry) => [
    `The extension may not save credentials to ${p.file}: ${words(place, p.reason)}.`,
    `Choose a credentials file of yours, or a new name in one of your folders, such as ~/.aws/credentials-work. Set any other file in a terminal: ${roleferry} install --credentials-file FILE`,
  ],
  'credentials-file-moved': (p) => [
    `Profiles are now written to ${p.file}, so nothing was changed.`,
    'Check both paths, then change it again.',
  ],
  'install-record-damaged': (p) => [
    `The record beside the native host, ${p.file}, cannot be read, so the host does not know which extension it may serve.`,
    'If the host is installed for all users, show this to your administrator. Otherwise run:',
  ],
  unexpected: (p) => [
    `Something unexpected happened ${words(where, p.where)}.`,
    'Try again. If it happens again, please report it.',
  ],
} satisfies Partial<FailureWords>;
