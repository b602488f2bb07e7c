import { type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { settings } from './reasons/policies.ts';

export const extension = {
  'clipboard-refused': () => [
    'The browser did not let Roleferry write to the clipboard.',
    'Click into the popup, then copy again.',
  ],
  'login-just-changed': () => [
    'Another login is here now, so nothing was saved.',
    'Check whose it is, then save again.',
  ],
  'not-a-click': () => ['Ignored: this did not come from a click.', 'Click again.'],
  'nothing-to-copy': () => ['There are no credentials to copy.', 'Log in first.'],
  'list-just-changed': () => [
    'A new login has moved the list, so nothing was done.',
    'Find your entry, then click again.',
  ],
  'credentials-expired': () => ['These credentials have expired.', 'Log in again for new ones.'],
  'writing-off': () => [
    'Roleferry is set to never save profiles.',
    'Copy the credentials instead, or change this in the options.',
  ],
  'issuer-link-missing': (p) => [
    `No sign-in link is set for ${p.issuer}.`,
    'Set it in the options: the link of the AWS tile at your identity provider.',
  ],
  'renewal-unfinished': (p) => [
    `The sign-in link of ${p.issuer} did not log in by itself.`,
    'Your identity provider is waiting for you: log in in the tab that was opened.',
  ],
  'import-refused': (p) => [
    `Nothing was imported: ${words(settings, p.reason)}.`,
    'Fix the file, or change what is in the way, then import again.',
  ],
  'copy-unclear': () => [
    'Nothing was copied: it is not clear which credentials are meant.',
    'The shortcut copies what is saved to one of your profiles. Copy others with the button of their role.',
  ],
  'only-in-options': () => [
    'This can only be changed on the options page.',
    "Open Roleferry's options and change it there.",
  ],
  'import-changed': () => [
    'Nothing was imported: the file would now change something else than you were shown.',
    'Review the changes again, then choose.',
  ],
} satisfies Partial<FailureWords>;
