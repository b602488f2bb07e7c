import { readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const aside = /^roleferry-removed-[0-9a-f]{12}-/;

/**
 * Deletes a file of ours. Windows does not delete a program that is running; it is moved into the folder for temporary
 * files instead. Throws what the system says where neither can be done.
 */
export async function deleteFile(file: string): Promise<void> {
  try {
    await rm(file, { force: true });
  } catch (error) {
    if (process.platform !== 'win32') throw error;
    const { randomBytes } = process.getBuiltinModule('node:crypto');
    const name = `roleferry-removed-${randomBytes(6).toString('hex')}-${basename(file)}`;
    await rename(file, join(tmpdir(), name)).catch(() => {
      throw error;
    });
  }
}

/** Deletes the programs that `deleteFile` has moved and that have ended since. Returns the paths of those that still run. */
export async function deleteMoved(): Promise<string[]> {
  const names = await readdir(tmpdir()).catch(() => []);
  const moved = names.filter((name) => aside.test(name)).map((name) => join(tmpdir(), name));
  const isLeft = (file: string) =>
    rm(file, { force: true }).then(
      () => false,
      () => true,
    );
  const left = await Promise.all(moved.map(isLeft));
  return moved.filter((_, index) => left[index]);
}
