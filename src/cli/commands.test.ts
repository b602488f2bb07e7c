import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { commands } from './commands.ts';

const here = dirname(fileURLToPath(import.meta.url));
const filesOfHost = join(here, 'files', 'files-of-host.ts');

/** A file of the CLI, and all others of it that it imports. */
function imported(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file) || !file.startsWith(here)) return found;
  found.add(file);
  const names = readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+\.ts)'/g);
  for (const [, name = ''] of names) imported(join(dirname(file), name), found);
  return found;
}

it('every command that can reach the AWS files is refused when it is unclear where they are', () => {
  const reaching = commands.filter(({ name }) =>
    imported(join(here, 'commands', `${name}.ts`)).has(filesOfHost),
  );
  // doctor is for finding that out.
  const expected = reaching.map(({ name }) => name).filter((name) => name !== 'doctor');
  expect(commands.filter(({ files }) => files).map(({ name }) => name)).toEqual(expected);
});
