// npm run mutate: puts small faults into the deciding files, one at a time, and says which ones no test notices.
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { ensureNpmPackages } from './set-up/npm-packages.mjs';
import { giveUp, say } from './set-up/say.mjs';

const ofBackground = 'src/background/{delivery,login,profiles,rules}/**/*.test.ts';
const ofFiles = 'src/{credentials-file,disk,machine-policy}/**/*.test.ts';
const ofCore = 'src/core/**/*.test.ts';
/**
 * Code that decides what is read, who may write, and what is written, part by part, each with the tests that are to
 * notice; for the reasons see docs/decisions/0042.
 */
const parts = [
  ['src/background/rules/**/*.ts', ofBackground],
  ['src/background/delivery/**/*.ts', ofBackground],
  ['src/background/profiles/**/*.ts', ofBackground],
  ['src/disk/**/*.ts', ofFiles],
  ['src/machine-policy/**/*.ts', ofFiles],
  ['src/credentials-file/*.ts', ofFiles],
  ['src/credentials-file/{config,files,kinds,set-aside}/**/*.ts', ofFiles],
  ['src/credentials-file/format/**/*.ts', ofFiles],
  ['src/credentials-file/{on-demand,process}/**/*.ts', ofFiles],
  ['src/native-host/*.ts', 'src/native-host/**/*.test.ts'],
  ['src/core/{*,{aws,policy,profile,protocol,reasons,words}/**/*}.ts', ofCore],
  ['src/core/assertion/**/*.ts', ofCore],
  ['src/core/diagnosis/**/*.ts', ofCore],
  ['src/core/sts/**/*.ts', ofCore],
];
/** Tests, the tables of failures and causes and their words, ids, and what only runs as a process of its own. */
const leftOut = [
  '!**/*.test.ts',
  '!src/core/failure-*.ts',
  '!src/core/words/failures/**',
  '!src/core/words/causes/{english,german}.ts',
  '!src/core/product.ts',
  '!src/native-host/{main,main-requests}.ts',
];
/** At least so many of a hundred faults are to be noticed. */
const goal = 92;

const help = `Usage: npm run mutate [-- [options] [files]]

Changes the code that decides, one small fault at a time, and runs the unit tests of the same room that reach it.
Prints each fault that no test notices, and the share that is noticed. It fails below ${goal}%. A file takes a minute
or two on two processors, everything some hours. What was tried is kept in .cache/mutate: after a stop, it goes on with
the part that it was at.

Without files: ${parts.map(([files]) => files).join(' ')}

Options:
  --concurrency <n>  test runs at the same time (default: one for each processor but one)
  --help             show this help

Examples:
  npm run mutate
  npm run mutate -- src/core/aws/role.ts
  npm run mutate -- 'src/credentials-file/format/*.ts'
`;

const { values, positionals } = readArguments();
if (values.help) {
  process.stdout.write(help);
  process.exit();
}
await ensureNpmPackages();
const chosen = positionals.map((files) => [files, `src/${files.split('/')[1]}/**/*.test.ts`]);
const outcomes = [];
for (const [index, [files, tests]] of (chosen.length > 0 ? chosen : parts).entries()) {
  say(`${files}, with the tests ${tests}`);
  const found = await mutate(files, tests, `.cache/mutate/part-${index}`);
  outcomes.push(...found);
  say(`${files}: ${shareOf(found)}`);
}
say(`together: ${shareOf(outcomes)}`);
process.exitCode = outcomes.length > 0 && noticed(outcomes) * 100 >= goal * counted(outcomes) ? 0 : 1;

/** Tries the faults in `files`, a glob. Returns what became of each. */
async function mutate(files, tests, results) {
  process.env.ROLEFERRY_MUTATE_TESTS = tests;
  try {
    return await new Stryker({
      mutate: [files, ...leftOut],
      plugins: ['@stryker-mutator/vitest-runner'],
      testRunner: 'vitest',
      vitest: { configFile: 'scripts/mutate/vitest.config.ts' },
      coverageAnalysis: 'perTest',
      incremental: chosen.length === 0,
      incrementalFile: `${results}-tried.json`,
      // On a busy machine a slow test is not a fault that was noticed.
      timeoutMS: 30_000,
      dryRunTimeoutMinutes: 60,
      // Code that runs once, on loading, would have to be tried against every test.
      ignoreStatic: true,
      // Stryker reads it by an interface that TypeScript 7 has not.
      tsconfigFile: 'none',
      tempDirName: '.cache/mutate/sandbox',
      ignorePatterns: ['dist', 'docs'],
      reporters: ['clear-text', 'json', 'progress'],
      jsonReporter: { fileName: `${results}.json` },
      clearTextReporter: { reportTests: false, logTests: false, reportScoreTable: false },
      ...(values.concurrency && { concurrency: Number(values.concurrency) }),
    }).runMutationTest();
  } catch (error) {
    return giveUp(error.message);
  }
}

function noticed(results) {
  return results.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
}

/** Without what is marked as one that may stay, and code that runs once, on loading. */
function counted(results) {
  return (
    noticed(results) + results.filter(({ status }) => ['Survived', 'NoCoverage'].includes(status)).length
  );
}

function shareOf(results) {
  const share = ((noticed(results) / counted(results)) * 100).toFixed(1);
  return `${noticed(results)} of ${counted(results)} faults are noticed (${share}%)`;
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { concurrency: { type: 'string' }, help: { type: 'boolean' } },
    });
  } catch (error) {
    return giveUp(error.message, 'See npm run mutate -- --help.');
  }
}
