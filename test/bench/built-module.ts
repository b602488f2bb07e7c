import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtScript } from '../built-script.ts';

/** `entry` as the build makes it: running TypeScript directly adds calls to each function and import. */
export async function builtModule<Module>(entry: URL): Promise<Module> {
  const folder = mkdtempSync(join(tmpdir(), 'roleferry-bench-'));
  try {
    return await import(pathToFileURL(await builtScript(entry, folder, 'measured')).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
