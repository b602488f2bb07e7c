import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sources } from '../fixtures/sources.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Packs what `npm run build` made, as a release does, and gives the path of the tarball. */
export const packBuilt = (folder: string): Promise<string> => npmPack(root, folder);

/** What a package has beside what is built. */
const others = ['README.md', 'LICENSE'];

/** Builds today's sources under another version number, and packs that. */
export async function packAs(version: string, folder: string): Promise<string> {
  const copy = join(folder, `sources-${version}`);
  await mkdir(copy, { recursive: true });
  for (const one of [...sources, ...others]) await cp(join(root, one), join(copy, one), { recursive: true });
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
