import { Command } from 'commander';
import type { ProgramName } from '../terminal/called/call-of.ts';
import { isTerminal } from '../terminal/is-terminal.ts';
import { print } from '../terminal/print.ts';
import { tell } from '../terminal/tell.ts';

/**
 * A program with the options common to all. Instead of ending the process commander throws, and `runProgram` reports it.
 */
export const newProgram = (name: ProgramName, version: string): Command =>
  new Command(name)
    .configureOutput({
      writeOut: print,
      writeErr: tell,
      getOutHelpWidth: () => (isTerminal(1) ? process.stdout.columns : 80),
      getErrHelpWidth: () => (isTerminal(2) ? process.stderr.columns : 80),
      // Nothing in our help has a colour.
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command...]', 'print help on a command')
    .exitOverride();
