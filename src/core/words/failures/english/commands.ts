import type { FailureWords } from '../../../failure-words.ts';
import { profileWord } from '../../profile-word.ts';

export const commands = {
  'profiles-or-all': () => ['Name the profiles or say --all, not both.', 'Examples of both:'],
  'command-not-found': (p) => [
    `There is no program ${p.command}.`,
    'Check its name for a typo, or give its full path.',
  ],
  'command-not-run': (p) => [
    `${p.command} cannot be run: ${p.reason}.`,
    'Check that it is a program and that you may run it.',
  ],
  'sign-in-link-missing': (p, roleferry) => [
    `No sign-in link is known for the profile ${p.profile}.`,
    `Give the address of the AWS tile at your identity provider: ${roleferry} login ${profileWord(p.profile)} --link https://...`,
  ],
  'sign-in-link-invalid': (p) => [
    `This is not a sign-in link: ${p.reason}.`,
    'Copy the address of the AWS tile at your identity provider.',
  ],
  'profile-unsaid': (p, roleferry) => [
    'No profile given.',
    `Name it, like dev in: ${roleferry} ${p.command} dev${p.command === 'exec' ? ' -- ls' : ''}. Or set AWS_PROFILE.`,
  ],
  'command-unsaid': (p, roleferry) => [
    `No command given to run with the profile ${p.profile}.`,
    `Put it after --, as in: ${roleferry} exec ${profileWord(p.profile)} -- ls. For a shell: ${roleferry} shell ${profileWord(p.profile)}`,
  ],
  'browser-not-opened': (p) => [
    `The browser could not be opened: ${p.reason}.`,
    'Set BROWSER to the program that opens your browser, then try again.',
  ],
  'login-not-delivered': (p) => [
    `No new credentials for ${p.profile} arrived within ${p.seconds} s.`,
    'Finish the login in the browser and look at the Roleferry popup there. --timeout waits longer.',
  ],
  'endpoint-not-listening': (p) => [
    `Credentials cannot be handed out at ${p.address}: ${p.reason}.`,
    'Leave out --port for any free one. --listen takes only an address of this machine.',
  ],
  'output-not-written': (p) => [
    `Not all of the output could be written: ${p.reason}.`,
    'Free some space or send the output elsewhere. The rest of the command was done.',
  ],
} satisfies Partial<FailureWords>;
