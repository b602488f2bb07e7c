import { existsSync } from 'node:fs';
import { pathsOf, type Surroundings } from '../system/surroundings.ts';

/** A browser whose sandbox forbids starting programs outside, so that no host can serve it. */
interface Sandbox {
  browser: string;
  packaging: 'Flatpak' | 'Snap';
  /** Absolute path of the folder that shows that it is there. */
  folder: string;
}

/**
 * Flatpak starts nothing outside without a portal that only Ubuntu has (flatpak/xdg-desktop-portal#705), and of the
 * browsers from Snap only Firefox asks that portal.
 */
const sandboxes: [browser: string, packaging: Sandbox['packaging'], folder: string][] = [
  ['Firefox', 'Flatpak', '.var/app/org.mozilla.firefox'],
  ['LibreWolf', 'Flatpak', '.var/app/io.gitlab.librewolf-community'],
  ['Chromium', 'Flatpak', '.var/app/org.chromium.Chromium'],
  ['Chrome', 'Flatpak', '.var/app/com.google.Chrome'],
  ['Edge', 'Flatpak', '.var/app/com.microsoft.Edge'],
  ['Brave', 'Flatpak', '.var/app/com.brave.Browser'],
  ['Vivaldi', 'Flatpak', '.var/app/com.vivaldi.Vivaldi'],
  ['Opera', 'Flatpak', '.var/app/com.opera.Opera'],
  ['Chromium', 'Snap', 'snap/chromium'],
  ['Brave', 'Snap', 'snap/brave'],
  ['Opera', 'Snap', 'snap/opera'],
];

/** This user's browsers that no host can serve. They exist only on Linux. */
export function findSandboxes(surroundings: Surroundings, exists = existsSync): Sandbox[] {
  if (surroundings.platform !== 'linux') return [];
  const { join } = pathsOf(surroundings);
  return sandboxes
    .map(([browser, packaging, folder]) => ({ browser, packaging, folder: join(surroundings.home, folder) }))
    .filter(({ folder }) => exists(folder));
}
