import { readFileSync } from 'node:fs';
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import { oneFileEach } from './scripts/vite/one-file-each.ts';
import { xmlParserForWorkers } from './scripts/vite/xml-parser-for-workers.ts';

/** One mode a product: `chromium` and `firefox` (the extension), and those of `programs`. */
export default defineConfig(({ mode }) => {
  // With another NODE_ENV, vite compiles JSX for development, with this machine's folders in it.
  process.env.NODE_ENV = 'production';
  if (mode === 'chromium' || mode === 'firefox') return extension(mode);
  if (isProgram(mode)) return node(mode);
  throw new Error(
    `vite build needs --mode chromium, firefox, ${Object.keys(programs).join(', ')}, not ${mode}`,
  );
});

function extension(target: 'chromium' | 'firefox'): UserConfig {
  return {
    plugins: [
      xmlParserForWorkers(),
      ...(target === 'chromium' ? [managedSchema()] : []),
      crx({ manifest: manifestFor(target), browser: target === 'firefox' ? 'firefox' : 'chrome' }),
      oneFileEach(),
    ],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    publicDir: false,
    build: {
      outDir: `dist/${target}`,
      emptyOutDir: true,
      target: target === 'firefox' ? 'firefox140' : 'chrome120',
      modulePreload: false,
      rolldownOptions: {
        // No manifest entry names this page: the background opens it.
        input: ['src/first-run/index.html'],
        // Advice to the authors of plugins, which each build on a busy machine would end with.
        checks: { bundlerTimings: false },
      },
    },
  };
}

/**
 * Each browser warns about keys that only the other knows. Pages and background may connect only to STS's hosts: not
 * even a fault in a library sends anything elsewhere.
 */
function manifestFor(target: 'chromium' | 'firefox'): ManifestV3Export {
  const { key, minimum_chrome_version, storage, browser_specific_settings, ...shared } = manifest;
  const stsHosts = manifest.host_permissions.filter((pattern) => /^https:\/\/sts[.-]/.test(pattern));
  const connectSrc = stsHosts.map((pattern) => pattern.replace('/*', '')).join(' ');
  const policy = `${manifest.content_security_policy.extension_pages}; connect-src ${connectSrc}`;
  const own =
    target === 'firefox'
      ? // Where its badge is seen: Firefox would put the button behind the puzzle icon.
        { browser_specific_settings, action: { ...shared.action, default_area: 'navbar' } }
      : { key, minimum_chrome_version, storage };
  return { ...shared, ...own, content_security_policy: { extension_pages: policy } } as ManifestV3Export;
}

/** The schema of administrators' policies: the manifest names this file, but crxjs ignores it. */
function managedSchema(): Plugin {
  const fileName = manifest.storage.managed_schema;
  return {
    name: 'managed-schema',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: readFileSync(fileName) });
    },
  };
}

/** What each program is made of. All but the CLI are single files: they are copied out of the package. */
const programs = {
  cli: { roleferry: 'src/cli/main.ts', aws_role_credentials: 'src/cli/old-tool/aws-role-credentials.ts' },
  host: { 'native-host': 'src/native-host/main.ts' },
  process: { 'credential-process': 'src/cli/profile-use/process-main.ts' },
  broker: { broker: 'src/broker/main.ts' },
  /** The start of the single executables, which have the others in them. */
  executable: { executable: 'src/cli/executable/main.ts' },
};

const isProgram = (mode: string): mode is keyof typeof programs => Object.hasOwn(programs, mode);

function node(product: keyof typeof programs): UserConfig {
  const input = programs[product];
  return {
    ssr: { noExternal: true },
    publicDir: false,
    build: {
      ssr: true,
      outDir: product === 'executable' ? 'dist/executable' : 'dist/node',
      emptyOutDir: product === 'cli' || product === 'executable',
      target: 'node20',
      minify: true,
      rolldownOptions: {
        input,
        output: {
          // Node starts CommonJS in less time: it makes no list of all that its own modules export.
          format: 'cjs',
          // Node's own modules are not imported: the first import() starts what loads ES modules.
          dynamicImportInCjs: false,
          strict: true,
          codeSplitting: product === 'cli',
          entryFileNames: '[name].cjs',
          chunkFileNames: 'chunks/[name]-[hash].cjs',
          banner: (chunk) => (chunk.isEntry && product !== 'executable' ? '#!/usr/bin/env node' : ''),
        },
      },
    },
  };
}
