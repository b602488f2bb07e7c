import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../set-up/run.mjs';
import { toolNode } from './find-node.mjs';

/**
 * Makes what goes into an executable with Node `version`: the programs of dist/node and the unpacked extensions. Returns
 * it; `folder` is for what it is made of.
 * https://nodejs.org/api/single-executable-applications.html
 */
export function makeBlob(version, folder) {
  const extensions = join(folder, 'extensions.json');
  writeFileSync(extensions, JSON.stringify(contentsOf(['chromium', 'firefox'])));
  const output = join(folder, `${version}.blob`);
  const config = join(folder, 'sea-config.json');
  const settings = {
    main: join(root, 'dist/executable/executable.cjs'),
    output,
    disableExperimentalSEAWarning: true,
    // NODE_OPTIONS is for the project that somebody works on. From Node 22 on this keeps it out.
    execArgvExtension: 'none',
    assets: { ...programs(), 'extensions.json': extensions },
  };
  writeFileSync(config, JSON.stringify(settings));
  execFileSync(toolNode(version).node, ['--experimental-sea-config', config], { stdio: 'pipe' });
  return readFileSync(output);
}

/** The built programs, by their paths in dist/node. */
function programs() {
  const folder = join(root, 'dist/node');
  const names = filesIn(folder).filter((name) => name.endsWith('.cjs'));
  return Object.fromEntries(names.map((name) => [name, join(folder, name)]));
}

/** The files of these folders of dist as Base64, by their paths in it. */
function contentsOf(folders) {
  const names = folders.flatMap((folder) =>
    filesIn(join(root, 'dist', folder)).map((name) => `${folder}/${name}`),
  );
  return Object.fromEntries(
    names.map((name) => [name, readFileSync(join(root, 'dist', name)).toString('base64')]),
  );
}

/** The files in `folder` and below, always in the same order. */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
