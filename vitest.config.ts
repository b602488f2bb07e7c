import { defineConfig } from 'vitest/config';

const long = ['test/e2e/attacks.test.ts', 'test/faults/{dying-parts,stopped-worker}.test.ts'];

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
        // Whole browsers and hundreds of processes: one file at a time, each with the machine to itself.
        test: {
          name: 'whole',
          include: ['test/{e2e,oracle,faults}/**/*.test.ts'],
          exclude: long,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        // Hundreds of logins one after the other: `npm run test:long`.
        test: {
          name: 'long',
          include: long,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
