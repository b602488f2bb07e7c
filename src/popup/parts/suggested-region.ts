import { mayBeIn } from '../../core/aws/region-of-role.ts';
import { knownRegion, usualRegions } from '../../page/known-region.ts';
import type { LoginView, RoleView } from '../../webext/login-view.ts';
import type { View } from '../../webext/view.ts';

/**
 * The region for the profile of a role; empty if nothing suggests one. What the config file has for that very profile
 * stands: the host would not replace it. Without `profile` it is that of several new ones.
 */
export function suggestedRegion(view: View, login: LoginView, role: RoleView, profile?: string): string {
  const { settings } = view;
  const wishes = [
    profile && knownRegion(view, profile),
    isRegionFixed(view) ? settings.region : undefined,
    // A profile that gets another name keeps its region.
    role.bound ? knownRegion(view, role.profile) : undefined,
    login.region,
    settings.region,
    ...usualRegions(view),
  ];
  return wishes.find((region) => region && mayBeIn(region, role.roleArn)) || '';
}

/** Whether the administrator has set the region of new profiles. */
export const isRegionFixed = ({ policy }: View): boolean => policy.fixed?.includes('region') ?? false;

/** Whether nobody has said yet which region new profiles get. */
export const isRegionAsked = ({ settings, bindings }: View): boolean =>
  settings.region === undefined && bindings.every(({ region }) => region === undefined);
