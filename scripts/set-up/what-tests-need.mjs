import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programNames } from './debian-packages.mjs';
import { root } from './run.mjs';

/** Tests that run from the sources alone; those of the CLI build it for themselves. All others need `npm run build`. */
const fromSources = /^(?:src\/|test\/[^/]+$|test\/(?:cli|rehearsal|docs)\/)/;

/**
 * What the tests named by the arguments need: built files, and programs by their names in debian-packages.mjs.
 * `everything` if no argument names test files, because then all tests run.
 */
export function whatTestsNeed(args) {
  const filters = pathsAmong(args);
  if (filters.length === 0) return { everything: true };
  const files = testFiles().filter((file) => filters.some((filter) => file.includes(filter)));
  return {
    everything: false,
    built: files.some((file) => !fromSources.test(file)),
    programs: programNames.filter((name) => files.some((file) => quotes(file, name))),
  };
}

/** As vitest reads them: parts of paths. What follows an option may be its value, so it doesn't count. */
function pathsAmong(args) {
  const names = args.filter((arg, i) => !arg.startsWith('-') && !/^-[^=]*$/.test(args[i - 1] ?? ''));
  return names.map((name) =>
    name
      .replaceAll('\\', '/')
      .replace(root.replaceAll('\\', '/'), '')
      .replace(/^\.\//, '')
      .replace(/:\d+$/, ''),
  );
}

const testFiles = () =>
  ['src', 'test'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
  );

/** A test names the programs it needs with test/needs.ts: `needs('fish')`. */
function quotes(file, name) {
  const text = readFileSync(join(root, file), 'utf8');
  return text.includes("needs.ts'") && text.includes(`'${name}'`);
}
