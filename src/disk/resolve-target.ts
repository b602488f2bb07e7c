import { lstatSync, mkdirSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { failure } from '../core/failure.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { errorCode, writeFailure } from './fs-failure.ts';

/** As many links in a row as Linux follows. */
const mostLinks = 40;

/**
 * Follows symbolic links from `file` to the real file, so that a rename replaces the file and not the link. The file may
 * be missing; a missing folder is made (0700). A link to nothing fails with `file-link-broken`: it may lead into a
 * keychain or an encrypted folder that is not mounted.
 */
export async function resolveTarget(file: string): Promise<Result<string>> {
  let path = resolve(file);
  let link: string | undefined;
  try {
    const folder = makeFolder(file, dirname(path));
    if (!folder.ok) return folder;
    for (let links = 0; links <= mostLinks; links++) {
      // From the real folder, since `..` in a link counts from there.
      path = join(realFolder(dirname(path)), basename(path));
      const next = linkTarget(path);
      if (next === undefined) {
        const missing = link !== undefined && isMissing(path);
        return missing ? failed(failure('file-link-broken', { file, target: path })) : ok(path);
      }
      link = next;
      path = resolve(dirname(path), next);
    }
    return failed(failure('file-link-broken', { file, target: link ?? path }));
  } catch (error) {
    // Stryker disable next-line ConditionalExpression,LogicalOperator,StringLiteral: where no link leads, the folder is there
    if (link !== undefined && ['ENOENT', 'ELOOP', 'ENOTDIR'].includes(errorCode(error) ?? '')) {
      return failed(failure('file-link-broken', { file, target: path }));
    }
    return failed(writeFailure(file, error));
  }
}

/** Windows cannot tell it of every folder, for example on a drive that a program makes; then Node follows the links. */
function realFolder(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch (error) {
    // Stryker disable next-line all: only Windows
    if (process.platform === 'win32' && errorCode(error) !== 'ENOENT') return realpathSync(folder);
    throw error;
  }
}

function makeFolder(file: string, folder: string): Result<void> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return ok(undefined);
  } catch (error) {
    const isLink = lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink();
    if (isLink) return failed(failure('file-link-broken', { file, target: readlinkSync(folder) }));
    return failed(writeFailure(file, error));
  }
}

/** Checked first, since most files are no links and raising an error is slow. */
function linkTarget(path: string): string | undefined {
  // Stryker disable next-line ConditionalExpression: only quicker
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return undefined;
  try {
    return readlinkSync(path);
  } catch (error) {
    // Stryker disable all: it was a link a moment ago
    // EINVAL: no longer a link. Windows says UNKNOWN for some files.
    if (['EINVAL', 'ENOENT', 'UNKNOWN'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}

// Stryker restore all
// Stryker disable next-line BooleanLiteral,ObjectLiteral: what is thrown for a link counts as missing too
const isMissing = (path: string) => lstatSync(path, { throwIfNoEntry: false }) === undefined;
