import { describe, expect, it } from 'vitest';

const { whatTestsNeed } = await import(
  new URL('../scripts/set-up/what-tests-need.mjs', import.meta.url).href
);

describe('npm test', () => {
  it.each([
    ['src/core/aws/role.test.ts'],
    ['./src/core/role.test.ts:12'],
    ['src/core/aws/role.test.ts', 'src/core/aws/partition.test.ts'],
    ['test/cli/credential-process.test.ts'],
    ['core/role', '-t', 'a role'],
    [new URL('../src/core/aws/role.test.ts', import.meta.url).pathname],
    ['no-such-test'],
  ])('sets nothing up for tests that run from the sources: %s', (...args) => {
    expect(whatTestsNeed(args)).toEqual({ everything: false, built: false, programs: [] });
  });

  it('looks for the programs alone that the named tests judge by', () => {
    expect(whatTestsNeed(['src/core/profile/env-vars.test.ts'])).toEqual({
      everything: false,
      built: false,
      programs: ['zsh', 'fish'],
    });
    expect(whatTestsNeed(['src/core']).programs).toEqual(['zsh', 'fish']);
  });

  it('builds before tests that look at what was built', () => {
    expect(whatTestsNeed(['src/core/aws/role.test.ts', 'test/e2e/login.test.ts'])).toEqual({
      everything: false,
      built: true,
      programs: ['chromium', 'certutil', 'aws'],
    });
    expect(whatTestsNeed(['test/build/sizes.test.ts']).built).toBe(true);
    expect(whatTestsNeed(['test']).built).toBe(true);
  });

  it.each([
    [],
    ['--project', 'long'],
    ['-t', 'role'],
    ['--testNamePattern', 'src/core/aws/role.test.ts'],
    ['--bail=1'],
  ])('sets everything up where no test file is named: %s', (...args) => {
    expect(whatTestsNeed(args)).toEqual({ everything: true });
  });
});
