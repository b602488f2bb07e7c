import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../set-up/run.mjs';

/**
 * The host manifests beside the executable, by file name. On Windows their `path` may be relative to their folder.
 * https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging#native-messaging-host
 */
export function hostManifests() {
  const manifest = {
    name: 'roleferry',
    description: 'Writes AWS profiles for the Roleferry extension',
    path: 'roleferry.exe',
    type: 'stdio',
  };
  const product = readFileSync(join(root, 'src/core/product.ts'), 'utf8');
  const id = (name) => new RegExp(`export const ${name} = '(.+)';`).exec(product)[1];
  return {
    'roleferry.chromium.json': {
      ...manifest,
      allowed_origins: [`chrome-extension://${id('chromiumExtensionId')}/`],
    },
    'roleferry.firefox.json': { ...manifest, allowed_extensions: [id('firefoxExtensionId')] },
  };
}
