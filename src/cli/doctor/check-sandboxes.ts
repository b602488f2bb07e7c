import { findSandboxes } from '../../native-host/registration/browsers/sandboxes.ts';
import type { Surroundings } from '../../native-host/registration/system/surroundings.ts';
import { type Finding, warning } from './finding.ts';

/** Browsers from Flatpak and Snap, which install does not register: they may not start programs outside. */
export const checkSandboxes = (surroundings: Surroundings): Finding[] =>
  findSandboxes(surroundings).map(({ browser, packaging, folder }) =>
    warning(
      'browser',
      `${browser} from ${packaging} (${folder}) runs in a sandbox and cannot start the host`,
      `install ${browser} without ${packaging}`,
    ),
  );
