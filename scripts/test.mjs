// npm test: sets everything up, builds, checks, and runs all tests. Arguments go to vitest.
import { ensurePrograms } from './set-up/debian-packages.mjs';
import { ensureNpmPackages } from './set-up/npm-packages.mjs';
import { run } from './set-up/run.mjs';
import { giveUp } from './set-up/say.mjs';

await ensureNpmPackages();
await ensurePrograms([
  'chromium',
  'certutil',
  'aws',
  'botocore',
  'boto3',
  'firefox',
  'lxml',
  'xmlsec1',
  'strace',
  'zsh',
  'fish',
  'simplesamlphp',
  'php',
  'phpXml',
  'git',
]);
const node = (...args) => run(process.execPath, args);
if ((await node('scripts/build.mjs')) !== 0) giveUp('The build failed.');
if ((await node('scripts/check.mjs')) !== 0) giveUp('npm run check found something; see above.');
const chosen = process.argv.slice(2);
const projects = chosen.includes('--project') ? [] : ['--project', 'unit', '--project', 'whole'];
process.exitCode = await node('node_modules/vitest/vitest.mjs', 'run', ...projects, ...chosen);
