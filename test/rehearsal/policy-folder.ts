import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ScratchHome } from './scratch-home.ts';

/** Arguments of `unshare` for a program with its own mounts. */
const ownMounts = ['--mount', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])];

/** Why one program alone cannot be given another folder at `place`; `undefined` where it can. */
export function noFolderBecause(place: string): string | undefined {
  try {
    mkdirSync(place, { recursive: true });
    execFileSync('unshare', [...ownMounts, 'mount', '--bind', tmpdir(), place], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `nothing can be mounted at ${place}: ${(error as Error).message}`;
  }
}

/** What a browser of `home` sees in its folder of policies. */
const folderIn = (home: ScratchHome): string => join(home.path, 'policies');

/** Writes a file into the folder of policies of `withPolicyFolder`, also while the browser runs. */
export async function writePolicy(home: ScratchHome, name: string, content: object): Promise<void> {
  const file = join(folderIn(home), name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(content));
}

/** A program in `home` that starts `browser`, which alone sees that home's policies at `place`. */
export async function withPolicyFolder(home: ScratchHome, place: string, browser: string): Promise<string> {
  const program = join(home.path, 'browser-with-policies');
  const inside = `mount --bind '${folderIn(home)}' ${place} && exec ${browser} "$@"`;
  await writeFile(
    program,
    `#!/bin/sh\nexec unshare ${ownMounts.join(' ')} sh -c '${inside.replaceAll("'", `'\\''`)}' sh "$@"\n`,
  );
  await chmod(program, 0o700);
  return program;
}
