import type { Platform } from '../system/surroundings.ts';

export type BrowserKind = 'chromium' | 'firefox';

/**
 * Where a browser is on one platform. Paths start with a `{base}` that `fillIn` replaces.
 */
interface Place {
  /** Folders, any one of which shows that this user has the browser. */
  traces: string[];
  /** Where it looks for host manifests: folders, or on Windows keys of HKEY_CURRENT_USER. */
  manifests: string[];
}

export interface Browser {
  /** What the user types after `--browser`. */
  id: string;
  name: string;
  kind: BrowserKind;
  places: Partial<Record<Platform, Place>>;
}

/**
 * Chromium keeps the manifests in its user data folder on Linux and macOS.
 * https://chromium.googlesource.com/chromium/src/+/HEAD/docs/user_data_dir.md
 * https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging#native-messaging-host-location
 */
export const inUserData = (folder: string): Place => ({
  traces: [folder],
  manifests: [`${folder}/NativeMessagingHosts`],
});

/**
 * On Windows a Chromium reads Chrome's key, whoever made it; one built as "Chromium" looks at its own before,
 * and so does Edge (chrome/browser/extensions/api/messaging/launch_context_win.cc; keepassxreboot/keepassxc-browser#48).
 */
export const inRegistry = (folder: string, vendor = 'Google\\Chrome'): Place => ({
  traces: [folder],
  manifests: [`Software\\${vendor}\\NativeMessagingHosts`],
});

/** A Chromium that looks for manifests where most do. Folders are relative to where the platform keeps such data. */
export const chromium = (
  id: string,
  name: string,
  folders: { linux?: string; darwin?: string; win32?: string },
  vendor?: string,
): Browser => ({
  id,
  name,
  kind: 'chromium',
  places: {
    ...(folders.linux && { linux: inUserData(`{chromium-config}/${folders.linux}`) }),
    ...(folders.darwin && { darwin: inUserData(`{support}/${folders.darwin}`) }),
    ...(folders.win32 && { win32: inRegistry(`{local}/${folders.win32}/User Data`, vendor) }),
  },
});

/** Opera was seen to read Chrome's folder too: https://forums.opera.com/topic/15735, operasoftware/devopera#414. */
export const opera = (
  id: string,
  name: string,
  folders: { linux: string; darwin: string; win32: string },
): Browser => {
  const withChrome = (folder: string, chrome: string): Place => ({
    traces: [folder],
    manifests: [`${folder}/NativeMessagingHosts`, `${chrome}/NativeMessagingHosts`],
  });
  return {
    id,
    name,
    kind: 'chromium',
    places: {
      linux: withChrome(`{chromium-config}/${folders.linux}`, '{chromium-config}/google-chrome'),
      darwin: withChrome(`{support}/${folders.darwin}`, '{support}/Google/Chrome'),
      win32: inRegistry(`{roaming}/Opera Software/${folders.win32}`),
    },
  };
};
