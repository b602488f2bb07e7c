// npm test: sets everything up, builds, checks, and runs all tests. Arguments go to vitest.
import { ensurePrograms } from './set-up/debian-packages.mjs';
import { ensureNpmPackages } from './set-up/npm-packages.mjs';
import { ensureOtherNodes } from './set-up/other-nodes.mjs';
import { run } from './set-up/run.mjs';
import { giveUp } from './set-up/say.mjs';

await ensureNpmPackages();
const chosen = process.argv.slice(2);
await ensurePrograms([
  'chromium',
  'firefox',
  'certutil',
  'aws',
  'botocore',
  'boto3',
  'lxml',
  'xmlsec1',
  'strace',
  'groff',
  'zsh',
  'fish',
  'simplesamlphp',
  'php',
  'phpXml',
  'git',
  'zip',
  'xvfb',
  'xdotool',
  'dbusSession',
  'dbus',
  'gi',
]);
ensureOtherNodes();
const node = (...args) => run(process.execPath, args);
if ((await node('scripts/build.mjs')) !== 0) giveUp('The build failed.');
if ((await node('scripts/check.mjs')) !== 0) giveUp('npm run check found something; see above.');
const vitest = 'node_modules/vitest/vitest.mjs';
const usual = chosen.includes('--project') ? [] : ['--project', '!long'];
process.exitCode = await node(vitest, 'run', ...usual, ...chosen);
