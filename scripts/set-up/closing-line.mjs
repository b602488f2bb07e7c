import { writeFileSync } from 'node:fs';

/**
 * Ends the output with one plain line that says how the run went; as one of several lanes it only counts.
 * @implements {import('vitest/node').Reporter}
 */
export default class ClosingLine {
  onTestRunEnd(modules, errors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state) => tests.filter((test) => test.result().state === state).length;
    // A file that could not even be loaded has no tests, and is a failure all the same.
    const broken = modules.filter((module) => module.state() === 'failed' && !hasFailedTest(module)).length;
    const failed = count('failed') + broken + (errors.length > 0 ? 1 : 0);
    const counts = { passed: count('passed'), failed, skipped: count('skipped') };
    const file = process.env.ROLEFERRY_COUNTS;
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
    else process.once('exit', () => process.stdout.write(closingLine(counts)));
  }
}

const hasFailedTest = (module) =>
  [...module.children.allTests()].some((test) => test.result().state === 'failed');

/** The line, apart from what is above it. */
export const closingLine = ({ passed, failed, skipped }) =>
  `\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`;
