// npm run screenshots: pictures of every state of the interface, light and dark. Those shown in documents go to
// docs/screenshots, all others to .cache/screenshots.
import { ensurePrograms } from './set-up/debian-packages.mjs';
import { ensureNpmPackages } from './set-up/npm-packages.mjs';
import { run } from './set-up/run.mjs';
import { giveUp } from './set-up/say.mjs';

await ensureNpmPackages();
const missing = await ensurePrograms(['chromium', 'certutil']);
if (missing.length > 0) giveUp(`Still missing: ${missing.join(', ')}.`, 'Install these, then try again.');
const node = (...args) => run(process.execPath, args);
if ((await node('scripts/build.mjs')) !== 0) giveUp('The build failed; see above.');
process.exitCode = await node('--import', 'tsx', 'test/screenshots/take.ts');
