// The rules of this terminal: results on stdout, everything else on stderr; errors are one line and a hint, never
// a stack trace; exit codes are 0, 1 for a failure, 2 for a command line that cannot be understood.
import { type Command, CommanderError } from 'commander';
import { printable } from '../../core/words/printable.ts';
import { callOf as callOfProgram, type ProgramName } from '../terminal/called/call-of.ts';
import { ofProcess } from '../terminal/called/of-process.ts';
import { carefully } from '../terminal/carefully.ts';

/**
 * Runs a program on this process's command line. `build` makes it, with options and actions for the commands that
 * are wanted; `commands` are the names of all of them.
 */
export async function runProgram(
  name: ProgramName,
  commands: readonly string[],
  build: (isWanted: (command: string) => boolean) => Promise<Command>,
): Promise<void> {
  const argv = process.argv.slice(2);
  const command = argv.find((word) => commands.includes(word));
  const shownName = command === undefined ? name : `${name} ${command}`;
  await carefully(shownName, async () => {
    const program = await build((wanted) => argv.includes(wanted));
    program.addHelpText('afterAll', () => otherCall(name));
    for (const each of withSubcommands(program)) {
      each.configureOutput({ outputError: (text, write) => write(worded(text, each)) });
    }
    try {
      helpAskedFor(program, argv);
      await program.parseAsync(argv, { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      if (error.exitCode !== 0) process.exitCode = 2;
    }
  });
}

/** Examples call the program by its name, which does not lead to every copy. */
function otherCall(name: ProgramName): string {
  const call = calledHere(name);
  return call === name ? '' : `\nTo run this copy, type this instead of ${name}: ${call}`;
}

/** As `callHere`, without the record of the installation, which help would only load. */
const calledHere = (name: ProgramName): string => printable(callOfProgram(name, ofProcess()) ?? name);

const withSubcommands = (command: Command): Command[] => [
  command,
  ...command.commands.flatMap(withSubcommands),
];

/** The words that call `command` in the shell of the user, such as `roleferry policy saml-trust`. */
const callOf = (command: Command): string =>
  command.parent === null
    ? calledHere(command.name() as ProgramName)
    : `${callOf(command.parent)} ${command.name()}`;

/**
 * Commander's `help` looks at one word and lets an unknown one pass: here `help policy saml-trust` and
 * `policy help saml-trust` lead to the same, and a word that is no command is refused.
 */
function helpAskedFor(program: Command, argv: string[]): void {
  let command = program;
  let asked = false;
  for (const word of argv) {
    const next = command.commands.find((each) => each.name() === word);
    if (next !== undefined) command = next;
    else if (word === 'help' && command.commands.length > 0) asked = true;
    else if (!asked) return;
    else if (!word.startsWith('-')) command.error(`error: unknown command '${word}'`);
  }
  if (asked) command.help();
}

/** Commander's errors in our form: `error: what (Did you mean x?)` becomes a line and a hint. */
function worded(text: string, command: Command): string {
  const said = text.replace(/^error: (command-argument )?/, '').trimEnd();
  // What was typed, which is part of it, may have lines of its own.
  const [, what = said, meant] = /^(.*)\n\(Did you mean ([^\n]*)\?\)$/s.exec(said) ?? [];
  const call = callOf(command);
  const ofAnother =
    what.startsWith('unknown option') && command.usage().includes(' -- ') && !process.argv.includes('--');
  const hint = ofAnother
    ? `put the other program's options after --, as in: ${call} ${command.usage()}`
    : meant === undefined
      ? `see ${call} --help`
      : `did you mean ${printable(meant)}?`;
  return `roleferry: ${printable(what)}\nhint: ${hint}\n`;
}
