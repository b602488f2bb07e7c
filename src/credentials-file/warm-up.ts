import { join } from 'node:path';
import { ok } from '../core/result.ts';
import { withLock } from '../disk/lock.ts';
import { editProfiles } from './format/edit-profiles.ts';

/**
 * Does in memory what a write does, so that the first real write need not wait until Node has loaded and compiled the
 * code. That takes longer than the write itself. Nothing is written except a lock in `folder`, which must exist.
 */
// Stryker disable all: what is warm shows in nothing but time
export async function warmUpWrite(folder: string): Promise<void> {
  await withLock(join(folder, `${process.pid}`), async () => ok(undefined));
  editProfiles(a, Buffer.from('[a]\nx=a\n'), [{ name: a, write }]);
}

// Stryker restore all
const a = 'a';
const credentials = { accessKeyId: a, secretAccessKey: a, sessionToken: a, expiration: a };
const write = { name: a, credentials, principalArn: a };
