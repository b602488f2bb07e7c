import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';

/** The time that npm gives to every file of a package, so all archives have the same. */
export const fixedTime = new Date('1985-10-26T08:15:00Z');

/**
 * Writes the archive `zipFile` from `files`: `[name in the archive, file on disk]`. The same files always give the
 * same bytes: see docs/decisions/0021-packages.md.
 */
export function writeZip(zipFile, files) {
  const staged = mkdtempSync(join(tmpdir(), 'roleferry-zip-'));
  try {
    const names = files.map(([name]) => name).sort();
    for (const [name, file] of files) {
      const copy = join(staged, name);
      mkdirSync(dirname(copy), { recursive: true });
      copyFileSync(file, copy);
      chmodSync(copy, 0o644);
      utimesSync(copy, fixedTime, fixedTime);
    }
    rmSync(zipFile, { force: true });
    // No folders and no extra fields (owners, access times); the order is stdin's.
    execFileSync('zip', ['-X', '-D', '-9', '-q', '-@', zipFile], {
      cwd: staged,
      input: names.join('\n'),
      env: { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C.UTF-8' },
    });
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}

/** All files in a folder, as `writeZip` takes them. */
export function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const files = entries.map(({ parentPath, name }) => join(parentPath, name));
  return files.map((file) => [relative(folder, file).replaceAll(sep, '/'), file]);
}
