import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Every source file, from the root of the repository. A test belongs to the file that it stands beside. */
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8', withFileTypes: true })
  .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
  .map(({ parentPath, name }) => join(parentPath.slice(root.length).replaceAll('\\', '/'), name));

const folders = [...new Set(sources.flatMap(above))].filter((folder) => folder.startsWith('src'));

function above(path: string): string[] {
  const folder = dirname(path);
  return folder === '.' ? [] : [folder, ...above(folder)];
}

const importsOf = (path: string): string[] =>
  [...read(path).matchAll(/(?:from|import|import\()\s*'(\.[^']+)'/g)].map(([, to = '']) =>
    normalize(join(dirname(path), to)),
  );

/** Folder to folders: where its files import from. */
const edges = new Map(
  folders.map((folder) => {
    const files = sources.filter((path) => dirname(path) === folder && /\.tsx?$/.test(path));
    return [folder, new Set(files.flatMap(importsOf).map(dirname))];
  }),
);

function reachable(from: string): Set<string> {
  const found = new Set<string>();
  const visit = (folder: string) => {
    for (const next of edges.get(folder) ?? []) {
      if (next === folder || found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(from);
  return found;
}

describe('the folders of src', () => {
  it('show at most twenty entries each', () => {
    const entries = (folder: string) =>
      new Set(
        sources
          .filter((path) => path.startsWith(`${folder}/`))
          .map((path) => path.slice(folder.length + 1).split('/')[0]),
      );
    expect(folders.filter((folder) => entries(folder).size > 20)).toEqual([]);
  });

  it('never import each other in a circle', () => {
    expect(folders.filter((folder) => reachable(folder).has(folder))).toEqual([]);
  });
});

interface Override {
  includes: string[];
  linter: { rules: { style?: { noRestrictedImports?: { options: { patterns: { group: string[] }[] } } } } };
}

/** The rooms that the linter keeps a room from importing. */
function forbiddenBy(overrides: readonly Override[], room: string): string[] {
  const own = overrides.filter(({ includes }) => includes.includes(`src/${room}/**`));
  const patterns = own.flatMap(
    ({ linter }) => linter.rules.style?.noRestrictedImports?.options.patterns ?? [],
  );
  return patterns
    .flatMap(({ group }) => group)
    .flatMap((path) => /^\*\*\/([\w-]+)\/\*\*$/.exec(path)?.[1] ?? []);
}

describe('docs/architecture.md and the linter', () => {
  const rows = [...read('docs/architecture.md').matchAll(/^\| `([\w-]+)` \|.*\| ([^|]*) \|$/gm)];
  const allowed = rows.map(([, room = '', may = '']) => ({
    room,
    may: [...may.matchAll(/`([\w-]+)[^`]*`/g)].map(([, other = '']) => other),
  }));
  const { overrides } = JSON.parse(read('biome.json')) as { overrides: Override[] };
  const rooms = folders.filter((folder) => dirname(folder) === 'src').map((folder) => folder.slice(4));

  it('know every room', () => {
    expect(allowed.map(({ room }) => room).toSorted()).toEqual(rooms.toSorted());
  });

  it.each(allowed)('say the same about the imports of $room', ({ room, may }) => {
    const others = rooms.filter((other) => other !== room);
    const forbidden = new Set(forbiddenBy(overrides, room));
    expect(others.filter((other) => !forbidden.has(other)).toSorted()).toEqual(may.toSorted());
  });
});

describe('what the background keeps in variables', () => {
  const files = sources.filter((path) => /^src\/background\/.*\.ts$/.test(path));

  it('hangs on the memory that index.ts makes: no file has variables of its own', () => {
    const variables = files.flatMap((path) =>
      [...read(path).matchAll(/^(?:export )?(?:(?:let|var) .*|const .*\bnew \w*(?:Map|Set|Memory)\b.*)/gm)]
        .filter(([line]) => !line.includes('=>'))
        .map(([line]) => `${path}: ${line}`),
    );
    expect(variables).toEqual(['src/background/index.ts: const memory = new Memory();']);
  });

  it('is listed in docs/architecture.md, part by part', () => {
    const parts = files.flatMap((path) =>
      [...read(path).matchAll(/memory\.of\((\w+)\)/g)].map(([, part]) => `${path}: ${part}`),
    );
    const rows = [...read('docs/architecture.md').matchAll(/^\| `([\w-]+\/[\w-]+\.ts)` \| ([^|]*) \|/gm)];
    const listed = rows.flatMap(([, file, names = '']) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, part]) => `src/background/${file}: ${part}`),
    );
    const storedItem = 'src/background/state/stored-item.ts: make';
    expect([...listed, storedItem].toSorted()).toEqual([...new Set(parts)].toSorted());
  });
});

describe('the rooms of the background', () => {
  const rooms = [...read('docs/architecture.md').matchAll(/^\| `([\w-]+)` \| [^|]* \|$/gm)].map(
    ([, room = '']) => `src/background/${room}`,
  );

  it('all stand in docs/architecture.md', () => {
    const there = folders.filter((folder) => dirname(folder) === 'src/background');
    expect(rooms.toSorted()).toEqual(there.toSorted());
  });

  it.each(rooms)('%s imports only rooms that stand above it', (room) => {
    const others = [...(edges.get(room) ?? [])].filter(
      (to) => to.startsWith('src/background') && to !== room,
    );
    const above = rooms.slice(0, rooms.indexOf(room));
    expect(others.filter((to) => !above.includes(to))).toEqual([]);
  });
});
