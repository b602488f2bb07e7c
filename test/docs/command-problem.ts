import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, CommanderError } from 'commander';
import { defineSaml } from '../../src/cli/commands/saml.ts';
import { defineUser } from '../../src/cli/commands/user.ts';
import { commands } from '../../src/cli/commands.ts';
import { oldTool } from '../../src/cli/old-tool/manner.ts';
import { newProgram } from '../../src/cli/program/new-program.ts';
import type { ProgramName } from '../../src/cli/terminal/called/call-of.ts';
import { root } from './documents.ts';
import type { Document } from './markdown.ts';
import { commandsOf, shells } from './play.ts';
import { splitCommands } from './split-commands.ts';

/** `mention`: a part of a command may stand for it, as `roleferry login` does in a sentence. */
type Manner = 'mention' | 'typed';

/**
 * What is wrong with a command of ours, by the definitions that the program itself goes by: an unknown sub-command or
 * option, a word too many, a value that an option cannot have. `undefined` if nothing is, or if it is no command of ours.
 */
async function commandProblem(words: readonly string[], manner: Manner): Promise<string | undefined> {
  // Any command: all that is left to say is `roleferry`.
  if (words[1] === '…') return undefined;
  const [name = '', ...args] = words.filter((word) => word !== '…');
  if (name === 'npm') return npmProblem(args);
  const ours = /^(?:\S*\/)?(roleferry|aws_role_credentials)(?:\.cjs)?$/;
  if (name === 'npx' || name === 'node') {
    const at = args.findIndex((arg) => ours.test(arg) && (name === 'npx' || arg.endsWith('.cjs')));
    return at === -1 ? undefined : commandProblem(args.slice(at), manner);
  }
  if (name === 'roleferry-broker') return brokerProblem(args);
  const [, program] = ours.exec(name) ?? [];
  if (program === undefined || (args.length === 0 && manner === 'mention')) return undefined;
  return parseProblem(await softened(program as ProgramName, manner), args, manner);
}

/** The same for all commands that a document shows or names, each with what was written. */
export async function commandProblems({
  blocks,
  inlineCode,
}: Pick<Document, 'blocks' | 'inlineCode'>): Promise<string[]> {
  const typed = blocks
    .filter(({ language }) => shells.includes(language))
    .flatMap(({ language, text }) => splitCommands(language === 'console' ? typedIn(text) : text));
  const problems = [];
  for (const words of typed) problems.push([words, await commandProblem(words, 'typed')] as const);
  for (const words of inlineCode.flatMap(splitCommands))
    problems.push([words, await commandProblem(words, 'mention')] as const);
  return problems.flatMap(([words, problem]) =>
    problem === undefined ? [] : `${words.join(' ')}: ${problem}`,
  );
}

const typedIn = (text: string): string =>
  commandsOf(text)
    .map(({ command }) => command)
    .join('\n');

/** Names that stand for something: `NAME`, `ROLE-ARN`, `<profile>`. */
const isPlaceholder = (word: string) => /^[A-Z][A-Z-]+$|…|^<.*>$|^\$/.test(word);

const kept = new Map<string, Promise<Command>>();

/** A program that does nothing but look at its command line. It is made once: that takes longer than all else here. */
function softened(name: ProgramName, manner: Manner): Promise<Command> {
  const made =
    kept.get(name + manner) ??
    (name === 'roleferry' ? roleferry() : oldProgram()).then((program) => soften(program, manner));
  kept.set(name + manner, made);
  return made;
}

function newQuietProgram(name: ProgramName): Command {
  const quiet = () => {};
  return newProgram(name, '0').configureOutput({ writeOut: quiet, writeErr: quiet, outputError: quiet });
}

const completer = { name: 'complete', load: () => import('../../src/cli/completion/complete.ts') };

async function roleferry(): Promise<Command> {
  const program = newQuietProgram('roleferry');
  const about = { hostFile: '', build: roleferry };
  for (const { name, load } of [...commands, completer]) (await load()).define(program.command(name), about);
  return program;
}

