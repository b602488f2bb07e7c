// npm run screenshots: pictures of every state of the interface, light and dark. Those shown in documents go to
// docs/screenshots, all others to .cache/screenshots.
import { parseArgs } from 'node:util';
import { ensurePrograms } from './set-up/debian-packages.mjs';
import { ensureNpmPackages } from './set-up/npm-packages.mjs';
import { run } from './set-up/run.mjs';
import { giveUp } from './set-up/say.mjs';

const help = `Usage: npm run screenshots [-- [options] [names]]

Takes pictures of the interface in every state, light and dark, and the moving picture at-work. Those that a document shows go to docs/screenshots, all
others to .cache/screenshots.

Names: only states whose names begin with one of them.

Options:
  --language <en|de>  the language of the pages (default: en); German pictures all go to .cache/screenshots
  --help              show this help

Examples:
  npm run screenshots
  npm run screenshots -- popup-refused options
  npm run screenshots -- --language de popup
`;

const { values, positionals } = readArguments();
if (values.help) {
  process.stdout.write(help);
  process.exit();
}
if (!['en', 'de'].includes(values.language))
  giveUp(`There are no texts in ${values.language}.`, 'Languages: en, de.');
await ensureNpmPackages();
const missing = await ensurePrograms(['chromium', 'certutil', 'aws', 'imagemagick']);
if (missing.length > 0) giveUp(`Still missing: ${missing.join(', ')}.`, 'Install these, then try again.');
const node = (...args) => run(process.execPath, args);
if ((await node('scripts/build.mjs')) !== 0) giveUp('The build failed; see above.');
const { language } = values;
process.exitCode = await node(
  '--import',
  'tsx',
  'test/screenshots/take.ts',
  `--language=${language}`,
  ...positionals,
);

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean' }, language: { type: 'string', default: 'en' } },
    });
  } catch (error) {
    return giveUp(error.message, 'See npm run screenshots -- --help.');
  }
}
