// npm start: shows the main job in a real browser, with the stand-in for AWS.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensurePrograms } from './set-up/debian-packages.mjs';
import { ensureNpmPackages } from './set-up/npm-packages.mjs';
import { hasDisplay, runRehearsal } from './set-up/rehearsal.mjs';
import { root, run } from './set-up/run.mjs';
import { giveUp, say } from './set-up/say.mjs';

const help = `Usage: npm start [-- options]

Shows Roleferry at work: a real browser with the extension, the native host, and a rehearsal AWS on this
machine. Nothing is sent to AWS, and your own browser and your own ~/.aws are not touched. What is missing
(npm packages, and on Debian the browser and libnss3-tools) is installed first.

With a display, a window opens in which you log in yourself. Without one, the login is done for you and
leaves pictures.

With --broker, it shows the broker instead: a person logs in at an identity provider (OpenID Connect), a
machine has a token, and each gets a profile through roleferry request.

Options:
  --broker                show the broker, in Chromium
  --browser <name>        chromium (the default: Chrome, Chromium or Edge) or firefox
  --headless              do the login without a window, even where there is a display
  --screenshots <folder>  where the pictures go (default: .cache/rehearsal)
  --help                  show this help

Examples:
  npm start
  npm start -- --browser firefox
  npm start -- --broker
  npm start -- --headless --screenshots /tmp/pictures
`;

const options = readOptions();
if (options.help) {
  process.stdout.write(help);
} else {
  process.exitCode = await start();
}

async function start() {
  await ensureNpmPackages();
  const missing = await ensurePrograms([options.browser, 'certutil']);
  if (missing.length > 0) {
    giveUp(`Still missing: ${missing.join(', ')}.`, 'Install these, then run npm start again.');
  }
  if ((await run(process.execPath, ['scripts/build.mjs'])) !== 0) giveUp('The build failed; see above.');
  const headless = options.headless || !hasDisplay();
  if (headless && !options.headless) say('There is no display: the login is done without a window.');
  const { broker, browser, screenshots } = options;
  const shown = [...(headless ? ['--headless'] : []), '--screenshots', resolve(root, screenshots)];
  return broker
    ? runRehearsal('test/rehearsal/start-broker.ts', shown)
    : runRehearsal('test/rehearsal/start.ts', [...shown, '--browser', browser]);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        broker: { type: 'boolean', default: false },
        browser: { type: 'string', default: 'chromium' },
        headless: { type: 'boolean', default: false },
        screenshots: { type: 'string', default: '.cache/rehearsal' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (!['chromium', 'firefox'].includes(values.browser))
      throw new Error(`There is no show in ${values.browser}.`);
    if (values.broker && values.browser === 'firefox')
      throw new Error('There is no show of the broker in firefox.');
    return values;
  } catch (error) {
    return giveUp(error.message, 'npm start -- --help shows what there is.');
  }
}
