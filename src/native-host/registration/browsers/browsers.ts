import { type Browser, chromium, inRegistry, inUserData, opera } from './browser.ts';

const edge = 'Microsoft\\Edge';

const everywhere = (folder: string) => ({ linux: folder, darwin: folder, win32: folder });

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
