import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';
import { say } from './say.mjs';

const folderOf = {
  chromium: 'chromium',
  firefox: 'firefox',
  cli: 'node',
  host: 'node',
  process: 'node',
  broker: 'node',
  executable: 'executable',
};

/**
 * Builds the extensions, the CLI, the host and the broker into dist, each with the licences of the packages that are in it, and
 * lists all those packages in dist/bundled-packages.json.
 */
export async function buildProducts() {
  const bundledIn = {};
  for (const [mode, folder] of Object.entries(folderOf)) {
    say(`Building ${mode} …`);
    const outputs = await buildProduct(mode);
    bundledIn[folder] = { ...bundledIn[folder], ...Object.assign({}, ...outputs.map(packagesIn)) };
  }
  for (const [folder, packages] of Object.entries(bundledIn)) {
    if (folder === 'executable') continue;
    writeFileSync(join(root, 'dist', folder, 'third-party-licenses.txt'), licencesOf(packages));
  }
  const names = Object.keys(Object.assign({}, ...Object.values(bundledIn))).sort();
  writeFileSync(join(root, 'dist/bundled-packages.json'), `${JSON.stringify(names, null, 2)}\n`);
  const programs = readdirSync(join(root, 'dist/node')).filter((name) => name.endsWith('.cjs'));
  for (const name of programs) {
    chmodSync(join(root, 'dist/node', name), 0o755);
    const firstName = name.replace(/cjs$/, 'mjs');
    const program = `#!/usr/bin/env node\n// Scripts may still start ${name} by its first name.\nimport './${name}';\n`;
    writeFileSync(join(root, 'dist/node', firstName), program, { mode: 0o755 });
  }
  const manPage = execFileSync(process.execPath, [join(root, 'dist/node/roleferry.cjs'), 'man-page']);
  writeFileSync(join(root, 'dist/node/roleferry.1'), manPage);
}

/** Builds one product into dist, and returns rolldown's output. */
export async function buildProduct(mode) {
  const { build } = await import('vite');
  return [await build({ root, mode, logLevel: 'warn' })].flat();
}

/** The packages in the built files: folders, by `name@version`. */
function packagesIn({ output }) {
  const modules = output.flatMap(({ modules = {} }) => Object.entries(modules));
  const used = modules.filter(([, { renderedLength }]) => renderedLength > 0);
  const folders = used.flatMap(([id]) => /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? []);
  return Object.fromEntries(
    folders.map((folder) => {
      const { name, version } = packageJson(folder);
      return [`${name}@${version}`, folder];
    }),
  );
}

const packageJson = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** Every licence once, under the names of the packages that have it. */
function licencesOf(packages) {
  const namesByText = {};
  for (const [name, folder] of Object.entries(packages).sort()) {
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text =
      file === undefined ? packageJson(folder).license : readFileSync(join(folder, file), 'utf8').trim();
    namesByText[text] = [...(namesByText[text] ?? []), name];
  }
  const rule = '-'.repeat(72);
  return Object.entries(namesByText)
    .map(([text, names]) => `${names.join('\n')}\n\n${text}\n`)
    .join(`\n${rule}\n\n`);
}
