import type { FailureWords } from '../../../failure-words.ts';

export const commands = {
  'profiles-or-all': () => ['Name the profiles or say --all, not both.', 'See:'],
  'command-not-found': (p) => [
    `There is no program ${p.command}.`,
    'Look for a typing error in its name, or give the whole path of it.',
  ],
  'command-not-run': (p) => [
    `${p.command} cannot be run: ${p.reason}.`,
    'Check that it is a program, and that you may run it.',
  ],
  'sign-in-link-missing': (p) => [
    `No sign-in link is known for the profile ${p.profile}.`,
    `Give the page at your identity provider that leads to AWS: roleferry login --profile ${p.profile} --link https://...`,
  ],
  'sign-in-link-invalid': (p) => [
    `This is no sign-in link: ${p.reason}.`,
    'It is the address of the page at your identity provider that leads to AWS, and begins with https://',
  ],
  'profile-unsaid': () => [
    'It is not said which profile this is for.',
    'Name it with --profile, or set AWS_PROFILE.',
  ],
  'browser-not-opened': (p) => [
    `The browser could not be opened: ${p.reason}.`,
    'Set BROWSER to the program that opens your browser, then try again.',
  ],
  'login-not-delivered': (p) => [
    `No new credentials for ${p.profile} came within ${p.seconds} s.`,
    'Finish the login in the browser and look at the Roleferry popup there; --timeout waits longer.',
  ],
  'output-not-written': (p) => [
    `Not all of the output could be written: ${p.reason}.`,
    'Free some space or send the output elsewhere; the rest of the command went on.',
  ],
} satisfies Partial<FailureWords>;
