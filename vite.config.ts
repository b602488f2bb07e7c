import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import { allOfNow } from './scripts/vite/all-of-now.ts';
import { ascii } from './scripts/vite/ascii.ts';
import { builtins } from './scripts/vite/builtins.ts';
import { commanderAlone } from './scripts/vite/commander-alone.ts';
import { failureTexts } from './scripts/vite/failure-texts.ts';
import { nativePromises } from './scripts/vite/native-promises.ts';
import { oneFileEach } from './scripts/vite/one-file-each.ts';
import { polyfillModule } from './scripts/vite/polyfill-module.ts';
import { polyfillParts } from './scripts/vite/polyfill-parts.ts';
import { sdkForCli } from './scripts/vite/sdk-for-cli.ts';
import { sdkForWorkers } from './scripts/vite/sdk-for-workers.ts';

/** One mode a product: `chromium` and `firefox` (the extension), `cli`, `host` and `process`. */
export default defineConfig(({ mode }) => {
  // With another NODE_ENV from outside vite compiles JSX for development, with the folders of this machine in it.
  process.env.NODE_ENV = 'production';
  if (mode === 'chromium' || mode === 'firefox') return extension(mode);
  if (mode === 'cli' || mode === 'host' || mode === 'process') return node(mode);
  throw new Error(`vite build needs --mode chromium, firefox, cli, host or process, not ${mode}`);
});

function extension(target: 'chromium' | 'firefox'): UserConfig {
  return {
    plugins: [
      sdkForWorkers(),
      nativePromises(),
      polyfillParts(),
      polyfillModule(),
      failureTexts(),
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
      // No entry of the manifest names this page: the background opens it.
      rolldownOptions: { input: ['src/first-run/index.html'] },
    },
  };
}

/**
 * Each browser warns about the keys that only the other one knows. The extension's pages and its background may connect
 * to the hosts of STS and to no other: not even a fault in a library sends anything elsewhere.
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

/** The schema of administrators' policies, a file that the manifest names and crxjs does not look at. */
function managedSchema(): Plugin {
  const fileName = manifest.storage.managed_schema;
  return {
    name: 'managed-schema',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: readFileSync(fileName) });
    },
  };
}

/**
 * The files of the CLI that commands share: Node takes longer to find another small file than to read a larger one. A
 * module goes into the first that it fits; what fits none goes where rolldown puts it.
 */
const shared = {
  base: /rolldown|\/node_modules\/commander\/|^(?!.*\/node_modules\/).*\/package\.json$|\/src\/core\/(failure|printable|result)\.ts$|\/fs-failure\.ts$|\/src\/cli\/(carefully|commands|examples|is-terminal|network-hint|new-program|not-empty|print|program|report-failure|run-program|sts-endpoint|surroundings|tell|write-whole)\.ts$/,
  files:
    /\/node_modules\/valibot\/[^?]*$|\/src\/credentials-file\/[^?]*$|\/src\/native-host\/registration\/(aws-files|extension-id|install-record|places)\.ts$|\/src\/core\/(credentials|env-vars|partition|product|profile-name|protocol|role|sign-in-host|sts-region|time-left)\.ts$|\/src\/cli\/(child-environment|exec-profile|files-of-host|print-credentials|login-timeout|run-child|time-words)\.ts$/,
  exchange:
    /\?lean$|\/node_modules\/(saxes|xmlchars)\/|\/src\/core\/(?!assume-role)[^?]*$|\/src\/cli\/(ask-terminal|choose-role|delivery|naming-replace|delivery-options|files-failure|read-stdin|saml|saml-stdin|profile-template|side-by-side|split-words)\.ts$/,
  sdk: /\/node_modules\/@(aws-sdk|smithy)\/(client-sts|core|credential-provider-(env|ini|node)|signature-v4(-multi-region)?|xml-builder|node-http-handler)\/[^?]*$|\/node_modules\/@aws\//,
};

const nodeModules = builtinModules.flatMap((name) => [name, `node:${name}`]);

/** What each program is made of. The host and what AWS tools run are single files: they are copied out of the package. */
const programs = {
  cli: { roleferry: 'src/cli/main.ts', aws_role_credentials: 'src/cli/aws-role-credentials.ts' },
  host: { 'native-host': 'src/native-host/main.ts' },
  process: { 'credential-process': 'src/cli/process-main.ts' },
};

function node(product: keyof typeof programs): UserConfig {
  const input = programs[product];
  return {
    plugins: [...(product === 'cli' ? [sdkForCli(), allOfNow(), commanderAlone()] : []), builtins(), ascii()],
    ssr: { noExternal: true, external: nodeModules },
    publicDir: false,
    build: {
      ssr: true,
      outDir: 'dist/node',
      emptyOutDir: product === 'cli',
      target: 'node20',
      minify: true,
      rolldownOptions: {
        input,
        treeshake: { moduleSideEffects: 'no-external' },
        output: {
          // Node takes longer to find another small file than to read a larger one: what every command needs is one.
          codeSplitting: product === 'cli' && {
            includeDependenciesRecursively: false,
            groups: Object.entries(shared).map(([name, test]) => ({ name, test })),
          },
          entryFileNames: '[name].mjs',
          chunkFileNames: 'chunks/[name]-[hash].mjs',
          banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
        },
      },
    },
  };
}
