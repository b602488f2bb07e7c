import { basename } from 'node:path';
import { build, type Plugin } from 'vite';

/** Builds `entry` with everything it imports into one file for Node, as the product's own build does. */
export async function bundle(entry: string, outFile: string, plugins: Plugin[] = []): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    plugins,
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: outFile.slice(0, -basename(outFile).length),
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: basename(outFile), codeSplitting: false } },
    },
  });
}
