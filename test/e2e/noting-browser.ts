import { watch } from 'node:fs';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ScratchHome } from '../rehearsal/scratch-home.ts';

/** A program that notes the address that it is told to open, in place of a browser. */
export interface NotingBrowser {
  /** For programs that open addresses. */
  env: Record<string, string>;
  /** The next address, once there is one. */
  address(): Promise<string>;
  /** Forgets the address that was noted. */
  forget(): Promise<void>;
}

/** Puts the program into `home`. */
export async function makeNotingBrowser(home: ScratchHome): Promise<NotingBrowser> {
  const program = join(home.path, 'browser');
  const noted = join(home.path, 'noted');
  await writeFile(program, `#!/bin/sh\nprintf '%s' "$1" > '${noted}.new' && mv '${noted}.new' '${noted}'\n`);
  await chmod(program, 0o700);
  const forget = () => rm(noted, { force: true });
  return {
    env: { ...home.env, BROWSER: program },
    async address() {
      const url = await new Promise<string>((resolve) => {
        const watcher = watch(home.path, async () => {
          const text = await readFile(noted, 'utf8').catch(() => undefined);
          if (text === undefined) return;
          watcher.close();
          resolve(text);
        });
      });
      await forget();
      return url;
    },
    forget,
  };
}
