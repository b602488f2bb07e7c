import { existsSync } from 'node:fs';
import { failure } from '../../../core/failure.ts';
import { hostName } from '../../../core/protocol/protocol.ts';
import { failed, ok, type Result } from '../../../core/result.ts';
import { fillIn, hostFolder, layoutOf, pathsOf, type Surroundings } from '../system/surroundings.ts';
import type { Browser, BrowserKind } from './browser.ts';
import { browsers } from './browsers.ts';

/** One place in which a browser looks for the host. */
export interface Target {
  /** The browser's name, for the user. */
  browser: string;
  kind: BrowserKind;
  /** Absolute path of the host manifest. */
  manifest: string;
  /** On Windows: the registry key whose default value names the manifest. */
  registryKey?: string;
  /** An administrator's manifest, whose host is not in the user's folder. */
  isForAllUsers?: true;
}

/** Which browsers the user means: all, one, or a Chromium with its own user data folder. */
export interface Selection {
  browser?: Browser | undefined;
  /** Absolute path. */
  userDataDir?: string | undefined;
}

/** Every place that `browser` looks in. None when it does not exist on this platform. */
export function targetsOf(browser: Browser, surroundings: Surroundings): Target[] {
  const place = browser.places[layoutOf(surroundings.platform)];
  if (place === undefined) return [];
  const { join } = pathsOf(surroundings);
  const { name, kind } = browser;
  return place.manifests.map((template) => {
    const where = fillIn(template, surroundings);
    return surroundings.platform === 'win32'
      ? {
          browser: name,
          kind,
          manifest: join(hostFolder(surroundings), `${hostName}.${kind}.json`),
          registryKey: `HKCU\\${where}\\${hostName}`,
        }
      : { browser: name, kind, manifest: join(where, `${hostName}.json`) };
  });
}

/** Every folder of this person in which some browser looks for manifests. */
export const manifestFolders = (surroundings: Surroundings): string[] => [
  ...new Set(
    browsers.flatMap((browser) =>
      targetsOf(browser, surroundings).map(({ manifest }) => pathsOf(surroundings).dirname(manifest)),
    ),
  ),
];

/** The browsers that left a trace in this user's folders. */
export function findBrowsers(surroundings: Surroundings, exists = existsSync): Browser[] {
  const layout = layoutOf(surroundings.platform);
  return browsers.filter(({ places }) => {
    const place = places[layout];
    return place?.traces.some((folder) => exists(fillIn(folder, surroundings)));
  });
}

/**
 * The places of the browser that `selection` names, or `undefined` when it names none.
 * Failure: `browser-not-here` when the browser is not one of this platform, or has no user data folder to look in.
 */
export function selectedTargets(
  { browser, userDataDir }: Selection,
  surroundings: Surroundings,
): Result<Target[] | undefined> {
  if (userDataDir !== undefined) return targetsInUserData(browser, userDataDir, surroundings);
  if (browser === undefined) return ok(undefined);
  const targets = targetsOf(browser, surroundings);
  if (targets.length > 0) return ok(targets);
  const reason = 'it does not exist on this platform';
  return failed(failure('browser-not-here', { browser: browser.name, reason }));
}

function targetsInUserData(
  browser: Browser | undefined,
  userDataDir: string,
  surroundings: Surroundings,
): Result<Target[]> {
  const name = browser?.name ?? 'Chromium';
  const not = (reason: string) => failed(failure('browser-not-here', { browser: name, reason }));
  if (browser?.kind === 'firefox') return not('it has no --user-data-dir');
  if (surroundings.platform === 'win32') return not('on Windows it looks in the registry, not in a folder');
  const manifest = pathsOf(surroundings).join(userDataDir, 'NativeMessagingHosts', `${hostName}.json`);
  return ok([{ browser: `${name} in ${userDataDir}`, kind: 'chromium', manifest }]);
}
