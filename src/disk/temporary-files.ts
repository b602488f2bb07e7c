import { lstatSync, readdirSync, type Stats, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Snapshot } from './read-snapshot.ts';
import { sha256 } from './sha256.ts';

/** Short and of fixed length, since the target's own name may already have the greatest length. */
export const temporaryPrefix = (target: string) => `.roleferry-${sha256(basename(target)).slice(0, 8)}-`;

/** A new path beside `target`, for content that is to take its place. */
export function temporaryFor(target: string): string {
  const { randomBytes } = process.getBuiltinModule('node:crypto');
  return join(dirname(target), `${temporaryPrefix(target)}${randomBytes(16).toString('hex')}.tmp`);
}

/**
 * Removes what killed writers of `target` left behind. Call it under the lock, once our own new file is in place or
 * given up: then none of these files has a living writer. Files that root was writing have the owner of `old`.
 */
export function removeOrphans(target: string, old: Snapshot | undefined): void {
  const folder = dirname(target);
  const prefix = temporaryPrefix(target);
  // Stryker disable next-line OptionalChaining: only Windows has no users with numbers
  const owners = [process.getuid?.(), old?.stats.uid];
  for (const name of namesIn(folder)) {
    if (!name.startsWith(prefix) || !/^[0-9a-f]{32}\.tmp$/.test(name.slice(prefix.length))) continue;
    remove(join(folder, name), (stats) => !process.getuid || owners.includes(stats.uid));
  }
}

function namesIn(folder: string): string[] {
  // Stryker disable ArrayDeclaration: no file of ours is called so
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

// Stryker restore ArrayDeclaration

/** Removes a regular file if it `isOurs`, and nothing else. */
export function remove(path: string, isOurs: (stats: Stats) => boolean = () => true) {
  try {
    const stats = lstatSync(path);
    if (stats.isFile() && isOurs(stats)) unlinkSync(path);
  } catch {}
}
