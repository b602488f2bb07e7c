import { Command } from 'commander';

/**
 * A program with the options that all of ours have. Where commander would end the process it throws, and `runProgram`
 * tells what and ends it.
 */
export const newProgram = (name: string, version: string): Command =>
  new Command(name)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command...]', 'print help on a command')
    .exitOverride();
