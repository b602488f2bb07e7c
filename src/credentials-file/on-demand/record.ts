import * as v from 'valibot';
import type { AwsFiles } from '../files/locate.ts';
import { ownList } from '../files/own-list.ts';
import type { Batch } from './sections.ts';

/** The folder in the cache for what is kept of on-demand profiles. */
export const onDemandFolder = 'on-demand';

const batchSchema = v.object({
  isNewFile: v.boolean(),
  endedLine: v.boolean(),
  blankAbove: v.boolean(),
  sections: v.array(v.object({ name: v.string(), lines: v.array(v.string()) })),
});

/** What was appended to the config file, oldest first. */
export const { read: readBatches, change: changeBatches } = ownList([onDemandFolder, 'made'], batchSchema);

/** Whether Roleferry has made an on-demand profile of this name. */
export async function isMade(files: AwsFiles, name: string): Promise<boolean> {
  const batches = await readBatches(files);
  return batches.ok && batches.value.some(({ sections }) => sections.some((one) => one.name === name));
}

/** Notes that Roleferry gave an on-demand profile another region. */
export async function noteRegion(files: AwsFiles, name: string, region: string): Promise<void> {
  if (!(await isMade(files, name))) return;
  const isIt = (section: Batch['sections'][number]) => section.name === name;
  const noted = (section: Batch['sections'][number]) =>
    isIt(section) ? { ...section, lines: [...section.lines.slice(0, 2), `region = ${region}`] } : section;
  await changeBatches(files, (all) =>
    all.map((batch) => ({ ...batch, sections: batch.sections.map(noted) })),
  );
}
