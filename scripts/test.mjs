// npm test: sets everything up, builds, checks, and runs all tests. Arguments go to vitest; if they name test files,
// only what those need is set up.
import { ensurePrograms, programNames } from './set-up/debian-packages.mjs';
import { ensureNpmPackages } from './set-up/npm-packages.mjs';
import { ensureOtherNodes } from './set-up/other-nodes.mjs';
import { run } from './set-up/run.mjs';
import { giveUp } from './set-up/say.mjs';
import { whatTestsNeed } from './set-up/what-tests-need.mjs';

await ensureNpmPackages();
const chosen = process.argv.slice(2);
const { everything, built, programs } = whatTestsNeed(chosen);
await ensurePrograms(everything ? programNames : programs);
if (everything || built) {
  ensureOtherNodes();
  if ((await node('scripts/build.mjs')) !== 0) giveUp('The build failed.');
}
if (everything && (await node('scripts/check.mjs')) !== 0) {
  giveUp('npm run check found something; see above.');
}
// vitest is faster with one project than with all.
const project = everything || built ? '!long' : 'unit';
const usual = chosen.some((arg) => arg.startsWith('--project')) ? [] : ['--project', project];
process.exitCode = await node('node_modules/vitest/vitest.mjs', 'run', ...usual, ...chosen);

function node(...args) {
  return run(process.execPath, args);
}
