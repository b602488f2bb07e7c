import type { Reporter, TestModule } from 'vitest/node';

/** Ends the output with one plain line about the run. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    // A file that could not be loaded has no tests, but is still a failure.
    const broken = modules.filter((module) => module.state() === 'failed' && !hasFailedTest(module)).length;
    const failed = count('failed') + broken + (errors.length > 0 ? 1 : 0);
    const skipped = count('skipped');
    process.once('exit', () => {
      process.stdout.write(
        `\n${count('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
      );
    });
  }
}

const hasFailedTest = (module: TestModule): boolean =>
  [...module.children.allTests()].some((test) => test.result().state === 'failed');
