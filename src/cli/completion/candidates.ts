import type { Argument, Command, Option } from 'commander';
import { commonServices } from '../../core/aws/console-service.ts';
import { partitions } from '../../core/aws/partition.ts';

/**
 * What fits at the cursor: words, each with its purpose, and what the shell itself should offer.
 */
export interface Candidates {
  words: [word: string, purpose: string][];
  also?: 'file' | 'folder' | 'program' | 'profile';
}

/**
 * Looks up in the command line's own definitions what may follow `before`, the words behind `roleferry`, where `current`
 * is begun. What a value is follows from its name: `<profile>` or `--profile`, `<file>`, `<dir>`, `<command>`, `<region>`,
 * `--service`.
 */
export function candidates(program: Command, before: string[], current: string): Candidates {
  if (before[0] === 'help') return { words: before.length === 1 ? commandWords(program) : [] };
  let command = program;
  let position = 0;
  let awaited: Option | undefined;
  let optionsEnded = false;
  for (const word of before) {
    if (awaited) {
      awaited = undefined;
    } else if (!optionsEnded && word === '--') {
      optionsEnded = true;
      // Before -- is the profile, behind it the program.
      position = Math.max(position, command.registeredArguments.findIndex(isProgram));
    } else if (!optionsEnded && word.startsWith('-')) {
      const option = word.includes('=') ? undefined : optionOf(command, word);
      if (option?.required) awaited = option;
    } else {
      const next = position === 0 ? command.commands.find((each) => each.name() === word) : undefined;
      if (next) command = next;
      else position += 1;
      // What follows belongs to the program that is named here.
      if (isProgram(argumentAt(command, position - 1))) return { words: [], also: 'file' };
    }
  }
  if (awaited) return valuesOf(awaited, awaited.argChoices);
  const inline = optionsEnded ? null : /^(--[\w-]+)=/.exec(current);
  if (inline) {
    const option = optionOf(command, inline[1] as string);
    return option ? withPrefix(inline[0], valuesOf(option, option.argChoices)) : { words: [] };
  }
  if (current.startsWith('-') && !optionsEnded) return { words: optionWords(command) };
  if (position === 0 && command.commands.length > 0) return { words: commandWords(command) };
  const argument = argumentAt(command, position);
  // Without --, the first word is the program.
  if (isProgram(argument) && !optionsEnded) return { words: [], also: 'file' };
  return argument ? valuesOf(argument, argument.argChoices) : { words: [] };
}

const visible = (command: Command) => command.createHelp().visibleCommands(command);

const optionOf = (command: Command, flag: string): Option | undefined =>
  command.options.find(({ long, short }) => flag === long || flag === short);

const commandWords = (command: Command): Candidates['words'] =>
  visible(command).map((each) => [each.name(), each.summary() || each.description()]);

const optionWords = (command: Command): Candidates['words'] =>
  command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, short, description }) => [long ?? short ?? '', description]);

function argumentAt(command: Command, position: number): Argument | undefined {
  const { registeredArguments } = command;
  const last = registeredArguments.at(-1);
  return registeredArguments[position] ?? (last?.variadic && position >= 0 ? last : undefined);
}

const kinds: [name: RegExp, also: NonNullable<Candidates['also']>][] = [
  [/profile$/, 'profile'],
  [/file$/, 'file'],
  [/dir$/, 'folder'],
  [/^(command|program)$/, 'program'],
];

/** Values that are only the usual ones: others are taken too. */
const usual: [name: RegExp, words: () => readonly string[]][] = [
  [/region$/, () => partitions.flatMap(({ regions }) => regions)],
  [/service$/, () => commonServices],
];

/** An argument goes by its own name; an option by the one between the angle brackets, else by its flag. */
const namesOf = (wanted: Argument | Option): string[] =>
  'flags' in wanted ? [/[<[]([\w-]+)/.exec(wanted.flags)?.[1] ?? '', wanted.long ?? ''] : [wanted.name()];

function valueFor<T>(table: [name: RegExp, value: T][], wanted: Argument | Option): T | undefined {
  return table.find(([name]) => namesOf(wanted).some((each) => name.test(each)))?.[1];
}

const kindOf = (wanted: Argument | Option) => valueFor(kinds, wanted);

const isProgram = (argument: Argument | undefined) =>
  argument !== undefined && kindOf(argument) === 'program';

function valuesOf(wanted: Argument | Option, choices: readonly string[] | undefined): Candidates {
  const also = kindOf(wanted);
  const words = choices ?? valueFor(usual, wanted)?.() ?? [];
  return { words: words.map((word) => [word, '']), ...(also && { also }) };
}

const withPrefix = (prefix: string, { words, also }: Candidates): Candidates => ({
  words: words.map(([word, purpose]) => [prefix + word, purpose]),
  // Shells differ in how they complete paths after a =, so none are offered.
  ...(also === 'profile' && { also }),
});
