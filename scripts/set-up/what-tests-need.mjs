import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programNames } from './debian-packages.mjs';
import { root } from './run.mjs';

/** Tests that run from the sources alone. All others look at what `npm run build` made. */
const fromSources = /^(?:src\/|test\/[^/]+$|test\/rehearsal\/)/;

/**
 * What the tests that the arguments name need before they can run: built files, and programs by their names in
 * debian-packages.mjs. `everything` where no argument names test files: then all tests run.
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

/** As vitest takes them: parts of paths. What follows an option may be its value, so it counts as none. */
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

/** A test names the programs that it needs, to test/needs.ts: `needs('fish')`. */
function quotes(file, name) {
  const text = readFileSync(join(root, file), 'utf8');
  return text.includes("needs.ts'") && text.includes(`'${name}'`);
}
