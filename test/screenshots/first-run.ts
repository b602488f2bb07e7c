import { failure } from '../../src/core/failure.ts';
import type { View } from '../../src/webext/view.ts';
import { aView } from './a-view.ts';
import type { Screen } from './screen.ts';

/** Every state of the first run. */
export const firstRunScreens: Screen[] = (
  [
    { name: 'first-run-start', view: at(false, false, false) },
    { name: 'first-run-permission', view: at(true, false, false) },
    { name: 'first-run-login', view: at(true, true, false) },
    { name: 'first-run-done', view: at(true, true, true) },
  ] satisfies Omit<Screen, 'page'>[]
).map((screen) => ({ ...screen, page: 'first-run' }));

function at(hostInstalled: boolean, permissionGiven: boolean, loginSeen: boolean): View {
  const firstRun = { hostInstalled, permissionGiven, loginSeen };
  if (hostInstalled) return aView({ firstRun });
  const { host, ...view } = aView({ firstRun, hostFailure: failure('host-not-installed') });
  return view;
}
