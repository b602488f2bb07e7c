// npm run dev: the product in a browser with the stand-in for AWS, rebuilt and reloaded on each save.
import { parseArgs } from 'node:util';
import { ensurePrograms } from './set-up/debian-packages.mjs';
import { ensureNpmPackages } from './set-up/npm-packages.mjs';
import { hasDisplay, runRehearsal } from './set-up/rehearsal.mjs';
import { giveUp } from './set-up/say.mjs';

const help = `Usage: npm run dev [-- options]

Builds Roleferry and opens it in a browser with a home of its own, in front of a rehearsal AWS on this machine.
At each save of a source it builds again and reloads: pages alone where only pages changed, else the extension,
and the native host too where that changed. Logins are kept. Ctrl-C ends it.

Without a display, it logs in for you and leaves pictures of the popup and the options after each reload.

Options:
  --browser <name>        chromium (the default: Chrome, Chromium or Edge) or firefox
  --headless              no window, even where there is a display
  --pictures <folder>     where the pictures go (default: .cache/dev)
  --help                  show this help

Examples:
  npm run dev
  npm run dev -- --browser firefox
`;

const options = readOptions();
if (options.help) process.stdout.write(help);
else process.exitCode = await dev();

async function dev() {
  await ensureNpmPackages();
  const missing = await ensurePrograms([options.browser, 'certutil']);
  if (missing.length > 0) giveUp(`Still missing: ${missing.join(', ')}.`, 'Install these, then try again.');
  const headless = options.headless || !hasDisplay();
  const shown = ['--browser', options.browser, '--pictures', options.pictures];
  return runRehearsal('test/rehearsal/dev.ts', [...shown, ...(headless ? ['--headless'] : [])]);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        browser: { type: 'string', default: 'chromium' },
        headless: { type: 'boolean', default: false },
        pictures: { type: 'string', default: '.cache/dev' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (!['chromium', 'firefox'].includes(values.browser))
      throw new Error(`No browser ${values.browser} here.`);
    return values;
  } catch (error) {
    return giveUp(error.message, 'npm run dev -- --help shows what there is.');
  }
}
