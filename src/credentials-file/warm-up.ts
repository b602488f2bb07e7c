import { join } from 'node:path';
import { ok } from '../core/result.ts';
import { withLock } from '../disk/lock.ts';
import { editProfiles } from './format/edit-profiles.ts';

/**
 * Does in memory what a write does. With that the code for it is compiled and Node's own for locks and digests is
 * loaded, which takes longer than the write itself and has to be waited for when it is asked for. Nothing is written;
 * `folder` is one that is there, for a lock that nobody else wants.
 */
export async function rehearseWrite(folder: string): Promise<void> {
  await withLock(join(folder, `${process.pid}`), async () => ok(undefined));
  editProfiles(a, Buffer.from('[a]\nx=a\n'), [{ name: a, write }]);
}

const a = 'a';
const credentials = { accessKeyId: a, secretAccessKey: a, sessionToken: a, expiration: a };
const write = { name: a, credentials, principalArn: a };
