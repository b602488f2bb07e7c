import { grouped } from '../core/words/grouped.ts';
import type { View } from '../webext/view.ts';

/** The region of a profile: the config file's, else the one that the user gave it; `undefined` if none is known. */
export function knownRegion({ regions, bindings }: View, profile: string): string | undefined {
  if (Object.hasOwn(regions, profile)) return regions[profile];
  return bindings.find((binding) => binding.profile === profile)?.region;
}

/**
 * What new profiles get where nothing else says it, the likeliest first: the region of the newest profile, that of
 * `default`, then those of the config file's profiles, that of most of them first.
 */
export function usualRegions({ bindings, regions }: Pick<View, 'bindings' | 'regions'>): string[] {
  const byRegion = grouped(Object.values(regions), (region) => region);
  const mostFirst = [...byRegion].toSorted(([, a], [, b]) => b.length - a.length).map(([region]) => region);
  const newest = bindings.findLast(({ region }) => region)?.region;
  return [newest, regions.default, ...mostFirst].filter((region) => region !== undefined);
}
