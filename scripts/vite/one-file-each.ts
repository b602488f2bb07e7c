import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin, type ResolvedConfig, type Rolldown } from 'vite';

type Settings = Pick<ResolvedConfig['build'], 'target' | 'minify'>;

/** The only file of the background: a service worker in Chromium, a script in Firefox. */
const backgroundFile = 'background.js';

/**
 * Makes the background and each page one file of code, with nothing more to import. A browser asks another process for
 * each file, and for the imported ones only once it has read the first.
 *
 * The background becomes a classic script: of a module Chromium keeps no compiled code, so that each start of the worker
 * would compile it anew.
 */
export function oneFileEach(): Plugin {
  let settings: Settings;
  return {
    name: 'one-file-each',
    configResolved({ build: { target, minify } }) {
      settings = { target, minify };
    },
    // On the disk, so that whoever started the build still learns what is in the shared files.
    async writeBundle({ dir = '' }, bundle) {
      const manifestFile = join(dir, 'manifest.json');
      const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
      const { service_worker, scripts } = manifest.background;
      const loader = join(dir, service_worker ?? scripts[0]);
      const background = await withImports(loader, settings, 'iife');

      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const pages = chunks.filter(({ facadeModuleId }) => facadeModuleId?.endsWith('.html'));
      const codes = await Promise.all(
        pages.map((page) => withImports(join(dir, page.fileName), settings, 'es')),
      );

      for (const file of [loader, ...chunks.map(({ fileName }) => join(dir, fileName))]) rmSync(file);
      for (const [index, page] of pages.entries())
        writeFileSync(join(dir, page.fileName), codes[index] ?? '');
      writeFileSync(join(dir, backgroundFile), background);
      manifest.background = service_worker
        ? { service_worker: backgroundFile }
        : { scripts: [backgroundFile] };
      writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
    },
  };
}

/** The code of a built file with that of all that it imports. */
async function withImports(input: string, settings: Settings, format: 'es' | 'iife'): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ...settings,
      write: false,
      rolldownOptions: {
        input,
        output: { format, codeSplitting: false, ...(format === 'iife' && { intro: "'use strict';" }) },
      },
    },
  });
  const [{ output }] = [built].flat() as [Rolldown.RolldownOutput];
  return output[0].code;
}
