import type { Plugin } from 'vite';

const imported = /^import (?:\* as )?(\w+|\{[^}]*\}) from ['"](node:[\w/]+)['"];?$/gm;
const required = /\brequire\((?=['"]node:\w+['"]\))/g;

/**
 * Asks Node's own modules only for what is used of them. An import takes longer, as it asks for everything that the
 * module exports, and much of that loads more: all streams with `node:fs`, a parser of arguments with `node:util`.
 */
export const builtins = (): Plugin => ({
  name: 'builtins',
  // What it does to rolldown's own runtime would have each file load that.
  transform: (code, id) =>
    id.startsWith('\0')
      ? null
      : code
          .replace(
            imported,
            (_, names: string, source) =>
              `const ${names.replaceAll(' as ', ': ')} = process.getBuiltinModule('${source}');`,
          )
          .replace(required, 'process.getBuiltinModule('),
});
