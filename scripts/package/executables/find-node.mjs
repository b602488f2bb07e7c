import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchNpmPackage } from '../../set-up/fetch-npm-package.mjs';
import { root } from '../../set-up/run.mjs';
import { say } from '../../set-up/say.mjs';

/** The npm packages whose Node is in an executable, by platform, and which one runs here for the version of the others. */
const pinned = JSON.parse(readFileSync(new URL('nodes.json', import.meta.url), 'utf8'));

/** The platforms that there are executables for. */
export const platforms = Object.keys(pinned).filter((name) => name !== 'tool');

/** The npm package that the Node for `platform` is from: `package`, `version` and `integrity`. */
export const pinnedNode = (platform) => pinned[platform];

/** The version's Node for this machine, Linux on x64, which makes what goes into the executable. */
export const toolNode = (version) =>
  findNode(
    Object.keys(pinned).find((name) => /^(tool|linux-x64)$/.test(name) && pinned[name].version === version),
  );

/** Absolute paths of the Node for `platform` and of its licences; from the npm registry, unless it is in `.cache`. */
export function findNode(platform) {
  const { package: name, version, integrity } = pinned[platform];
  const folder = join(root, '.cache/nodes', `${name}-${version}`);
  if (!existsSync(folder)) {
    say(`Fetching ${name}@${version} from the npm registry …`);
    fetchNpmPackage({ name, version, integrity }, folder);
  }
  return {
    version,
    node: join(folder, 'bin', platform === 'win-x64' ? 'node.exe' : 'node'),
    licence: join(folder, 'LICENSE'),
  };
}
