import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const named = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const documents = ['README.md', 'SECURITY.md', 'CHANGELOG.md', ...named('docs')];

/** What a heading is called in a link: as GitHub does it. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
const anchorsOf = (path: string) =>
  [...read(path).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => anchor(heading));

/** The links of a document to others of ours that lead nowhere. */
function deadLinks(path: string): string[] {
  const links = [...read(path).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => {
    const [file = '', heading] = link.split('#');
    const target = file === '' ? path : join(dirname(path), file);
    if (!existsSync(join(root, target))) return true;
    return heading !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(heading);
  });
}

it.each(documents)('every link of %s leads somewhere', (path) => {
  expect(deadLinks(path)).toEqual([]);
});

const model = read('docs/threat-model.md');

/** Each name of a test that follows its file: `file` (“name”; “another name”). */
const quoted = [...model.matchAll(/`((?:src|test)\/[\w./-]+\.test\.ts)` \(([^)]*)\)/g)].flatMap(
  ([, file = '', names = '']) =>
    [...names.matchAll(/“([^”]+)”/g)].map(([, name = '']) => [file, name] as const),
);

describe('the threat model', () => {
  it('names files that are there', () => {
    const files = [...model.matchAll(/`((?:src|test|docs)\/[^`]*)`/g)].map(([, file = '']) => file);
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it.each(quoted)('quotes from %s a test that is there: %s', (file, name) => {
    expect(read(file)).toContain(name);
  });

  it('has a test for every attack that it says is stopped', () => {
    const [, stopped = ''] = model.split(/^## Who attacks.*$/m);
    const rows = (stopped.split(/^## /m)[0] ?? '')
      .split('\n')
      .filter((line) => /^\| (?!attack |---)/.test(line));
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter((row) => !row.split('|').at(-2)?.includes('`'))).toEqual([]);
  });

  it('is what SECURITY.md and README.md lead to', () => {
    expect(read('SECURITY.md')).toContain('(docs/threat-model.md)');
    expect(read('README.md')).toContain('(docs/threat-model.md)');
    expect(read('README.md')).toContain('(SECURITY.md)');
  });
});

describe('the administrators’ guide', () => {
  const guide = read('docs/administrators.md');

  it('has every entry of a policy in the table of who obeys it, and no other', () => {
    const [, table = ''] = guide.split(/^## What can be fixed$/m);
    const rows = [...(table.split(/^## /m)[0] ?? '').matchAll(/^\| `(\w+)` \|/gm)].map(
      ([, entry = '']) => entry,
    );
    const { properties } = JSON.parse(read('managed-schema.json'));
    expect(rows.sort()).toEqual(Object.keys(properties).sort());
  });

  it('has every field that a line for a SIEM can have', () => {
    const fields = /const fields = \{([^}]*)\}/.exec(read('src/machine-policy/audit.ts'))?.[1] ?? '';
    const names = [...fields.matchAll(/^\s*(\w+)[:,]/gm)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  });
});
