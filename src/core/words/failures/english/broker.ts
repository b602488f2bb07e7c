import type { FailureWords } from '../../../failure-words.ts';

export const broker = {
  'broker-address-invalid': (p) => [
    `This is not the address of a broker: ${p.reason}.`,
    'It looks like https://broker.example. Ask the people who run it.',
  ],
  'broker-unreachable': (p) => [
    `${p.host} could not be asked: ${p.reason}.`,
    'Check the address, the network and the VPN. If your company has its own CA, set AWS_CA_BUNDLE.',
  ],
  'broker-answer-invalid': (p) => [
    `What answers at ${p.host} is not a Roleferry broker: ${p.reason}.`,
    'Check the address. A proxy or a captive portal may be in between.',
  ],
  'broker-refused': (p, roleferry) => [
    `${p.host} refused (${p.code}): ${p.reason}`,
    p.minutes === undefined
      ? `See which roles you may use: ${roleferry} request URL --list. For more, ask the people who run the broker.`
      : `The clock of this machine is ${Math.abs(p.minutes)} minutes ${p.minutes > 0 ? 'behind' : 'ahead of'} the broker's: correct it, then try again.`,
  ],
  'broker-role-unsaid': (p, roleferry) => [
    `The broker offers ${p.count} roles, and none was chosen.`,
    `Name one: ${roleferry} request URL ROLE`,
  ],
  'broker-no-role': () => ['The broker has no role for you.', 'Ask the people who run the broker.'],
  'broker-login-missing': (p) => [
    `${p.host} offers no login for users.`,
    'Name the token of the machine: --token-file, --token-env or --github-actions',
  ],
  'broker-login-failed': (p) => [
    `The login at ${p.host} failed: ${p.reason}.`,
    'Try again. If that does not help, show this to the people who run the broker.',
  ],
  'broker-login-late': (p) => [
    `No login arrived within ${p.seconds} s.`,
    'Try again, and finish the login in the browser; --timeout waits longer, --no-browser is for machines without one.',
  ],
  'redirect-port-busy': (p) => [
    `The login cannot be received on port ${p.port}: ${p.reason}.`,
    'End the program that uses that port, or take another one that the identity provider knows: --redirect-port PORT',
  ],
  'machine-token-missing': (p) => [
    `There is no token to ask the broker with: ${p.reason}.`,
    'The token is a JSON Web Token whose audience is the address of the broker.',
  ],
} satisfies Partial<FailureWords>;
