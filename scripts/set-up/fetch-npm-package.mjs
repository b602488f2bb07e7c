import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Unpacks `name@version` of the npm registry into `folder`, if its archive has this integrity (`sha512-…`). For packages
 * that npm does not install here, since they are for another system.
 */
export function fetchNpmPackage({ name, version, integrity }, folder) {
  mkdirSync(dirname(folder), { recursive: true });
  const staged = mkdtempSync(join(dirname(folder), 'fetching-'));
  try {
    const args = ['pack', `${name}@${version}`, '--silent', '--ignore-scripts', '--pack-destination', staged];
    execFileSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
    const [archive] = readdirSync(staged).map((file) => join(staged, file));
    const sum = createHash('sha512').update(readFileSync(archive)).digest('base64');
    if (`sha512-${sum}` !== integrity)
      throw new Error(`the package ${name}@${version} is not the one that is pinned: sha512-${sum}`);
    execFileSync('tar', ['-xzf', archive, '-C', staged]);
    renameSync(join(staged, 'package'), folder);
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}
