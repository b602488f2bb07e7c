import type { View } from '../webext/view.ts';

/** The region of a profile: the config file's, else the one that the user gave it; `undefined` if none is known. */
export function knownRegion({ regions, bindings }: View, profile: string): string | undefined {
  if (Object.hasOwn(regions, profile)) return regions[profile];
  return bindings.find((binding) => binding.profile === profile)?.region;
}

/** What new profiles get where the settings have no region: that of the newest profile, else of `default`. */
export const usualRegion = ({ bindings, regions }: Pick<View, 'bindings' | 'regions'>): string | undefined =>
  bindings.findLast(({ region }) => region)?.region || regions.default || undefined;
