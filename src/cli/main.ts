// The rules of this terminal: results on stdout, everything else on stderr; errors are one line and a hint, never
// a stack trace; exit codes are 0, 1 for a failure, 2 for a command line that cannot be understood.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { failure } from '../core/failure.ts';
import { commands } from './commands.ts';
import { examples } from './examples.ts';
import { reportFailure } from './report-failure.ts';

process.on('uncaughtException', () => {
  reportUnexpected();
  process.exit();
});

// `roleferry … | head -1`: whoever read has had enough.
process.stdout.on('error', () => process.exit());

const argv = process.argv.slice(2);
try {
  const program = await buildProgram();
  await program.parseAsync(argv, { from: 'user' });
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else reportUnexpected();
}

function reportUnexpected(): void {
  reportFailure(failure('unexpected', { where: `roleferry ${commandName() ?? ''}`.trim() }));
}

function commandName(): string | undefined {
  return commands.find(({ name }) => argv.includes(name))?.name;
}

async function buildProgram(): Promise<Command> {
  const program = new Command('roleferry')
    .description('Temporary AWS credentials from the SAML login that you do anyway.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help on a command')
    .configureOutput({ outputError: (text, write) => write(worded(text)) })
    .exitOverride()
    .addHelpText(
      'after',
      examples([
        ['npx roleferry install', 'register the native host with your browsers'],
        ['roleferry help install', 'options and examples of a command'],
      ]),
    );
  const hostFile = join(dirname(fileURLToPath(import.meta.url)), 'native-host.mjs');
  for (const { name, summary, load } of commands) {
    const command = program.command(name).summary(summary);
    if (argv.includes(name)) (await load()).define(command, { hostFile });
  }
  return program;
}

/** Commander's errors in our form: `error: what (Did you mean x?)` becomes a line and a hint. */
function worded(text: string): string {
  const [what = '', suggestion] = text
    .replace(/^error: /, '')
    .trimEnd()
    .split('\n');
  const name = commandName();
  const meant = suggestion?.replace(/^\(Did you mean (.*)\?\)$/, 'did you mean $1?');
  return `roleferry: ${what}\nhint: ${meant ?? `see roleferry ${name === undefined ? '' : `${name} `}--help`}\n`;
}
