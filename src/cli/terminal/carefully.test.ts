import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** A program of its own, which does `run` carefully. */
function program(run: string) {
  const carefully = JSON.stringify(new URL('./carefully.ts', import.meta.url).href);
  const code = `import { carefully } from ${carefully}; void carefully('roleferry list', ${run});`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', code];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stdout, stderr };
}

it.each([
  ['throws', "async () => { throw new Error('a secret'); }"],
  ['leaves an error to nobody', "async () => { Promise.reject(new Error('a secret')); }"],
  ['waits for what never comes', '() => new Promise(() => {})'],
])('says in its own words that something went wrong if the program %s', (_, run) => {
  const { status, stdout, stderr } = program(run);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^roleferry: .*roleferry list.*\nhint: .*\n$/);
});

it('says nothing if the program does what it should', () => {
  expect(program('async () => {}')).toEqual({ status: 0, stdout: '', stderr: '' });
});
