import { type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { settings } from './reasons/policies.ts';

export const extension = {
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
  'writing-off': () => [
    'Roleferry is set to write no profiles.',
    'Copy the credentials instead, or change what Roleferry does with logins in its options.',
  ],
  'issuer-link-missing': (p) => [
    `No sign-in link is set for ${p.issuer}.`,
    'Set it in the options: the link of the tile for AWS at your identity provider.',
  ],
  'renewal-unfinished': (p) => [
    `The sign-in link of ${p.issuer} led to no login by itself.`,
    'Your identity provider wants something of you: log in there in the tab that was opened.',
  ],
  'import-refused': (p) => [
    `Nothing was imported: ${words(settings, p.reason)}.`,
    'Mend the file, or change what stands in the way, then import again.',
  ],
  'copy-unclear': () => [
    'Nothing was copied: of the credentials that are held, it is not clear which ones are meant.',
    'The keys copy what goes to a profile of yours. Copy others with the button of their role.',
  ],
  'only-in-options': () => [
    'This can be changed on the options page only, so nothing was done.',
    'Open the options of Roleferry and change it there.',
  ],
  'import-changed': () => [
    'Nothing was imported: what the file would change is not any more as it was shown.',
    'Look through the file again, then say what to take over.',
  ],
} satisfies Partial<FailureWords>;
