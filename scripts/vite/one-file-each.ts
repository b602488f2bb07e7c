import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin, type ResolvedConfig, type Rolldown, type UserConfig } from 'vite';
import { xmlParserForWorkers } from './xml-parser-for-workers.ts';

/** The background's only file: a service worker in Chromium, a script in Firefox. */
const backgroundFile = 'background.js';

/**
 * Makes the background and each page one file of code without imports. A browser asks another process for each file,
 * and for imported ones only after reading the first: with six files the popup opens visibly later.
 */
export function oneFileEach(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'one-file-each',
    configResolved(resolved) {
      config = resolved;
    },
    // On disk, so that the build still tells what is in the shared files.
    async writeBundle({ dir = '' }, bundle) {
      const { target, minify } = config.build;
      const oneFile = (settings: UserConfig['build']) => codeOf({ target, minify, ...settings });
      const background = await oneFile(classicScript);
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const pages = chunks.filter(({ facadeModuleId }) => facadeModuleId?.endsWith('.html'));
      const codes = await Promise.all(
        pages.map(({ fileName }) =>
          oneFile({ rolldownOptions: { input: join(dir, fileName), output: { codeSplitting: false } } }),
        ),
      );

      const manifestFile = join(dir, 'manifest.json');
      const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
      const { service_worker, scripts } = manifest.background;
      for (const file of [service_worker ?? scripts[0], ...chunks.map(({ fileName }) => fileName)])
        rmSync(join(dir, file));
      for (const [index, { fileName }] of pages.entries())
        writeFileSync(join(dir, fileName), codes[index] ?? '');
      writeFileSync(join(dir, backgroundFile), background);
      manifest.background = service_worker
        ? { service_worker: backgroundFile }
        : { scripts: [backgroundFile] };
      writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
    },
  };
}

/**
 * The background is a classic script: Chromium keeps no compiled code of modules, so each start of the worker would
 * compile it again. It is built from source as a library: for pages, vite loads `import()` through the page's
 * document, but workers have none and may not import.
 */
const classicScript: UserConfig['build'] = {
  lib: { entry: 'src/background/index.ts', formats: ['iife'], name: 'background' },
  rolldownOptions: { output: { codeSplitting: false, intro: "'use strict';" } },
};

async function codeOf(settings: UserConfig['build']): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [xmlParserForWorkers()],
    publicDir: false,
    build: { ...settings, write: false },
  });
  const [{ output }] = [built].flat() as [Rolldown.RolldownOutput];
  return output[0].code;
}
