import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Document, parseDocument } from './markdown.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const named = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .sort();

/** What people read: all documents of the repository. */
export const documents: Document[] = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...named('docs'),
].map((path) => parseDocument(path, readFileSync(join(root, path), 'utf8')));
