import { posix } from 'node:path';
import { getAsset } from 'node:sea';
import { compileFunction, constants } from 'node:vm';

const loaded = new Map<string, { exports: unknown }>();

/** Runs a built file that is in the executable, and what it requires of others. `file`: its path in `dist/node`. */
export function loadBuilt(file: string): unknown {
  const before = loaded.get(file);
  if (before !== undefined) return before.exports;
  const module = { exports: {} };
  loaded.set(file, module);
  const requireFromHere = (id: string) =>
    id.startsWith('.') ? loadBuilt(posix.join(posix.dirname(file), id)) : builtIn(id);
  const code = getAsset(file, 'utf8').replace(/^#!.*/, '');
  const run = compileFunction(code, ['exports', 'require', 'module', '__filename'], {
    filename: file,
    // The only other `import()` in built files are those of Node's own modules.
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  run(module.exports, requireFromHere, module, process.execPath);
  return module.exports;
}

function builtIn(id: string): unknown {
  const found = process.getBuiltinModule(id);
  if (found === undefined) throw new Error(`${id} is not in this executable`);
  return found;
}
