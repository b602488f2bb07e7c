// npm run policies: makes the files in docs/policies from managed-schema.json and docs/policies/policy.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readyFiles } from './fleet/ready-files.mjs';
import { root } from './set-up/run.mjs';

const folder = join(root, 'docs/policies');
for (const [name, content] of Object.entries(readyFiles())) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}
