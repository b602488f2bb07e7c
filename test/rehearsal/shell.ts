import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Stage } from '../e2e/stage.ts';
import { startConnectProxy } from './connect-proxy.ts';
import { shellEnv } from './shell-env.ts';

const program = fileURLToPath(new URL('../../dist/node/roleferry.cjs', import.meta.url));

/** Writes a file that a terminal can source to work with the stage's home and its AWS, until it is closed. */
export async function openShell(
  { rehearsal, home }: Pick<Stage, 'rehearsal' | 'home'>,
  file: string,
): Promise<{ close(): Promise<void> }> {
  const proxy = await startConnectProxy(rehearsal);
  const bin = join(home.path, 'bin');
  const authorityFile = join(home.path, 'authority.pem');
  await mkdir(bin);
  await symlink(program, join(bin, 'roleferry'));
  await writeFile(authorityFile, rehearsal.caCertificatePem);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, shellEnv({ home: home.path, bin, proxyPort: proxy.port, authorityFile }));
  return {
    async close() {
      await rm(file);
      await proxy.close();
    },
  };
}
