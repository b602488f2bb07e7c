import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../dist/chromium', import.meta.url));

/**
 * A copy of the extension that speaks German, in `folder`. Browsers know only their installed languages, often just
 * English. So this copy has no English texts: the browser uses those of the default language, in the same way as its
 * own.
 */
export async function germanCopy(folder: string): Promise<string> {
  const copy = join(folder, 'extension');
  await cp(dist, copy, { recursive: true });
  await rm(join(copy, '_locales', 'en'), { recursive: true });
  const manifest = JSON.parse(await readFile(join(copy, 'manifest.json'), 'utf8'));
  await writeFile(join(copy, 'manifest.json'), JSON.stringify({ ...manifest, default_locale: 'de' }));
  return copy;
}
