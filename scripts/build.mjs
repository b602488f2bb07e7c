// npm run build: makes dist/chromium, dist/firefox and dist/node.
import { buildProducts } from './set-up/build-products.mjs';
import { ensureNpmPackages } from './set-up/npm-packages.mjs';

await ensureNpmPackages();
await buildProducts();
