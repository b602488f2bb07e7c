import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** A new folder, for one test. */
export const newFolder = () => realpathSync(mkdtempSync(join(tmpdir(), 'roleferry-faults-')));

/** Makes one plain script of the writer, for a process with tsx in it takes ten times as long to start. */
export async function buildWriter(): Promise<string> {
  const folder = newFolder();
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('./credentials-writer.ts', import.meta.url)),
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'writer.mjs' } },
    },
  });
  return join(folder, 'writer.mjs');
}
