import { defineConfig } from 'vitest/config';

const browsers = [
  'test/{e2e,firefox}/**/*.test.ts',
  'test/faults/{dying-parts,stopped-worker}.test.ts',
  'test/acceptance/{installing,versions}.test.ts',
];

const oneAtATime = { testTimeout: 120_000, hookTimeout: 60_000, fileParallelism: false };

export default defineConfig({
  test: {
    reporters: ['default', './scripts/set-up/closing-line.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'test/*.test.ts', 'test/{rehearsal,build}/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        // Hundreds of processes, disks that fill up, other readers of the same files.
        test: {
          name: 'machine',
          include: ['test/{acceptance,oracle,faults}/**/*.test.ts'],
          exclude: browsers,
          ...oneAtATime,
        },
      },
      {
        // Whole browsers, one after the other.
        test: { name: 'browser', include: browsers, ...oneAtATime },
      },
      {
        // Hundreds of logins one after the other: `npm run test:long`.
        test: {
          name: 'long',
          include: ['test/faults/stopped-worker.test.ts'],
          env: { ROLEFERRY_TIMES: '5' },
          ...oneAtATime,
        },
      },
    ],
  },
});
