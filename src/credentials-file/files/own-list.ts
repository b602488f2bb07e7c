import { rm } from 'node:fs/promises';
import * as v from 'valibot';
import { ok, type Result } from '../../core/result.ts';
import { readSnapshot } from '../../disk/read-snapshot.ts';
import { rewriteFile } from '../../disk/rewrite-file.ts';
import type { AwsFiles } from './locate.ts';
import { digestOf, ownPath } from './own-path.ts';

/**
 * A list that Roleferry keeps of a config file, as JSON in a file of its own. `place` are the names of its folders
 * below the cache, and how the file's name begins. A missing or damaged file is an empty list; an empty list has no
 * file.
 */
export function ownList<T>(place: readonly string[], item: v.GenericSchema<unknown, T>) {
  const schema = v.array(item);
  const inText = (text: string): T[] => {
    try {
      return v.parse(schema, JSON.parse(text));
    } catch {
      return [];
    }
  };
  const fileOf = async ({ cacheFolder, configFile }: AwsFiles): Promise<Result<string | undefined>> => {
    if (cacheFolder === undefined) return ok(undefined);
    const folders = place.slice(0, -1);
    // Stryker disable next-line StringLiteral: neither is a profile
    const name = `${place.at(-1)}-${await digestOf(configFile, '')}.json`;
    return ownPath(cacheFolder, ...folders, name);
  };
  return {
    /** Failures: `place-is-link`, `file-unreadable`. */
    async read(files: AwsFiles): Promise<Result<readonly T[]>> {
      const file = await fileOf(files);
      if (!file.ok || file.value === undefined) return file.ok ? ok([]) : file;
      const snapshot = await readSnapshot(file.value);
      // Stryker disable next-line StringLiteral: neither is JSON
      return snapshot.ok ? ok(inText(snapshot.value?.bytes.toString('utf8') ?? '')) : snapshot;
    },
    /** Failures: `place-is-link`, and those of writing a file. */
    async change(files: AwsFiles, change: (all: readonly T[]) => readonly T[]): Promise<Result<void>> {
      const file = await fileOf(files);
      if (!file.ok || file.value === undefined) return file.ok ? ok(undefined) : file;
      const changed = await rewriteFile(file.value, (content) => {
        // Stryker disable next-line StringLiteral: other letters are only in the path of the program, which nobody reads
        const all = change(inText(Buffer.from(content, 'latin1').toString('utf8')));
        const json = Buffer.from(`${JSON.stringify(all)}\n`).toString('latin1');
        return ok({ content: json, value: all.length });
      });
      if (!changed.ok) return changed;
      // Stryker disable next-line ObjectLiteral,BooleanLiteral: it was written a moment ago
      if (changed.value === 0) await rm(file.value, { force: true });
      return ok(undefined);
    },
  };
}
