import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumExtensionId } from '../../src/core/product.ts';
import { findTool } from '../needs.ts';
import type { ScratchHome } from './scratch-home.ts';

/** Where Debian's Chromium reads policies. There is no place for them that belongs to one person or one profile. */
const place = '/etc/chromium/policies';

/** Arguments of `unshare` for a program with its own mounts. */
const ownMounts = ['--mount', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])];

/** Why one browser alone cannot be given a policy here; `undefined` where it can. */
export function noPolicyBecause(): string | undefined {
  if (!findTool('chromium')?.endsWith('chromium')) return 'only Debian’s Chromium is known to read it here';
  try {
    mkdirSync(place, { recursive: true });
    execFileSync('unshare', [...ownMounts, 'mount', '--bind', tmpdir(), place], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `nothing can be mounted at ${place}: ${(error as Error).message}`;
  }
}

/**
 * A program in `home` that starts Chromium with an administrator's policy for the extension. Only this browser sees
 * it in place of the machine's policies.
 */
export async function chromiumWithPolicy(
  home: ScratchHome,
  policy: Record<string, unknown>,
): Promise<string> {
  const folder = join(home.path, 'policies');
  await mkdir(join(folder, 'managed'), { recursive: true });
  const content = { '3rdparty': { extensions: { [chromiumExtensionId]: policy } } };
  await writeFile(join(folder, 'managed', 'roleferry.json'), JSON.stringify(content));
  const program = join(home.path, 'chromium-with-policy');
  const inside = `mount --bind '${folder}' ${place} && exec ${findTool('chromium')} "$@"`;
  await writeFile(
    program,
    `#!/bin/sh\nexec unshare ${ownMounts.join(' ')} sh -c '${inside.replaceAll("'", `'\\''`)}' sh "$@"\n`,
  );
  await chmod(program, 0o700);
  return program;
}
