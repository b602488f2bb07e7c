import { existsSync, lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';
import { giveUp, say } from './say.mjs';

/** Installs the lock file's npm packages, unless they are there. */
export async function ensureNpmPackages() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (!((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22)) {
    giveUp(
      `Node ${process.versions.node} cannot build Roleferry.`,
      'Use Node 20.19 or newer of 20, or 22.12 or newer.',
    );
  }
  const installed = join(root, 'node_modules/.package-lock.json');
  const wanted = join(root, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  // npm ci would empty the folder behind a link, which is another checkout's.
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    if (existsSync(installed)) return;
    giveUp('node_modules is a link to a folder that is not there.', 'Remove the link.');
  }
  say('Installing the npm packages (npm ci) …');
  const status = await run('npm', ['ci', '--no-audit', '--no-fund'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) giveUp('npm ci failed.', 'Its messages stand above; the npm registry must be reachable.');
}
