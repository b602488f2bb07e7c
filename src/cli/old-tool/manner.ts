import { InvalidArgumentError } from 'commander';
import { printable } from '../../core/words/printable.ts';
import type { Manner } from '../delivery/manner.ts';
import { notEmpty } from '../terminal/not-empty.ts';
import { splitWords } from './split-words.ts';

/** What scripts that call aws_role_credentials 0.6.4 rely on. */
export const oldTool: Manner = {
  program: 'aws_role_credentials',
  regionFromEnvironment: false,
  // No shell, so that no character of the command has a meaning to one.
  parseExec(command) {
    const words = splitWords(command);
    if (words === undefined) throw new InvalidArgumentError('It has an unclosed quote.');
    const [file = '', ...args] = words;
    return { file: notEmpty(file), args };
  },
  profile: { output: 'json', allInOne: true },
  // Scripts look for the file, the profile and the time.
  report({ profile, exchanged }, credentialsFile) {
    const line = '-'.repeat(64);
    return [
      '\n',
      line,
      `The credentials are in ${printable(credentialsFile)} under the profile ${profile}.`,
      `They will expire at ${exchanged.credentials.expiration}. For new ones, run the same command again.`,
      `To use them, name the profile: aws --profile ${profile} sts get-caller-identity`,
      line,
      '\n\n',
    ].join('\n');
  },
  roleChoice: {},
};
