import { dirname, join } from 'node:path';
import { isSea } from 'node:sea';
import { fileURLToPath } from 'node:url';
import { version } from '../../package.json';
import { commands } from './commands.ts';
import { needClearPlaces } from './files/need-clear-places.ts';
import type { Program } from './program/define.ts';
import { newProgram } from './program/new-program.ts';
import { runProgram } from './program/run-program.ts';
import { examples } from './terminal/examples.ts';

const about: Program = {
  // Working it out takes Node a while, and few commands ask.
  get hostFile() {
    return isSea() ? process.execPath : join(dirname(fileURLToPath(import.meta.url)), 'native-host.cjs');
  },
  build,
};

/** Completion scripts call it. Help does not list it, since nobody types it. */
const completer = { name: 'complete', summary: '', load: () => import('./completion/complete.ts') };

void runProgram(
  'roleferry',
  commands.map(({ name }) => name),
  build,
);

/** Loading a command takes time, so the commands that are not wanted have a name and a summary only. */
async function build(isWanted: (command: string) => boolean) {
  const program = newProgram('roleferry', version)
    .description('Temporary AWS credentials from the SAML login that you do anyway.')
    .addHelpText(
      'after',
      examples([
        ['roleferry install', 'register the native host with your browsers'],
        ['roleferry help install', 'options and examples of a command'],
      ]),
    );
  for (const { name, summary, load } of [...commands, completer]) {
    const command = program.command(name, { hidden: name === completer.name }).summary(summary);
    if (isWanted(name)) (await load()).define(command, about);
  }
  return needClearPlaces(program, (name) => commands.some((entry) => entry.name === name && entry.files));
}
