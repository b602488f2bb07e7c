import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../set-up/run.mjs';
import { pinnedNode, toolNode } from './find-node.mjs';

/** The licences of all that is in the executables for these platforms: ours, the bundled packages' and Node's. */
export function licencesOfExecutables(platforms) {
  const versions = [...new Set(platforms.map((platform) => pinnedNode(platform).version))];
  const ofNode = versions.map(
    (version) => `Node.js ${version}\n\n${readFileSync(toolNode(version).licence, 'utf8')}`,
  );
  const ours = ['LICENSE', 'dist/node/third-party-licenses.txt', 'dist/chromium/third-party-licenses.txt'];
  const rule = `\n${'-'.repeat(72)}\n\n`;
  return [...ours.map((file) => readFileSync(join(root, file), 'utf8')), ...ofNode].join(rule);
}
