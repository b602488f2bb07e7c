import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from './run.mjs';

/** Runs a program of test/rehearsal, passes signals on, and waits until it has cleaned up. */
export async function runRehearsal(program, args) {
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], {
    cwd: root,
    stdio: 'inherit',
    // tsx would leave its cache in the temporary folder.
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
