import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

interface Substitution {
  /** By module, as it is named below node_modules: the file that takes its place. */
  modules?: Record<string, string>;
  /** By module: a piece of its code, and what takes the place of that. */
  pieces?: Record<string, [from: RegExp, to: string | ((...found: string[]) => string)]>;
  /**
   * Only in copies of these packages, with `mark` at the end of their names, which `by` gets for itself; what they load
   * by `import()` stays as it is.
   */
  copy?: { by: string; packages: RegExp; mark: `?${string}` };
}

/**
 * Puts modules and pieces of code in the place of others that come with a dependency. What is not there to be replaced,
 * as it may be after an update, fails the build.
 */
export function substitute(name: string, { modules = {}, pieces = {}, copy }: Substitution): Plugin {
  const isCopy = (id: string) => copy !== undefined && id.endsWith(copy.mark);
  const plain = (id: string) => (copy && isCopy(id) ? id.slice(0, -copy.mark.length) : id);
  const missed = new Set([...Object.keys(modules), ...Object.keys(pieces)]);
  const named = (table: object, id: string) =>
    Object.keys(table).find((module) => id.endsWith(`/node_modules/${module}`)) ?? '';
  const isAffected = (importer: string) =>
    copy === undefined ? importer.includes('/node_modules/') : isCopy(importer) || importer.endsWith(copy.by);
  return {
    name,
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (importer === undefined || !isAffected(importer)) return null;
      const found = await this.resolve(source, plain(importer), { ...options, skipSelf: true });
      const module = named(modules, found?.id ?? '');
      missed.delete(module);
      const id = modules[module] ?? found?.id ?? '';
      const isLater = (options as { kind?: string }).kind === 'dynamic-import';
      if (copy?.packages.test(id) && !isLater) return { id: id + copy.mark, moduleSideEffects: false };
      return modules[module] ?? found;
    },
    load: (id) => (isCopy(id) ? readFileSync(plain(id), 'utf8') : null),
    transform(code, id) {
      if (copy && !isCopy(id)) return null;
      const module = named(pieces, plain(id));
      const piece = pieces[module];
      if (piece === undefined) return null;
      const changed = code.replaceAll(piece[0], piece[1] as string);
      if (changed !== code) missed.delete(module);
      return changed;
    },
    buildEnd(error) {
      if (error !== undefined || missed.size === 0) return;
      this.error(`${name} found nothing to replace in ${[...missed].join(', ')}`);
    },
  };
}
