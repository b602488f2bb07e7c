import { rm } from 'node:fs/promises';
import { ok, type Result } from '../../core/result.ts';
import { readSnapshot } from '../../disk/read-snapshot.ts';
import { rewriteFile } from '../../disk/rewrite-file.ts';
import { processLines } from '../config/process-lines.ts';
import type { AwsFiles } from '../files/locate.ts';
import { notUnderstood } from '../format/not-understood.ts';
import { removeCache } from '../process/cache.ts';
import { removeQuestion } from './questions.ts';
import { changeBatches, readBatches } from './record.ts';
import { type Batch, cutSections } from './sections.ts';

/** The on-demand profiles of the config file. Failures: `place-is-link`, `file-unreadable`. */
export async function listOnDemand(files: AwsFiles): Promise<Result<ReadonlySet<string>>> {
  const batches = await readBatches(files);
  if (!batches.ok || batches.value.length === 0) return batches.ok ? ok(new Set()) : batches;
  const lines = await processLines(files.configFile);
  return ok(new Set(namesIn(batches.value).filter((name) => lines.has(name))));
}

/**
 * Removes on-demand profiles from the config file in one write, with their cached credentials: those in `names`, else all.
 * The file is then as it was before they were made, to the byte, but for what others changed since. Returns the names.
 *
 * Failures: `place-is-link`, `file-not-understood`, and those of reading and writing files.
 */
export async function removeOnDemand(files: AwsFiles, names?: readonly string[]): Promise<Result<string[]>> {
  const batches = await readBatches(files);
  if (!batches.ok) return batches;
  const wanted = names && new Set(names);
  const isGone = (name: string) => wanted?.has(name) ?? true;
  const gone = namesIn(batches.value).filter(isGone);
  if (gone.length === 0) return ok([]);
  // The config file says where the cache is, so the cache goes while the config file is unchanged.
  for (const name of gone) {
    const dropped = await removeCache(files, name);
    if (!dropped.ok) return dropped;
    await removeQuestion(files, name);
  }
  const { configFile } = files;
  const cut = await rewriteFile<void>(configFile, (content) => {
    let left = content;
    // What was appended last stands below all else.
    for (const batch of batches.value.toReversed()) {
      const rest = cutSections(left, batch, isGone);
      if (!rest.ok) return notUnderstood(configFile, rest);
      left = rest.value;
    }
    return ok({ content: left, value: undefined });
  });
  if (!cut.ok) return cut;
  const isOurFile = batches.value.some(({ isNewFile }) => isNewFile);
  if (isOurFile) await removeIfEmpty(configFile);
  const forgotten = await changeBatches(files, (all) => withoutSections(all, isGone));
  return forgotten.ok ? ok(gone) : forgotten;
}

const namesIn = (batches: readonly Batch[]): string[] => [
  ...new Set(batches.flatMap(({ sections }) => sections.map(({ name }) => name))),
];

function withoutSections(batches: readonly Batch[], isGone: (name: string) => boolean): Batch[] {
  const [first, ...others] = batches
    .map((batch) => ({ ...batch, sections: batch.sections.filter(({ name }) => !isGone(name)) }))
    .filter(({ sections }) => sections.length > 0);
  if (first === undefined) return [];
  // The file is ours still if what made it goes first.
  return [{ ...first, isNewFile: batches.some(({ isNewFile }) => isNewFile) }, ...others];
}

async function removeIfEmpty(file: string): Promise<void> {
  const now = await readSnapshot(file);
  if (now.ok && now.value?.bytes.length === 0) await rm(file, { force: true });
}
