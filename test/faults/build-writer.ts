import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { builtScript } from '../built-script.ts';

const folders: string[] = [];

/** A new folder, which goes when all tests of the file are over. */
export function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'roleferry-faults-')));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** The writer as one plain script, for a process with tsx in it takes ten times as long to start. */
export const buildWriter = (): Promise<string> =>
  builtScript(new URL('./credentials-writer.ts', import.meta.url), newFolder(), 'writer');
