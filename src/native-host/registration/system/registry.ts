import { execFile } from 'node:child_process';
import { failure } from '../../../core/failure.ts';
import { failed, ok, type Result } from '../../../core/result.ts';
import type { Change } from '../files/put-file.ts';
import { windowsProgram } from './system-program.ts';

/** Runs reg.exe with `args`; `ok`: it succeeded. */
export type RunReg = (args: string[]) => Promise<{ ok: boolean; stdout: string }>;

/** The real one. */
export const runReg: RunReg = (args) =>
  new Promise((resolve) => {
    const reg = windowsProgram('reg.exe', process.env);
    execFile(reg, args, { windowsHide: true }, (error, stdout) => resolve({ ok: error === null, stdout }));
  });

/** The default value of `key`, or `undefined` when it has none. */
export async function readKey(key: string, run: RunReg): Promise<string | undefined> {
  const query = await run(['query', key, '/ve']);
  // The name of the default value is translated, its type is not.
  return query.ok ? /REG_SZ\s+(.*?)\s*$/m.exec(query.stdout)?.[1] : undefined;
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
