import { execFileSync } from 'node:child_process';
import { root } from '../set-up/run.mjs';

/** Runs npm on this project and returns its stdout. It asks no registry, and ignores the caller's NODE_ENV. */
export function runNpm(...args) {
  return execFileSync('npm', [...args, '--offline', '--no-update-notifier'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
    // With production, which the build sets, npm would omit everything that is bundled.
    env: { ...process.env, NODE_ENV: '' },
    shell: process.platform === 'win32',
  });
}
