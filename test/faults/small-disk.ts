import { execFileSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder on its own disk, with room for a credentials file and little more. */
export interface SmallDisk {
  path: string;
  fill(): Promise<void>;
  makeSpace(): Promise<void>;
  close(): void;
}

const isRoot = process.getuid?.() === 0;

/** Mounts a small disk; `undefined` where that is not possible. */
export async function mountSmallDisk(path: string): Promise<SmallDisk | undefined> {
  await mkdir(path, { recursive: true });
  if (!isRoot) return undefined;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const filler = join(path, 'filler');
  return {
    path,
    async fill() {
      for (const size of [4096, 512, 1]) {
        try {
          while (true) await writeFile(filler, Buffer.alloc(size), { flag: 'a' });
        } catch {}
      }
    },
    makeSpace: () => writeFile(filler, ''),
    close: () => execFileSync('umount', [path]),
  };
}

/** Makes a folder read-only for everybody, even root, until it is given back. */
export async function makeReadOnly(path: string): Promise<() => Promise<void>> {
  if (!isRoot) {
    await chmod(path, 0o500);
    return () => chmod(path, 0o700);
  }
  execFileSync('mount', ['--bind', path, path]);
  execFileSync('mount', ['-o', 'remount,bind,ro', path]);
  return async () => {
    execFileSync('umount', [path]);
  };
}
