// The rules of this terminal: results on stdout, everything else on stderr; errors are one line and a hint, never
// a stack trace; exit codes are 0, 1 for a failure, 2 for a command line that cannot be understood.
import { type Command, CommanderError } from 'commander';
import { failure } from '../core/failure.ts';
import { printable } from '../core/printable.ts';
import { reportFailure } from './report-failure.ts';

/**
 * Runs a program on this process's command line. `build` makes it, with options and actions for the commands that
 * are wanted; `commands` are the names of all of them.
 */
export async function runProgram(
  name: string,
  commands: readonly string[],
  build: (isWanted: (command: string) => boolean) => Promise<Command>,
): Promise<void> {
  const argv = process.argv.slice(2);
  const command = argv.find((word) => commands.includes(word));
  const shownName = command === undefined ? name : `${name} ${command}`;
  const reportUnexpected = () => reportFailure(failure('unexpected', { where: shownName }));

  // What libraries have to tell their programmers, such as which Node they will want next year.
  process.removeAllListeners('warning');
  process.on('uncaughtException', () => {
    reportUnexpected();
    process.exit();
  });
  // `roleferry … | head -1`: whoever read has had enough.
  process.stdout.on('error', () => process.exit());

  try {
    const program = await build((wanted) => argv.includes(wanted));
    for (const each of withSubcommands(program)) {
      each.configureOutput({ outputError: (text, write) => write(worded(text, shownName)) });
    }
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else reportUnexpected();
  }
}

const withSubcommands = (command: Command): Command[] => [
  command,
  ...command.commands.flatMap(withSubcommands),
];

/** Commander's errors in our form: `error: what (Did you mean x?)` becomes a line and a hint. */
function worded(text: string, shownName: string): string {
  const [what = '', suggestion] = text
    .replace(/^error: /, '')
    .trimEnd()
    .split('\n');
  const meant = suggestion?.replace(/^\(Did you mean (.*)\?\)$/, 'did you mean $1?');
  return `roleferry: ${printable(what)}\nhint: ${meant ?? `see ${shownName} --help`}\n`;
}
