import type { FailureWords } from '../../../failure-words.ts';
import { profileWord } from '../../profile-word.ts';
import { shellWord } from '../../shell-word.ts';

export const console = {
  'console-endpoint-invalid': (p) => [
    `${p.variable} cannot be used to open the console: ${p.reason}.`,
    'Use an address that begins with https://, or unset it.',
  ],
  'console-unanswered': (p) => [
    `${p.host} could not be asked to open the console: ${p.reason}.`,
    'Check the network, VPN and proxy, then try again. If your company has its own CA, set AWS_CA_BUNDLE.',
  ],
  'console-refused': (p, roleferry) => [
    `${p.host} opens no console with the credentials of ${p.profile} (HTTP ${p.status}).`,
    p.isRole
      ? `They may have been revoked, or the clock of this machine is wrong. Get new ones: ${roleferry} login ${profileWord(p.profile)}`
      : `AWS opens it with credentials of a role, not with those of GetSessionToken. To assume a role with them: ${roleferry} user --help`,
  ],
  'console-long-lived': (p, roleferry) => [
    `AWS opens no console with long-lived keys, which ${p.profile} holds.`,
    `Assume a role with them and open that: ${roleferry} user ROLE-ARN NAME --source-profile ${shellWord(p.profile)} --profile OTHER`,
  ],
  'console-not-opened': (p) => [
    `The console could not be opened: ${p.reason}.`,
    'Name your browser with --browser or BROWSER. With --print the link is printed, to open elsewhere.',
  ],
  'console-print-to-file': (p, roleferry) => [
    'The link is a secret, and stdout is a file, which would keep it.',
    `Print it to a terminal or a pipe, as in ${roleferry} console ${profileWord(p.profile)} --print | wl-copy`,
  ],
} satisfies Partial<FailureWords>;
