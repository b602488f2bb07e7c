import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** All files of ours in which a rule may be kept or shown. */
const files = [
  ...readdirSync(root),
  ...['src', 'test', 'scripts', 'docs'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name).replaceAll('\\', '/'),
    ),
  ),
];

const ruled: [path: string, fewest: number][] = [
  ['docs/threat-model.md', 40],
  ['docs/credentials-file.md', 10],
  ['docs/architecture.md', 10],
];

it.each([...ruled, ['CONTRIBUTING.md', 10] as const])(
  '%s names files and folders that are there',
  (path, fewest) => {
    const names = [
      ...read(path).matchAll(/`((?:src|test|scripts|docs)\/[\w./-]+|[\w./-]+\.(?:ts|tsx|mjs))`/g),
    ].map(([, name = '']) => name.replace(/\/$/, ''));
    expect(names.length).toBeGreaterThan(fewest);
    expect(names.filter((name) => !files.some((file) => `/${file}`.endsWith(`/${name}`)))).toEqual([]);
  },
);

describe.each(ruled)('%s', (path, fewest) => {
  const document = read(path);

  it('quotes tests that are there', () => {
    // `file` (“name”; “another name”)
    const quoted = [...document.matchAll(/`((?:src|test)\/[\w./-]+\.test\.tsx?)` \(([^)]*)\)/g)].flatMap(
      ([, file = '', names = '']) =>
        [...names.matchAll(/“([^”]+)”/g)].map(([, name = '']) => [file, name] as const),
    );
    expect(quoted.filter(([file, name]) => !files.includes(file) || !read(file).includes(name))).toEqual([]);
  });

  it('has a test for each rule in its tables', () => {
    const tables = document.split(/^\|.*\| shown by \|\n\|[-|]*\|\n/m).slice(1);
    const rows = tables.flatMap((rest) => (rest.split('\n\n')[0] ?? '').split('\n'));
    expect(rows.length).toBeGreaterThanOrEqual(fewest);
    expect(rows.filter((row) => !/`(?:src|test)\/[^`]*\.test\.tsx?`[^|]*\|$/.test(row))).toEqual([]);
  });
});

describe('the threat model', () => {
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
