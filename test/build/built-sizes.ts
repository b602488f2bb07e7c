import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Bytes, minified as they are shipped and compressed file by file. */
export interface Size {
  minified: number;
  gzip: number;
}

/** What is loaded of each part of the built product, by file and in all. */
export function builtSizes(): Record<string, { files: Record<string, Size>; all: Size }> {
  const manifest = JSON.parse(readFileSync(join(dist, 'chromium/manifest.json'), 'utf8'));
  const popup = readFileSync(join(dist, 'chromium', manifest.action.default_popup), 'utf8');
  const linked = [...popup.matchAll(/(?:src|href)="\/?([^"]+\.(?:js|css))"/g)].map(([, file = '']) => file);
  return {
    worker: sizes('chromium', withImports('chromium', [manifest.background.service_worker])),
    popup: sizes('chromium', withImports('chromium', linked)),
    host: sizes('node', ['native-host.cjs']),
    credentialProcess: sizes('node', ['credential-process.cjs']),
    broker: sizes('node', ['broker.cjs']),
    cli: sizes('node', [
      'roleferry.cjs',
      ...readdirSync(join(dist, 'node/chunks')).map((file) => join('chunks', file)),
    ]),
  };
}

/** Files, and all that they import. */
function withImports(folder: string, entries: string[]): string[] {
  const seen = new Set<string>();
  const follow = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    if (!file.endsWith('.js')) return;
    const code = readFileSync(join(dist, folder, file), 'utf8');
    for (const [, next = ''] of code.matchAll(
      /(?:^|[;}\s])import\s*(?:[\w{}$,*\s]+from)?\s*["']([^"']+)["']/g,
    )) {
      follow(join(file, '..', next));
    }
  };
  entries.forEach(follow);
  return [...seen];
}

function sizes(folder: string, names: string[]): { files: Record<string, Size>; all: Size } {
  const all = { minified: 0, gzip: 0 };
  const files: Record<string, Size> = {};
  for (const name of names) {
    const bytes = readFileSync(join(dist, folder, name));
    const size = { minified: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
    files[name] = size;
    all.minified += size.minified;
    all.gzip += size.gzip;
  }
  return { files, all };
}
