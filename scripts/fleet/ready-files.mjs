import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../set-up/run.mjs';
import { extensionIdOf } from './company-key.mjs';
import { policyFiles } from './policy-files.mjs';

const read = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));

/** The files in docs/policies: the example policy for the product's own ids. Contents by name. */
export function readyFiles() {
  return policyFiles({ schema: policySchema(), policy: examplePolicy(), ids: productIds() });
}

export const policySchema = () => read('managed-schema.json');

const examplePolicy = () => read('docs/policies/policy.json');

/** With it, nobody gets credentials: not for any account, not into files, not by copying. */
export const stopPolicy = () => read('docs/policies/stop.json');

/** The extension's ids, as manifest.json has them. */
export function productIds() {
  const { key, browser_specific_settings } = read('manifest.json');
  return {
    chromium: extensionIdOf(Buffer.from(key, 'base64')).extensionId,
    firefox: browser_specific_settings.gecko.id,
  };
}
