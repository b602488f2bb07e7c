import { defineConfig } from 'vitest/config';

/** One file at a time, in minutes of their own (`npm run test:long`). */
const long = ['test/faults/{dying-parts,stopped-worker}.test.ts'];

/** What people see and press: popup, options, first run. */
const pages = [
  'test/e2e/{accessibility,chaining,first-run,german,history,managed,options,popup,renewing,shortcuts}.test.ts',
];

const browsers = ['test/e2e/**/*.test.ts', 'test/acceptance/{installing,versions}.test.ts'];

/** They build the whole product. */
const builds = ['test/build/{reproducible,package}.test.ts'];

const oneAtATime = { testTimeout: 120_000, hookTimeout: 60_000, fileParallelism: false };

export default defineConfig({
  test: {
    reporters: ['default', './scripts/set-up/closing-line.mjs'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'test/*.test.ts', 'test/{rehearsal,build}/**/*.test.ts'],
          exclude: builds,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        // Hundreds of processes, disks that fill up, other readers of the same files.
        test: {
          name: 'machine',
          include: ['test/{acceptance,oracle,faults}/**/*.test.ts', ...builds],
          exclude: [...browsers, ...long],
          ...oneAtATime,
        },
      },
      { test: { name: 'firefox', include: ['test/firefox/**/*.test.ts'], ...oneAtATime } },
      { test: { name: 'pages', include: pages, ...oneAtATime } },
      { test: { name: 'browser', include: browsers, exclude: pages, ...oneAtATime } },
      { test: { name: 'long', include: long, ...oneAtATime } },
    ],
  },
});
