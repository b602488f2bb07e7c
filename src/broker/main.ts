import { parseArgs } from 'node:util';
import { version } from '../../package.json';
import { type Problem, readConfig } from './config/read-config.ts';
import type { Config } from './config/schema.ts';
import { logToStderr } from './decision/log.ts';
import { explain } from './explain.ts';
import { asksItself } from './own-credentials.ts';
import { type Serving, serve } from './serve.ts';

const help = `Usage: roleferry-broker --config FILE
       roleferry-broker check FILE

Hands out temporary AWS credentials to people and machines that bring a token of an issuer in FILE.

Commands:
  check FILE       says what the configuration in FILE does, or what is wrong with it

Options:
  --config FILE    starts with this configuration and stays in the foreground
  --version        prints the version
  --help           shows this help

SIGHUP reads FILE anew, SIGTERM ends after the requests that are under way.
`;

async function main(): Promise<number> {
  const given = readArguments();
  if (given === undefined) return 2;
  const { values, positionals } = given;
  if (values.help) return said(help);
  if (values.version) return said(`${version}\n`);
  const [command, file, ...more] = positionals;
  if (command === 'check' && file !== undefined && more.length === 0) return check(file);
  if (command !== undefined || values.config === undefined) return complained(help, 2);
  return run(values.config);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        config: { type: 'string' },
        version: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    complained(`roleferry-broker: ${(error as Error).message}\n`, 2);
    return undefined;
  }
}

function check(file: string): number {
  const read = readConfig(file);
  return read.ok ? said(explain(read.config)) : complained(shownProblems(file, read.problems), 1);
}

async function run(file: string): Promise<number> {
  const read = readConfig(file);
  if (!read.ok) return complained(shownProblems(file, read.problems), 1);
  if (asksItself(read.config, process.env)) {
    return complained(
      'roleferry-broker: AWS_CONTAINER_CREDENTIALS_FULL_URI is its own address: it would ask itself for its credentials.\n' +
        'Unset it, and give the broker an identity of its own.\n',
      1,
    );
  }
  // What comes while it starts would end it otherwise, and what it starts with was just read.
  let serving: Serving | undefined;
  process.on('SIGHUP', () => serving?.reload(file));
  serving = await started(read.config);
  if (serving === undefined) return 1;
  await ended(serving);
  return 0;
}

/** Waits for the signals that end a program: SIGTERM after a while, a second one and SIGINT at once. */
function ended(serving: Serving): Promise<void> {
  return new Promise((resolve) => {
    const now = () => serving.close().then(resolve);
    process.once('SIGINT', now);
    process.once('SIGTERM', () => {
      process.once('SIGTERM', now);
      serving.drain().then(resolve);
    });
  });
}
async function started(config: Config): Promise<Serving | undefined> {
  try {
    return await serve(config, logToStderr);
  } catch (error) {
    complained(`roleferry-broker: ${(error as Error).message}\n`, 1);
    return undefined;
  }
}

const shownProblems = (file: string, problems: Problem[]): string =>
  problems.map(({ path, hint }) => `${file}: ${path === '' ? 'the file' : path} ${hint}\n`).join('');

function said(text: string): number {
  process.stdout.write(text);
  return 0;
}

function complained(text: string, status: number): number {
  process.stderr.write(text);
  return status;
}

void main().then((status) => {
  process.exitCode = status;
});
