import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin, type ResolvedConfig, type Rolldown } from 'vite';

/**
 * Makes the worker and each page one file of code, with nothing more to import. A browser asks another process for
 * each file, and for the imported ones only once it has read the first.
 */
export function oneFileEach(): Plugin {
  let options: Pick<ResolvedConfig['build'], 'target' | 'minify'>;
  return {
    name: 'one-file-each',
    configResolved({ build: { target, minify } }) {
      options = { target, minify };
    },
    // On the disk, so that whoever started the build still learns what is in the shared files.
    async writeBundle({ dir = '' }, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const files = chunks.map(({ fileName, isEntry }) => ({ path: join(dir, fileName), isEntry }));
      const entries = files.filter(({ isEntry }) => isEntry).map(({ path }) => path);
      const codes = await Promise.all(entries.map((entry) => withImports(entry, options)));
      for (const { path, isEntry } of files) if (!isEntry) rmSync(path);
      for (const [index, entry] of entries.entries()) writeFileSync(entry, codes[index] ?? '');
    },
  };
}

/** The code of a built file with that of all that it imports. */
async function withImports(
  input: string,
  options: Pick<ResolvedConfig['build'], 'target' | 'minify'>,
): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { ...options, write: false, rolldownOptions: { input, output: { codeSplitting: false } } },
  });
  const [{ output }] = [built].flat() as [Rolldown.RolldownOutput];
  return output[0].code;
}
