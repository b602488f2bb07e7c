import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** What the products are made from. */
const sources = [
  'package.json',
  'manifest.json',
  '_locales',
  'managed-schema.json',
  'tsconfig.json',
  'vite.config.ts',
  'scripts/vite',
  'icons',
  'src',
  'README.md',
  'LICENSE',
];

/** Packs what `npm run build` made, as a release does, and gives the path of the tarball. */
export const packBuilt = (folder: string): Promise<string> => npmPack(root, folder);

/** Builds today's sources under another version number, and packs that. */
export async function packAs(version: string, folder: string): Promise<string> {
  const copy = join(folder, `sources-${version}`);
  await mkdir(copy, { recursive: true });
  for (const source of sources) await cp(join(root, source), join(copy, source), { recursive: true });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  const current: string = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).version;
  for (const file of ['package.json', 'manifest.json']) {
    const text = await readFile(join(copy, file), 'utf8');
    await writeFile(join(copy, file), text.replace(`"version": "${current}"`, `"version": "${version}"`));
  }
  for (const mode of ['chromium', 'firefox', 'cli', 'host']) {
    const vite = join(copy, 'node_modules/vite/bin/vite.js');
    await run(process.execPath, [vite, 'build', '--mode', mode, '--logLevel', 'error'], { cwd: copy });
  }
  return npmPack(copy, folder);
}

async function npmPack(product: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const args = ['pack', '--json', '--offline', '--ignore-scripts', '--pack-destination', folder];
  const { stdout } = await run('npm', args, { cwd: product });
  return join(folder, JSON.parse(stdout)[0].filename);
}
