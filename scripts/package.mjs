// npm run package: makes a release's files.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeFleet } from './fleet/make-fleet.mjs';
import { Problem } from './fleet/problem.mjs';
import { readFleetOptions } from './fleet/read-options.mjs';
import { platforms } from './package/executables/find-node.mjs';
import { makePackages } from './package/make-packages.mjs';
import { filesIn } from './package/write-zip.mjs';
import { buildProducts } from './set-up/build-products.mjs';
import { ensurePrograms } from './set-up/debian-packages.mjs';
import { ensureNpmPackages } from './set-up/npm-packages.mjs';
import { root } from './set-up/run.mjs';
import { giveUp, say } from './set-up/say.mjs';

const help = `Usage: npm run package [-- options]

Builds everything and makes the packages of a release: the zips for the stores, the sources for Mozilla's
reviewers, the npm package, the single executables, packages of them for Debian and Windows (.msi), the bill of
materials and the checksums of all of them. The same sources give the same files byte for byte. Nothing is sent
anywhere. Node for the executables comes from the npm registry.

With --key, the folder fleet has what a company needs to give the extension to its people without a store: the
package signed with the company's own key, updates.xml, a policy for every browser, and host.json for the native
host. See docs/rollout.md.

Options:
  --output <folder>   where they go; it is emptied first (default: dist/packages)
  --built             take what is in dist as it is, and build nothing
  --key <file>        the company's RSA key, in PEM, which only you can read and which is not in the repository
  --update-url <url>  where the company will serve updates.xml, with the package beside it
  --policy <file>     what the policies fix, as in docs/policies/policy.json (default: nothing)
  --platforms <list>  for which platforms there is an executable: names with commas between them, or none
                      (default: ${platforms.join(',')})
  --repository <url>  where the release will be on GitHub: also makes what Homebrew, Scoop and winget install from,
                      which needs all platforms
  --help              show this help

Examples:
  npm run package
  npm run package -- --output /tmp/release
  npm run package -- --key ~/roleferry-company.pem --update-url https://intranet.example.com/roleferry/updates.xml
  npm run package -- --platforms none
`;

const options = readOptions();
if (options.help) process.stdout.write(help);
else await makeAll();

async function makeAll() {
  const fleet = await readFleetOptions(options).catch((error) => {
    if (!(error instanceof Problem)) throw error;
    return giveUp(error.message, error.hint);
  });
  const wanted = options.platforms.split(',').filter((name) => name !== 'none');
  const unknown = wanted.filter((name) => !platforms.includes(name));
  if (unknown.length > 0)
    giveUp(`No such platform: ${unknown.join(', ')}.`, `There are ${platforms.join(', ')}.`);
  if (wanted.length > 0 && `${process.platform}-${process.arch}` !== 'linux-x64')
    giveUp('Executables are made on Linux on x64 only.', 'Leave them out with --platforms none.');
  if (options.repository !== undefined && wanted.length < platforms.length)
    giveUp('Package managers need the executables for all platforms.', 'Leave out --platforms.');
  await ensureNpmPackages();
  const forExecutables = wanted.length > 0 ? ['llvm-strip', 'wixl', 'dpkg'] : [];
  const missing = await ensurePrograms(['zip', 'git', ...forExecutables]);
  if (missing.length > 0) giveUp(`Still missing: ${missing.join(', ')}.`, 'Install these, then try again.');
  if (!options.built) await buildProducts();
  const folder = resolve(root, options.output);
  await makePackages(folder, wanted, options.repository);
  if (fleet) makeFleet({ ...fleet, folder: join(folder, 'fleet') });
  for (const file of filesIn(folder)
    .map(([, file]) => file)
    .sort())
    process.stdout.write(`${file}\n`);
  if (fleet) say(`The extension's id with this key: ${fleet.key.extensionId}`);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        output: { type: 'string', default: 'dist/packages' },
        built: { type: 'boolean', default: false },
        key: { type: 'string' },
        'update-url': { type: 'string' },
        policy: { type: 'string' },
        platforms: { type: 'string', default: platforms.join(',') },
        repository: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    return giveUp(error.message, 'npm run package -- --help shows what there is.');
  }
}
