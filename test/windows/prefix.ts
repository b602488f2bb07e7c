import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, link, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findTool } from '../needs.ts';

const run = promisify(execFile);

const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));
const nodeFile = join(cache, 'nodes/20.20.2.exe');
const dist = fileURLToPath(new URL('../../dist/node', import.meta.url));
const prefixes = join(cache, 'wine');

/** Where the copies have Node and the built product, as an installer and npm put them; below the drive C:. */
export const nodeInWindows = 'Program Files/nodejs/node.exe';
export const productInWindows = 'Program Files/nodejs/node_modules/roleferry/dist/node';

/** The environment of Wine for `prefix` and the Windows user `user`, with nothing of this machine's. */
export const wineEnvironment = (prefix: string, user: string): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  // Wine links folders such as Documents to this one.
  HOME: join(prefix, 'linux-home'),
  USER: user,
  LANG: 'C.UTF-8',
  WINEPREFIX: prefix,
  WINEDEBUG: '-all',
});

/** Makes a fresh Windows 10, unless there is one of this version of Wine. Takes 20 seconds. */
export async function ensureTemplate(): Promise<void> {
  const wine = findTool('wine');
  if (wine === undefined) return;
  const template = await templateFolder(wine);
  if (existsSync(template)) return;
  await mkdir(prefixes, { recursive: true });
  const making = await mkdtemp(join(prefixes, 'making-'));
  try {
    await mkdir(join(making, 'linux-home'));
    const options = { env: wineEnvironment(making, 'Jo') };
    await run(wine, ['wineboot', '-i'], options);
    await run(wine, ['winecfg', '-v', 'win10'], options);
    // It ends by itself, and writes the registry then.
    await run('wineserver', ['-w'], options);
    await rename(making, template);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/**
 * A copy of that Windows with Node and the built product. Windows' own files and Node are hard links: programs replace such
 * files, and nothing writes into them. Returns its folder.
 */
export async function newPrefix(wine: string): Promise<string> {
  const prefix = await mkdtemp(join(prefixes, 'test-'));
  await run('cp', ['-al', `${await templateFolder(wine)}/.`, prefix]);
  const c = join(prefix, 'drive_c');
  await mkdir(join(c, 'Program Files/nodejs'), { recursive: true });
  await link(nodeFile, join(c, nodeInWindows));
  await cp(dist, join(c, productInWindows), { recursive: true });
  return prefix;
}

async function templateFolder(wine: string): Promise<string> {
  const { stdout } = await run(wine, ['--version'], { env: { PATH: process.env.PATH, WINEDEBUG: '-all' } });
  return join(prefixes, stdout.trim().replaceAll(/[^\w.-]+/g, '-'));
}
