// npm run package: makes a release's files.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makePackages } from './package/make-packages.mjs';
import { buildProducts } from './set-up/build-products.mjs';
import { ensurePrograms } from './set-up/debian-packages.mjs';
import { ensureNpmPackages } from './set-up/npm-packages.mjs';
import { root } from './set-up/run.mjs';
import { giveUp } from './set-up/say.mjs';

const help = `Usage: npm run package [-- options]

Builds everything and makes the packages of a release: the zips for the stores, the sources for Mozilla's
reviewers, the npm package, the bill of materials and the checksums of all of them. The same sources give the
same files byte for byte. Nothing is sent anywhere.

Options:
  --output <folder>  where they go; it is emptied first (default: dist/packages)
  --built            take what is in dist as it is, and build nothing
  --help             show this help

Examples:
  npm run package
  npm run package -- --output /tmp/release
`;

const options = readOptions();
if (options.help) process.stdout.write(help);
else await makeAll();

async function makeAll() {
  await ensureNpmPackages();
  const missing = await ensurePrograms(['zip', 'git']);
  if (missing.length > 0) giveUp(`Still missing: ${missing.join(', ')}.`, 'Install these, then try again.');
  if (!options.built) await buildProducts();
  const folder = resolve(root, options.output);
  makePackages(folder);
  for (const name of readdirSync(folder).sort()) process.stdout.write(`${join(folder, name)}\n`);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        output: { type: 'string', default: 'dist/packages' },
        built: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    return giveUp(error.message, 'npm run package -- --help shows what there is.');
  }
}
