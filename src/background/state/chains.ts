import * as v from 'valibot';
import { localItem } from './stored-item.ts';

/** A second role: assumed with the credentials of the profile `source`, written to a profile of its own. */
const chainSchema = v.object({ source: v.string(), roleArn: v.string(), profile: v.string() });

export type Chain = v.InferOutput<typeof chainSchema>;

const item = localItem('chains', v.array(chainSchema), []);

export const readChains = (): Promise<Chain[]> => item.read();

/** Sets a second role. A profile has only one. */
export const setChain = ({ source, roleArn, profile }: Chain): Promise<void> =>
  item.change((chains) => [
    ...chains.filter((chain) => chain.profile !== profile),
    { source, roleArn, profile },
  ]);

/** Removes the second role of this profile. The profile and its credentials stay in the file. */
export const removeChain = (profile: string): Promise<void> =>
  item.change((chains) => chains.filter((chain) => chain.profile !== profile));

/** Renames sources, from old names to new ones. */
export const renameSources = (renamed: ReadonlyMap<string, string>): Promise<void> =>
  item.change((chains) =>
    chains.map((chain) => ({ ...chain, source: renamed.get(chain.source) ?? chain.source })),
  );
