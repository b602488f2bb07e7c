// npm run build: makes dist/chromium, dist/firefox and dist/node.
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { ensureNpmPackages } from './set-up/npm-packages.mjs';
import { root } from './set-up/run.mjs';
import { say } from './set-up/say.mjs';

await ensureNpmPackages();
const { build } = await import('vite');
for (const mode of ['chromium', 'firefox', 'cli', 'host']) {
  say(`Building ${mode} …`);
  await build({ root, mode, logLevel: 'warn' });
}
for (const program of ['roleferry', 'native-host']) chmodSync(join(root, `dist/node/${program}.mjs`), 0o755);
