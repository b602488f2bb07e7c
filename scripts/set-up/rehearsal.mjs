import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from './run.mjs';

/** Runs a program of test/rehearsal. Signals are handed on, and it is waited for until it has cleared up. */
export async function runRehearsal(program, args) {
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], {
    cwd: root,
    stdio: 'inherit',
    // tsx would leave its cache in the folder for temporary files.
    env: { ...process.env, TSX_DISABLE_CACHE: '1' },
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

export function hasDisplay() {
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