async function oldProgram(): Promise<Command> {
  const program = newQuietProgram('aws_role_credentials');
  defineSaml(program.command('saml'), oldTool);
  defineUser(program.command('user'), oldTool);
  return program;
}

async function parseProblem(program: Command, args: string[], manner: Manner): Promise<string | undefined> {
  if (args[0] === 'help') {
    const unknown = args
      .slice(1)
      .find((word) => !isPlaceholder(word) && !program.commands.some((one) => one.name() === word));
    return unknown === undefined ? undefined : `unknown command '${unknown}'`;
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const isMere =
      error.code === 'commander.help' ||
      (manner === 'mention' && error.code === 'commander.optionMissingArgument');
    return error.exitCode === 0 || isMere ? undefined : error.message.replace(/^error: |\n.*/gs, '');
  }
}

/** Nothing is done, placeholders are values of any option, and a mention need not be complete. */
function soften(command: Command, manner: Manner): Command {
  if (command.commands.length === 0) command.action(() => {});
  for (const one of [...command.options, ...command.registeredArguments]) {
    const parse: ((value: string, previous: unknown) => unknown) | undefined = one.parseArg?.bind(one);
    const lenient = (value: string, previous: unknown) =>
      isPlaceholder(value) ? value : parse?.(value, previous);
    if (parse !== undefined) Object.assign(one, { parseArg: lenient });
    if (manner === 'mention' && 'mandatory' in one) one.mandatory = false;
    if (manner === 'mention' && !('mandatory' in one)) one.required = false;
  }
  for (const each of command.commands) soften(each, manner);
  return command;
}

/** Its help is short and plain, and says all that there is. */
function brokerProblem(args: readonly string[]): string | undefined {
  const source = readFileSync(join(root, 'src/broker/main.ts'), 'utf8');
  const unknown = args.find((arg) => arg.startsWith('--') && !source.includes(`  ${arg} `));
  if (unknown !== undefined) return `unknown option '${unknown}'`;
  const [command] = args;
  return command === undefined || command.startsWith('-') || command === 'check'
    ? undefined
    : `unknown command '${command}'`;
}

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** Scripts that exist, with the options that their help names; for `npm test`, tests that exist. */
function npmProblem(args: readonly string[]): string | undefined {
  const [first = '', ...rest] = args.filter((arg) => !['-s', '--silent'].includes(arg));
  const name = first === 'run' ? rest.shift() : first;
  if (first === 'run' ? name === undefined || isPlaceholder(name) : !['start', 'test'].includes(first))
    return undefined;
  const script = scripts[name ?? ''];
  if (script === undefined) return `no script '${name}'`;
  const given = rest.slice(rest.indexOf('--') + 1).filter((word) => !isPlaceholder(word));
  if (rest.length > 0 && !rest.includes('--')) return `'${rest[0]}' without -- before it`;
  if (script.includes('scripts/test.mjs')) {
    const paths = given.filter((word) => word.includes('/'));
    const missing = paths.find(
      (path) => !existsSync(join(root, path)) && !existsSync(join(root, 'src/native-host', path)),
    );
    return missing === undefined ? undefined : `no test in '${missing}'`;
  }
  const source = sourceWithHelp(/scripts\/\S+/.exec(script)?.[0] ?? '');
  const unknown = given.find((word) => word.startsWith('--') && !source.includes(`  ${word} `));
  return unknown === undefined ? undefined : `npm run ${name} has no option '${unknown}'`;
}

/** A script, and what it starts: one of them has the help. */
function sourceWithHelp(script: string): string {
  const source = readFileSync(join(root, script), 'utf8');
  const started = [...source.matchAll(/'(test\/[\w/-]+\.ts)'/g)].map(([, file = '']) => file);
  return [source, ...started.map((file) => readFileSync(join(root, file), 'utf8'))].join('\n');
}
