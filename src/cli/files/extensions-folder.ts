import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { getAsset, isSea } from 'node:sea';

/**
 * Calls `use` with the folder that has the built extensions, `chromium` and `firefox`, beside the built host at
 * `hostFile`. The single executable has them in itself, and unpacks them for that time.
 */
export async function withExtensions<T>(hostFile: string, use: (folder: string) => Promise<T>): Promise<T> {
  if (!isSea()) return use(dirname(dirname(hostFile)));
  const folder = mkdtempSync(join(tmpdir(), 'roleferry-extensions-'));
  try {
    const files: Record<string, string> = JSON.parse(getAsset('extensions.json', 'utf8'));
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), Buffer.from(content, 'base64'));
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
