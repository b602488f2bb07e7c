import { defineConfig } from 'vitest/config';

/** One file at a time, in minutes of their own (`npm run test:long`): parts that die, many writers, and Firefox. */
const long = [
  'test/faults/{dying-parts,stopped-worker,credentials-file-many-writers}.test.ts',
  'test/firefox/**/*.test.ts',
];

const browsers = ['test/e2e/**/*.test.ts', 'test/acceptance/{installing,versions}.test.ts'];

const oneAtATime = { testTimeout: 120_000, hookTimeout: 60_000, fileParallelism: false };

export default defineConfig({
  test: {
    reporters: ['default', './scripts/set-up/closing-line.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'test/*.test.ts', 'test/{rehearsal,build}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Hundreds of processes, disks that fill up, other readers of the same files.
        test: {
          name: 'machine',
          include: ['test/{acceptance,oracle,faults}/**/*.test.ts'],
          exclude: [...browsers, ...long],
          ...oneAtATime,
        },
      },
      { test: { name: 'browser', include: browsers, ...oneAtATime } },
      { test: { name: 'long', include: long, ...oneAtATime } },
    ],
  },
});
