import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** What a release is made of. */
const releases = [
  'test/build/{package,reproducible}.test.ts',
  'test/acceptance/{debian-package,executable,installing,rollout,versions}.test.ts',
  'test/e2e/{executable,fleet}.test.ts',
  'test/firefox/{fleet,installing}.test.ts',
  'test/windows/msi-executable.test.ts',
];

/** They run one file at a time, before a release (`npm run test:long`). */
const long = [
  ...releases,
  'test/faults/{dying-parts,stopped-worker,credentials-file-many-writers}.test.ts',
  'test/e2e/{dev,german,partitions,request,simplesamlphp,start-broker}.test.ts',
  'test/firefox/{account-names,attacks,console-container,dev,faults,lesser,on-demand,permission}.test.ts',
  'test/rehearsal/{browser-login,ssm}.test.ts',
];

/** In `npm test` they try only some of what they try here; see test/tries.ts. */
const triedAtLength = [
  'test/oracle/{edit-properties,assertion-fuzz,known-profiles}.test.ts',
  'test/faults/{native-host-fuzz,credentials-file-crash}.test.ts',
  'test/e2e/{accessibility,attacks,secrets,start}.test.ts',
];

const browsers = ['test/{e2e,firefox}/**/*.test.ts'];

/** They run what documents show. */
const documents = ['test/docs/outputs.test.ts'];

/** A browser keeps more than one processor busy. */
const usual = { maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)) };

/** For starting browsers and hundreds of processes. */
const patient = { testTimeout: 120_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    reporters: ['default', './scripts/set-up/closing-line.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'test/*.test.ts', 'test/{cli,rehearsal,build,docs}/**/*.test.ts'],
          exclude: [...documents, ...long],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          ...usual,
        },
      },
      {
        // Hundreds of processes, full disks, other readers of the same files.
        test: {
          name: 'machine',
          include: ['test/{acceptance,oracle,faults,broker}/**/*.test.ts', ...documents],
          exclude: [...browsers, ...long],
          ...patient,
          ...usual,
        },
      },
      {
        // The built product on Windows, as far as Wine is it.
        test: {
          name: 'windows',
          include: ['test/windows/**/*.test.ts'],
          exclude: long,
          globalSetup: 'test/windows/make-prefix.ts',
          ...patient,
          ...usual,
        },
      },
      { test: { name: 'browser', include: browsers, exclude: long, ...patient, ...usual } },
      {
        test: {
          name: 'long',
          include: [...long, ...triedAtLength],
          env: { ROLEFERRY_ALL_TRIES: '1' },
          ...patient,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
