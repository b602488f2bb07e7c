import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The pictures that README.md or a document in docs links to: `popup-at-work-light.png`. */
export function shownInDocuments(): Set<string> {
  const documents = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file));
  const links = ['README.md', ...documents].flatMap((file) => [
    ...readFileSync(join(root, file), 'utf8').matchAll(/\]\([^)]*\bscreenshots\/([\w-]+\.png)\)/g),
  ]);
  return new Set(links.map(([, name = '']) => name));
}
