import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failure } from '../../../core/failure.ts';
import { failed, ok, type Result } from '../../../core/result.ts';
import type { Change } from '../files/put-file.ts';
import { windowsProgram } from './system-program.ts';

/** Runs reg.exe with `args`; `ok`: it succeeded. */
export type RunReg = (args: string[]) => Promise<{ ok: boolean }>;

/** The real one. */
export const runReg: RunReg = (args) =>
  new Promise((resolve) => {
    const reg = windowsProgram('reg.exe', process.env);
    execFile(reg, args, { windowsHide: true }, (error) => resolve({ ok: error === null }));
  });

/**
 * The default value of `key`, or `undefined` when it has none. It is exported into a file: what reg.exe prints is in an old
 * code page, which changes the letters of many paths.
 */
export async function readKey(key: string, run: RunReg): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'roleferry-'));
  try {
    const file = join(folder, 'key.reg');
    if (!(await run(['export', key, file, '/y'])).ok) return undefined;
    // The keys below it come after it.
    const [, own = ''] = (await readFile(file, 'utf16le')).split(/^\[/m);
    return /^@="(.*)"\r?$/m.exec(own)?.[1]?.replace(/\\(.)/g, '$1');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Sets the default value of `key` to `value`, unless it is already. Failure: `registry-refused`. */
export async function putKey(key: string, value: string, run: RunReg): Promise<Result<Change>> {
  if ((await readKey(key, run)) === value) return ok('up to date');
  const added = await run(['add', key, '/ve', '/t', 'REG_SZ', '/d', value, '/f']);
  return added.ok ? ok('written') : failed(failure('registry-refused', { key }));
}

/** Removes `key`. Returns whether it was there. Failure: `registry-refused`. */
export async function removeKey(key: string, run: RunReg): Promise<Result<boolean>> {
  if (!(await run(['query', key])).ok) return ok(false);
  const removed = await run(['delete', key, '/f']);
  return removed.ok ? ok(true) : failed(failure('registry-refused', { key }));
}
