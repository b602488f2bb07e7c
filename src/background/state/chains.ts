import * as v from 'valibot';
import type { Memory } from './memory.ts';
import { localItem } from './stored-item.ts';

/** A second role: assumed with the credentials of the profile `source`, written to a profile of its own. */
const chainSchema = v.object({ source: v.string(), roleArn: v.string(), profile: v.string() });

export type Chain = v.InferOutput<typeof chainSchema>;

const item = localItem('chains', v.array(chainSchema), []);

export const readChains = (memory: Memory): Promise<Chain[]> => item.read(memory);

/** Sets a second role. A profile has only one. */
export const setChain = (memory: Memory, { source, roleArn, profile }: Chain): Promise<void> =>
  item.change(memory, (chains) => [
    ...chains.filter((chain) => chain.profile !== profile),
    { source, roleArn, profile },
  ]);

/** Removes the second role of this profile. The profile and its credentials stay in the file. */
export const removeChain = (memory: Memory, profile: string): Promise<void> =>
  item.change(memory, (chains) => chains.filter((chain) => chain.profile !== profile));

/** Renames sources, from old names to new ones. */
export const renameSources = (memory: Memory, renamed: ReadonlyMap<string, string>): Promise<void> =>
  item.change(memory, (chains) =>
    chains.map((chain) => ({ ...chain, source: renamed.get(chain.source) ?? chain.source })),
  );
