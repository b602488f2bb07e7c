import type { Command } from 'commander';

/** The manual page of `program` in roff (man(7)), from the same definitions as its help. */
export function manPage(program: Command): string {
  const help = program.createHelp();
  return [
    `.TH ROLEFERRY 1 "" "roleferry ${program.version()}" "User Commands"`,
    '.SH NAME',
    `roleferry \\- ${inline(program.description())}`,
    '.SH SYNOPSIS',
    '.B roleferry',
    '.I command',
    '[options]',
    '.SH OPTIONS',
    ...options(program),
    ...afterHelp(program),
    '.SH COMMANDS',
    ...help
      .visibleCommands(program)
      .flatMap((command) => (command.name() === 'help' ? [] : section(command))),
    ...closing,
    '',
  ].join('\n');
}

function section(command: Command): string[] {
  const help = command.createHelp();
  return [
    `.SS ${inline(help.commandUsage(command))}`,
    inline(command.description()),
    ...options(command),
    ...afterHelp(command),
    ...help.visibleCommands(command).flatMap((each) => (each.name() === 'help' ? [] : section(each))),
  ];
}

function options(command: Command): string[] {
  const help = command.createHelp();
  const entries = [
    ...help
      .visibleArguments(command)
      .map((each) => [help.argumentTerm(each), help.argumentDescription(each)]),
    ...help.visibleOptions(command).map((each) => [help.optionTerm(each), help.optionDescription(each)]),
  ];
  return entries.flatMap(([term = '', description = '']) => [
    '.TP',
    `.B ${inline(term)}`,
    inline(description),
  ]);
}

/** The text from `addHelpText`, which commander prints but gives no access to. */
function afterHelp(command: Command): string[] {
  let shown = '';
  command.configureOutput({
    writeOut: (text) => {
      shown += text;
    },
  });
  command.outputHelp();
  const lines = shown.slice(command.helpInformation().length).trim().split('\n');
  return lines.flatMap((line) => (/^\S/.test(line) ? ['.PP', inline(line)] : verbatim(line)));
}

const verbatim = (line: string) => ['.nf', line === '' ? '' : inline(line), '.fi'];

/** One line of text, escaped so that roff finds no command. */
const inline = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^[.']/, '\\&$&')
    .replace(/[^\x20-\x7e]/gu, named);

const named = (character: string) => {
  const codePoint = (character.codePointAt(0) as number).toString(16).toUpperCase();
  return `\\[u${codePoint.padStart(4, '0')}]`;
};

const closing = `.SH EXIT STATUS
.TP
.B 0
It was done.
.TP
.B 1
It failed; stderr says why and what to do, and nothing was changed that was not reported on stdout.
.TP
.B 2
The command line cannot be understood.
.PP
A command that runs another program ends as that program does, with 126 if it cannot be run and 127 if there is none.
.SH ENVIRONMENT
.TP
.B AWS_SHARED_CREDENTIALS_FILE, AWS_CONFIG_FILE
The files of AWS tools, if not ~/.aws/credentials and ~/.aws/config.
.TP
.B AWS_REGION, AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL
Which STS is asked. An endpoint that is not AWS's is named on stderr; plain http is taken on this machine alone.
.TP
.B NODE_TLS_REJECT_UNAUTHORIZED
With 0 AWS is asked only with \\-\\-insecure\\-tls.
.TP
.B NO_COLOR
If it is not empty, nothing is coloured. Without a terminal nothing is coloured either.
.SH SEE ALSO
.BR aws (1)`.split('\n');
