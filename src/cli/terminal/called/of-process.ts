import { isSea } from 'node:sea';
import type { CallSurroundings } from './call-of.ts';

/** What decides how this process was called. */
export const ofProcess = (): CallSurroundings => ({
  file: isSea() ? process.execPath : (process.argv[1] ?? ''),
  folder: currentFolder(),
  env: process.env,
  platform: process.platform,
  node: process.execPath,
});

function currentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}
