// npm run bench: measures the built product against floors that run by turns with it. Arguments: see --help.
import { ensurePrograms } from './set-up/debian-packages.mjs';
import { ensureNpmPackages } from './set-up/npm-packages.mjs';
import { run } from './set-up/run.mjs';
import { giveUp } from './set-up/say.mjs';

await ensureNpmPackages();
if (process.argv.includes('--help')) process.exit(await bench());
const missing = await ensurePrograms(['chromium', 'certutil']);
if (missing.length > 0) giveUp(`Still missing: ${missing.join(', ')}.`, 'Install these, then try again.');
if ((await run(process.execPath, ['scripts/build.mjs'])) !== 0) giveUp('The build failed; see above.');
process.exitCode = await bench();

function bench() {
  return run(process.execPath, ['--import', 'tsx', 'test/bench/main.ts', ...process.argv.slice(2)]);
}
