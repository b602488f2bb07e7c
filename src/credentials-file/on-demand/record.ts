import { rm } from 'node:fs/promises';
import * as v from 'valibot';
import { ok, type Result } from '../../core/result.ts';
import { readSnapshot } from '../../disk/read-snapshot.ts';
import { rewriteFile } from '../../disk/rewrite-file.ts';
import type { AwsFiles } from '../files/locate.ts';
import { digestOf, ownPath } from '../process/own-path.ts';
import type { Batch } from './sections.ts';

/** The folder in the cache for what is kept of on-demand profiles. */
export const onDemandFolder = 'on-demand';

const recordSchema = v.array(
  v.object({
    isNewFile: v.boolean(),
    endedLine: v.boolean(),
    blankAbove: v.boolean(),
    sections: v.array(v.object({ name: v.string(), lines: v.array(v.string()) })),
  }),
);

/** What was appended to the config file, oldest first; nothing if the record is missing or damaged. */
export async function readBatches(files: AwsFiles): Promise<Result<readonly Batch[]>> {
  const file = await recordFile(files);
  if (!file.ok || file.value === undefined) return file.ok ? ok([]) : file;
  const snapshot = await readSnapshot(file.value);
  // Stryker disable next-line StringLiteral: neither is JSON
  return snapshot.ok ? ok(batchesIn(snapshot.value?.bytes.toString('utf8') ?? '')) : snapshot;
}

/** Changes the record; an empty one is deleted. Failures: `place-is-link`, and those of writing a file. */
export async function changeBatches(
  files: AwsFiles,
  change: (batches: readonly Batch[]) => readonly Batch[],
): Promise<Result<void>> {
  const file = await recordFile(files);
  if (!file.ok || file.value === undefined) return file.ok ? ok(undefined) : file;
  const changed = await rewriteFile(file.value, (content) => {
    // Stryker disable next-line StringLiteral: other letters are only in the path of the program, which nobody reads
    const batches = change(batchesIn(Buffer.from(content, 'latin1').toString('utf8')));
    const json = Buffer.from(`${JSON.stringify(batches)}\n`).toString('latin1');
    return ok({ content: json, value: batches.length });
  });
  if (!changed.ok) return changed;
  // Stryker disable next-line ObjectLiteral,BooleanLiteral: it was written a moment ago
  if (changed.value === 0) await rm(file.value, { force: true });
  return ok(undefined);
}

/** Notes that Roleferry gave an on-demand profile another region. */
export async function noteRegion(files: AwsFiles, name: string, region: string): Promise<void> {
  const batches = await readBatches(files);
  const isIt = (section: Batch['sections'][number]) => section.name === name;
  if (!batches.ok || !batches.value.some(({ sections }) => sections.some(isIt))) return;
  const noted = (section: Batch['sections'][number]) =>
    isIt(section) ? { ...section, lines: [...section.lines.slice(0, 2), `region = ${region}`] } : section;
  await changeBatches(files, (all) =>
    all.map((batch) => ({ ...batch, sections: batch.sections.map(noted) })),
  );
}

async function recordFile({ cacheFolder, configFile }: AwsFiles): Promise<Result<string | undefined>> {
  if (cacheFolder === undefined) return ok(undefined);
  // Stryker disable next-line StringLiteral: neither is a profile
  return ownPath(cacheFolder, onDemandFolder, `made-${await digestOf(configFile, '')}.json`);
}

function batchesIn(text: string): Batch[] {
  try {
    return v.parse(recordSchema, JSON.parse(text));
  } catch {
    return [];
  }
}
