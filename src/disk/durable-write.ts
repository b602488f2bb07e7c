import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsync,
  openSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { promisify } from 'node:util';
import { errorCode } from './fs-failure.ts';

/** Waits for the disk, perhaps for seconds. It is asynchronous, so that others are answered meanwhile. */
export const synced: (descriptor: number) => Promise<void> = promisify(fsync);

/**
 * Writes `pieces` into a new file with owner and mode of `model`, or else our own with mode 0600. Returns what `stands`
 * says, which runs while the disk writes.
 */
export async function writeDurably(
  temporary: string,
  pieces: readonly Buffer[],
  model: OwnerAndMode | undefined,
  stands: () => boolean,
): Promise<boolean> {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
  const descriptor = openSync(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    for (const piece of pieces) writeFileSync(descriptor, piece);
    if (model) keepOwnerAndMode(descriptor, model);
    const onDisk = synced(descriptor);
    const theyStand = stands();
    await onDisk;
    return theyStand;
  } finally {
    closeSync(descriptor);
  }
}

type OwnerAndMode = Pick<Stats, 'uid' | 'gid' | 'mode'>;

function keepOwnerAndMode(descriptor: number, { uid, gid, mode }: OwnerAndMode) {
  const made = fstatSync(descriptor);
  // Stryker disable next-line ConditionalExpression,EqualityOperator,LogicalOperator: giving a file to its owner changes nothing
  if (made.uid !== uid || made.gid !== gid) {
    // Stryker disable all: root, as whom tests may run, can give files to everybody
    try {
      fchownSync(descriptor, uid, gid);
    } catch (error) {
      // We cannot keep a group that we are not in. Another owner would have been refused by whyNotReplace.
      if (errorCode(error) !== 'EPERM' || made.uid !== uid) throw error;
    }
  }
  // Stryker restore all
  fchmodSync(descriptor, mode & 0o777);
}

/** Makes a rename durable. Not every system can. The new file is in place by then, so this never fails. */
export async function syncFolder(folder: string) {
  // Stryker disable next-line all: only Windows
  if (process.platform === 'win32') return;
  try {
    const descriptor = openSync(folder, constants.O_RDONLY);
    await synced(descriptor).finally(() => closeSync(descriptor));
  } catch {}
}
