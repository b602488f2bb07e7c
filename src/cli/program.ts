import type { Command } from 'commander';
import { version } from '../../package.json';
import { commands, type Program } from './commands.ts';
import { needClearPlaces } from './files/need-clear-places.ts';
import { newProgram } from './new-program.ts';
import { examples } from './terminal/examples.ts';

/** What completion scripts call; of no use to a person, so help does not list it. */
const completer = { name: 'complete', summary: '', load: () => import('./completion/complete.ts') };

/**
 * The whole command line. Only the commands that `isWanted` get their options and actions, since loading a command
 * takes time; of the others there are names and summaries, which is all that the program's own help shows.
 */
export async function buildProgram(isWanted: (command: string) => boolean, about: Program): Promise<Command> {
  const program = newProgram('roleferry', version)
    .description('Temporary AWS credentials from the SAML login that you do anyway.')
    .addHelpText(
      'after',
      examples([
        ['npx roleferry install', 'register the native host with your browsers'],
        ['roleferry help install', 'options and examples of a command'],
      ]),
    );
  for (const { name, summary, load } of [...commands, completer]) {
    const command = program.command(name, { hidden: name === completer.name }).summary(summary);
    if (isWanted(name)) (await load()).define(command, about);
  }
  return needClearPlaces(program, (name) => commands.some((entry) => entry.name === name && entry.files));
}
