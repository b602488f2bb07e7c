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
  /** What the person types after `--browser`. */
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
const inUserData = (folder: string): Place => ({
  traces: [folder],
  manifests: [`${folder}/NativeMessagingHosts`],
});

/**
 * On Windows a Chromium reads Chrome's key, whoever made it; one built as "Chromium" looks at its own before,
 * and so does Edge (chrome/browser/extensions/api/messaging/launch_context_win.cc; keepassxreboot/keepassxc-browser#48).
 */
const inRegistry = (folder: string, vendor = 'Google\\Chrome'): Place => ({
  traces: [folder],
  manifests: [`Software\\${vendor}\\NativeMessagingHosts`],
});

const chromium = (
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

const edge = 'Microsoft\\Edge';

const everywhere = (folder: string) => ({ linux: folder, darwin: folder, win32: folder });

/** Opera was seen to read Chrome's folder too: https://forums.opera.com/topic/15735, operasoftware/devopera#414. */
const opera = (
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

/** Every browser that the host can be registered with. */
export const browsers: Browser[] = [
  chromium('chrome', 'Chrome', {
    linux: 'google-chrome',
    darwin: 'Google/Chrome',
    win32: 'Google/Chrome',
  }),
  chromium('chrome-beta', 'Chrome Beta', {
    linux: 'google-chrome-beta',
    darwin: 'Google/Chrome Beta',
    win32: 'Google/Chrome Beta',
  }),
  chromium('chrome-dev', 'Chrome Dev', {
    linux: 'google-chrome-unstable',
    darwin: 'Google/Chrome Dev',
    win32: 'Google/Chrome Dev',
  }),
  chromium('chrome-canary', 'Chrome Canary', {
    linux: 'google-chrome-canary',
    darwin: 'Google/Chrome Canary',
    win32: 'Google/Chrome SxS',
  }),
  {
    // Up to Chrome 146 it looked where Chrome does; see "Native messaging host location" in Chrome's documentation.
    id: 'chrome-for-testing',
    name: 'Chrome for Testing',
    kind: 'chromium',
    places: {
      linux: {
        traces: ['{chromium-config}/google-chrome-for-testing'],
        manifests: [
          '{chromium-config}/google-chrome-for-testing/NativeMessagingHosts',
          '{chromium-config}/google-chrome/NativeMessagingHosts',
        ],
      },
      darwin: {
        traces: ['{support}/Google/Chrome for Testing', '{support}/Google/ChromeForTesting'],
        manifests: [
          '{support}/Google/ChromeForTesting/NativeMessagingHosts',
          '{support}/Google/Chrome for Testing/NativeMessagingHosts',
          '{support}/Google/Chrome/NativeMessagingHosts',
        ],
      },
      win32: {
        traces: ['{local}/Google/Chrome for Testing/User Data'],
        manifests: [
          'Software\\Google\\ChromeForTesting\\NativeMessagingHosts',
          'Software\\Google\\Chrome\\NativeMessagingHosts',
        ],
      },
    },
  },
  chromium('chromium', 'Chromium', { linux: 'chromium', darwin: 'Chromium', win32: 'Chromium' }, 'Chromium'),
  // https://learn.microsoft.com/microsoft-edge/extensions-chromium/developer-guide/native-messaging
  chromium(
    'edge',
    'Edge',
    { linux: 'microsoft-edge', darwin: 'Microsoft Edge', win32: 'Microsoft/Edge' },
    edge,
  ),
  chromium(
    'edge-beta',
    'Edge Beta',
    { linux: 'microsoft-edge-beta', darwin: 'Microsoft Edge Beta', win32: 'Microsoft/Edge Beta' },
    edge,
  ),
  chromium(
    'edge-dev',
    'Edge Dev',
    { linux: 'microsoft-edge-dev', darwin: 'Microsoft Edge Dev', win32: 'Microsoft/Edge Dev' },
    edge,
  ),
  chromium(
    'edge-canary',
    'Edge Canary',
    { darwin: 'Microsoft Edge Canary', win32: 'Microsoft/Edge SxS' },
    edge,
  ),
  // asamuzaK/withExEditorHost#61, andy-portmen/native-client#84
  chromium('brave', 'Brave', everywhere('BraveSoftware/Brave-Browser')),
  chromium('brave-beta', 'Brave Beta', everywhere('BraveSoftware/Brave-Browser-Beta')),
  chromium('brave-nightly', 'Brave Nightly', everywhere('BraveSoftware/Brave-Browser-Nightly')),
  chromium('vivaldi', 'Vivaldi', { linux: 'vivaldi', darwin: 'Vivaldi', win32: 'Vivaldi' }),
  {
    id: 'arc',
    name: 'Arc',
    kind: 'chromium',
    places: {
      // The folder "User Data" lies one deeper than elsewhere: osnr/TabFS#85.
      darwin: inUserData('{support}/Arc/User Data'),
      // A packaged application: its folders lie in that of its package.
      win32: inRegistry(
        '{local}/Packages/TheBrowserCompany.Arc_ttt1ap7aakyb4/LocalCache/Local/Arc/User Data',
      ),
    },
  },
  opera('opera', 'Opera', { linux: 'opera', darwin: 'com.operasoftware.Opera', win32: 'Opera Stable' }),
  opera('opera-gx', 'Opera GX', {
    linux: 'opera-gx',
    darwin: 'com.operasoftware.OperaGX',
    win32: 'Opera GX Stable',
  }),
  {
    // https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_manifests#manifest_location
    id: 'firefox',
    name: 'Firefox',
    kind: 'firefox',
    places: {
      linux: {
        // From 147 on profiles of new users are below the XDG folder; the manifests stay where they were.
        // The one from Snap asks a portal of Ubuntu, which looks in the same place (keepassxreboot/keepassxc#8756).
        traces: ['{home}/.mozilla/firefox', '{config}/mozilla/firefox', '{home}/snap/firefox'],
        manifests: ['{home}/.mozilla/native-messaging-hosts'],
      },
      darwin: {
        traces: ['{support}/Firefox'],
        manifests: ['{support}/Mozilla/NativeMessagingHosts'],
      },
      win32: {
        traces: ['{roaming}/Mozilla/Firefox'],
        manifests: ['Software\\Mozilla\\NativeMessagingHosts'],
      },
    },
  },
  {
    // Firefox's key on Windows: ltguillaume/librewolf-portable#13
    id: 'librewolf',
    name: 'LibreWolf',
    kind: 'firefox',
    places: {
      linux: { traces: ['{home}/.librewolf'], manifests: ['{home}/.librewolf/native-messaging-hosts'] },
      darwin: {
        traces: ['{support}/LibreWolf'],
        manifests: ['{support}/LibreWolf/NativeMessagingHosts'],
      },
      win32: {
        traces: ['{roaming}/librewolf'],
        manifests: ['Software\\Mozilla\\NativeMessagingHosts'],
      },
    },
  },
];
