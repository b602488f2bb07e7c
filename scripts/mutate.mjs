// npm run mutate: puts small faults into the deciding files, one at a time, and says which ones no test notices.
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { ensureNpmPackages } from './set-up/npm-packages.mjs';
import { giveUp } from './set-up/say.mjs';

/** Code that decides what is read, who may write, and what is written; for the reasons see docs/decisions/0042. */
const deciding = [
  'src/core/**/*.ts',
  'src/background/{rules,delivery,profiles}/**/*.ts',
  'src/{credentials-file,disk,machine-policy}/**/*.ts',
  'src/native-host/*.ts',
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

const help = `Usage: npm run mutate [-- [options] [files]]

Changes the code that decides, one small fault at a time, and runs the unit tests that reach it. Prints each fault
that no test notices, and the share that is noticed. It fails below 92%. A file takes a minute or two on two
processors, everything some hours.

Without files: ${deciding.join(' ')}

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
try {
  await new Stryker({
    mutate: [...(positionals.length > 0 ? positionals : deciding), ...leftOut],
    plugins: ['@stryker-mutator/vitest-runner'],
    testRunner: 'vitest',
    vitest: { configFile: 'scripts/mutate/vitest.config.ts' },
    coverageAnalysis: 'perTest',
    // On a busy machine a slow test is not a fault that was noticed.
    timeoutMS: 30_000,
    // Code that runs once, on loading, would have to be tried against every test.
    ignoreStatic: true,
    // Stryker reads it by an interface that TypeScript 7 has not.
    tsconfigFile: 'none',
    tempDirName: '.cache/mutate',
    ignorePatterns: ['dist', 'docs'],
    reporters: ['clear-text', 'json', 'progress'],
    jsonReporter: { fileName: '.cache/mutate.json' },
    clearTextReporter: { reportTests: false, logTests: false },
    thresholds: { high: 100, low: 92, break: 92 },
    ...(values.concurrency && { concurrency: Number(values.concurrency) }),
  }).runMutationTest();
} catch (error) {
  giveUp(error.message);
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
