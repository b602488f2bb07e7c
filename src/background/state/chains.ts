import * as v from 'valibot';
import { localItem } from './stored-item.ts';

/** A second role: assumed with the credentials of the profile `source`, written to a profile of its own. */
const chainSchema = v.object({ source: v.string(), roleArn: v.string(), profile: v.string() });

export type Chain = v.InferOutput<typeof chainSchema>;

const item = localItem('chains', v.array(chainSchema), []);

export const readChains = (): Promise<Chain[]> => item.read();

/** Gives the profile to this second role alone. */
export const setChain = ({ source, roleArn, profile }: Chain): Promise<void> =>
  item.change((chains) => [
    ...chains.filter((chain) => chain.profile !== profile),
    { source, roleArn, profile },
  ]);

/** Lets go of the second role that has this profile; the profile and what is in it stay. */
export const removeChain = (profile: string): Promise<void> =>
  item.change((chains) => chains.filter((chain) => chain.profile !== profile));

/** Follows sources that go by other names now: the old names with the new ones. */
export const renameSources = (renamed: ReadonlyMap<string, string>): Promise<void> =>
  item.change((chains) =>
    chains.map((chain) => ({ ...chain, source: renamed.get(chain.source) ?? chain.source })),
  );
