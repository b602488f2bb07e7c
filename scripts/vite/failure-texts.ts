import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const rooms = ['background', 'core', 'first-run', 'options', 'page', 'popup'];
const source = fileURLToPath(new URL('../../src/', import.meta.url));
const table = join(source, 'core', 'failure.ts');

/**
 * Leaves the texts of failures out of the extension that only host and CLI report: those come with their texts. The
 * codes stay, since both sides know each other's.
 */
export function failureTexts(): Plugin {
  return {
    name: 'failure-texts',
    enforce: 'pre',
    transform(code, id) {
      if (id !== table) return null;
      const { said, unclear } = codesSaid();
      if (unclear.length > 0)
        this.error(`failure() with a code that is not written out in ${unclear.join(', ')}`);
      let left = 0;
      const shortened = code.replace(/^ {2}'?([\w-]+)'?: \([\s\S]*?\n {2}\],\n/gm, (entry, name) => {
        if (said.has(name)) return entry;
        left += 1;
        return `  '${name}': () => ['', ''],\n`;
      });
      if (left === 0) this.error('no text of a failure was found to be left out');
      return shortened;
    },
  };
}

/** The codes that the extension's own code makes failures of, and the files in which a code cannot be seen. */
function codesSaid(): { said: Set<string>; unclear: string[] } {
  const said = new Set<string>();
  const unclear: string[] = [];
  for (const room of rooms) {
    for (const file of readdirSync(join(source, room))) {
      const path = join(source, room, file);
      if (path === table || !/(?<!\.test)\.tsx?$/.test(file)) continue;
      const code = readFileSync(path, 'utf8');
      if (/\bfailure\((?!')/.test(code)) unclear.push(file);
      for (const [, name = ''] of code.matchAll(/'([\w-]+)'/g)) said.add(name);
    }
  }
  return { said, unclear };
}
