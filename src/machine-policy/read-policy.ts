import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { failure } from '../core/failure.ts';
import type { Reason } from '../core/failure-reasons.ts';
import { checkPolicy, type Policy } from '../core/policy/policy.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { errorCode, reasonOf } from '../disk/fs-failure.ts';

/** What a whole machine has in one place. Tests bring another one; no variable of the environment can. */
export interface Machine {
  policyFile: string;
  /** The user id of the administrator, who alone may have written that file; `undefined` where it cannot be asked. */
  administrator: number | undefined;
  /** The program that takes lines for the system's log on stdin; `undefined` where there is none. */
  logger: string | undefined;
  /** The socket on which that log listens, where `logger` does not tell that nobody does. */
  logSocket: string | undefined;
}

/**
 * This machine's own.
 *
 * Windows: the folder is a fixed path, since every user can set `ProgramData` and `SystemDrive` for the programs that he
 * starts. Where Windows is on another drive than C:, the file is in that folder of C: all the same. Node cannot tell
 * there who owns a file or may change it, so that is for the administrator to see to (docs/credentials-file.md).
 */
export function thisMachine(platform: NodeJS.Platform = process.platform): Machine {
  const unix = { administrator: 0, logger: '/usr/bin/logger' };
  switch (platform) {
    case 'win32':
      return {
        policyFile: 'C:\\ProgramData\\roleferry\\policy.json',
        administrator: undefined,
        logger: undefined,
        logSocket: undefined,
      };
    case 'darwin':
      return {
        ...unix,
        policyFile: '/Library/Application Support/roleferry/policy.json',
        logSocket: undefined,
      };
    default:
      return { ...unix, policyFile: '/etc/roleferry/policy.json', logSocket: '/dev/log' };
  }
}

/** A policy of some kilobytes is a long one. */
const mostBytes = 1024 * 1024;

/** What others than the owner must not be allowed. */
const othersWrite = 0o022;

/**
 * What the administrator fixed for everybody on this machine; `undefined` when there is no such file. A file that
 * somebody else could have written, or that is not a policy, is refused, and then nothing may be written or handed out:
 * what it was to forbid is not known. Links are refused too, since the folder that they lead to is not looked at.
 * Failure: `machine-policy-invalid`.
 */
export function readMachinePolicy(
  { policyFile: file, administrator }: Machine = thisMachine(),
): Result<Policy | undefined> {
  const refused = (reason: Reason<'file' | 'policy' | 'policyFile'>) =>
    failed(failure('machine-policy-invalid', { file, reason }));
  let text: string;
  try {
    const folder = lstatSync(dirname(file), { throwIfNoEntry: false });
    if (folder === undefined) return ok(undefined);
    if (!folder.isDirectory()) return refused('folder-not-a-folder');
    const ofFolder = notAdministrators(folder, administrator);
    const descriptor = openPolicy(file);
    if (descriptor === undefined) return ok(undefined);
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) return refused('not-a-file');
      const ofFile = notAdministrators(stats, administrator);
      if (ofFile !== undefined) return refused(ofFile);
      if (ofFolder?.is === 'owner') return refused({ ...ofFolder, is: 'folder-owner' });
      if (ofFolder?.is === 'mode') return refused({ ...ofFolder, is: 'folder-mode' });
      if (stats.size > mostBytes) return refused('too-large');
      text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(descriptor));
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof TypeError) return refused('not-utf-8');
    return refused(errorCode(error) === 'ELOOP' ? 'link' : reasonOf(error));
  }
  const value = parseJson(text);
  if (value === undefined) return refused('not-json');
  const checked = checkPolicy(value);
  return 'policy' in checked ? ok(checked.policy) : refused(checked.wrong);
}

/** Without O_NONBLOCK a named pipe would keep us waiting for ever. */
function openPolicy(file: string): number | undefined {
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
  try {
    // Stryker disable all: only Windows has no O_NOFOLLOW
    if (O_NOFOLLOW === 0 && lstatSync(file).isSymbolicLink()) {
      throw Object.assign(new Error(), { code: 'ELOOP' });
    }
    // Stryker restore all
    return openSync(file, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Who else could have had a hand in it, if anybody. */
function notAdministrators({ uid, mode }: Stats, administrator: number | undefined) {
  if (administrator === undefined) return undefined;
  if (uid !== administrator) return { is: 'owner' as const, user: uid };
  return mode & othersWrite ? { is: 'mode' as const, mode: (mode & 0o777).toString(8) } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {}
  return undefined;
}
