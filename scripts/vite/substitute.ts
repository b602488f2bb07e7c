import type { Plugin } from 'vite';

interface Substitution {
  /** By module, as it is named below node_modules: the file that takes its place. */
  modules?: Record<string, string>;
  /** By module: a piece of its code, and what takes the place of that. */
  pieces?: Record<string, [from: RegExp, to: string]>;
}

/**
 * Puts modules and pieces of code in the place of others that come with a dependency. What is not there to be replaced,
 * as it may be after an update, fails the build.
 */
export function substitute(name: string, { modules = {}, pieces = {} }: Substitution): Plugin {
  const missed = new Set([...Object.keys(modules), ...Object.keys(pieces)]);
  const named = (table: object, id: string) =>
    Object.keys(table).find((module) => id.endsWith(`/node_modules/${module}`)) ?? '';
  return {
    name,
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!importer?.includes('/node_modules/')) return null;
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      const module = named(modules, found?.id ?? '');
      missed.delete(module);
      return modules[module] ?? found;
    },
    transform(code, id) {
      const module = named(pieces, id);
      const piece = pieces[module];
      if (piece === undefined) return null;
      const changed = code.replaceAll(...piece);
      if (changed !== code) missed.delete(module);
      return changed;
    },
    buildEnd(error) {
      if (error !== undefined || missed.size === 0) return;
      this.error(`${name} found nothing to replace in ${[...missed].join(', ')}`);
    },
  };
}
