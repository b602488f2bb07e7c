import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { needs } from '../needs.ts';

/** An invisible screen, for a browser with a window. */
export interface HiddenScreen {
  /** For `DISPLAY`. */
  display: string;
  close(): Promise<void>;
}

/** Starts Xvfb on a number that is free. */
export async function startScreen(): Promise<HiddenScreen> {
  const process = spawn(
    needs('xvfb').path,
    ['-displayfd', '1', '-nolisten', 'tcp', '-screen', '0', '1280x900x24'],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const exit = once(process, 'exit');
  const display = await new Promise<string>((resolve, reject) => {
    process.once('exit', () => reject(new Error('Xvfb does not start.')));
    process.once('error', reject);
    createInterface(process.stdout).once('line', (number) => resolve(`:${number}`));
  });
  return {
    display,
    async close() {
      process.kill();
      await exit;
    },
  };
}
