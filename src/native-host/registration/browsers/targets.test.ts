import { describe, expect, it } from 'vitest';
import { hostFolder, type Surroundings } from '../system/surroundings.ts';
import { browsers } from './browsers.ts';
import { findBrowsers, selectedTargets, targetsOf } from './targets.ts';

const linux: Surroundings = { platform: 'linux', env: {}, home: '/home/ann' };
const mac: Surroundings = { platform: 'darwin', env: {}, home: '/Users/ann' };
const windows: Surroundings = {
  platform: 'win32',
  env: { LOCALAPPDATA: 'D:\\Local', APPDATA: 'D:\\Roaming' },
  home: 'C:\\Users\\ann',
};
const browser = (id: string) => {
  const found = browsers.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no browser ${id}`);
  return found;
};
const manifests = (id: string, surroundings: Surroundings) =>
  targetsOf(browser(id), surroundings).map(({ manifest }) => manifest);

describe('on Linux', () => {
  it.each([
    ['chrome', '/home/ann/.config/google-chrome/NativeMessagingHosts/roleferry.json'],
    ['chrome-dev', '/home/ann/.config/google-chrome-unstable/NativeMessagingHosts/roleferry.json'],
    ['chromium', '/home/ann/.config/chromium/NativeMessagingHosts/roleferry.json'],
    ['brave', '/home/ann/.config/BraveSoftware/Brave-Browser/NativeMessagingHosts/roleferry.json'],
    ['edge', '/home/ann/.config/microsoft-edge/NativeMessagingHosts/roleferry.json'],
    ['vivaldi', '/home/ann/.config/vivaldi/NativeMessagingHosts/roleferry.json'],
    ['firefox', '/home/ann/.mozilla/native-messaging-hosts/roleferry.json'],
  ])('%s finds the host in its folder', (id, manifest) => {
    expect(manifests(id, linux)).toEqual([manifest]);
  });

  it.each([
    ['opera', 'opera'],
    ['opera-gx', 'opera-gx'],
    ['chrome-for-testing', 'google-chrome-for-testing'],
  ])('%s finds the host in its own folder or in that of Chrome, where some versions look', (id, folder) => {
    expect(manifests(id, linux)).toEqual([
      `/home/ann/.config/${folder}/NativeMessagingHosts/roleferry.json`,
      '/home/ann/.config/google-chrome/NativeMessagingHosts/roleferry.json',
    ]);
  });

  it('follows Chromium to where XDG_CONFIG_HOME says', () => {
    const env = { XDG_CONFIG_HOME: '/xdg' };
    expect(manifests('chromium', { ...linux, env })).toEqual([
      '/xdg/chromium/NativeMessagingHosts/roleferry.json',
    ]);
  });

  it('follows Chromium to where CHROME_CONFIG_HOME says before anything else', () => {
    const env = { XDG_CONFIG_HOME: '/xdg', CHROME_CONFIG_HOME: '/chrome' };
    expect(manifests('chromium', { ...linux, env })).toEqual([
      '/chrome/chromium/NativeMessagingHosts/roleferry.json',
    ]);
  });

  it('ignores a relative XDG_CONFIG_HOME, as the specification has it', () => {
    expect(manifests('chromium', { ...linux, env: { XDG_CONFIG_HOME: 'xdg' } })).toEqual(
      manifests('chromium', linux),
    );
  });

  it('finds a Firefox with its profiles in the XDG folder, whose manifests stay in ~/.mozilla', () => {
    const env = { XDG_CONFIG_HOME: '/xdg' };
    const found = findBrowsers({ ...linux, env }, (path) => path === '/xdg/mozilla/firefox');
    expect(found.map(({ id }) => id)).toEqual(['firefox']);
    expect(manifests('firefox', { ...linux, env })).toEqual(manifests('firefox', linux));
  });

  it('keeps the host in one place, whether or not a shell has set XDG_DATA_HOME', () => {
    expect(hostFolder(linux)).toBe('/home/ann/.local/share/roleferry');
    expect(hostFolder({ ...linux, env: { XDG_DATA_HOME: '/data' } })).toBe(hostFolder(linux));
  });
});

describe('on macOS', () => {
  it.each([
    ['chrome-canary', 'Google/Chrome Canary/NativeMessagingHosts'],
    ['brave', 'BraveSoftware/Brave-Browser/NativeMessagingHosts'],
    ['edge-canary', 'Microsoft Edge Canary/NativeMessagingHosts'],
    ['vivaldi', 'Vivaldi/NativeMessagingHosts'],
    ['edge', 'Microsoft Edge/NativeMessagingHosts'],
    ['arc', 'Arc/User Data/NativeMessagingHosts'],
    ['firefox', 'Mozilla/NativeMessagingHosts'],
  ])('%s finds the host in its folder', (id, folder) => {
    expect(manifests(id, mac)).toEqual([`/Users/ann/Library/Application Support/${folder}/roleferry.json`]);
  });

  it('keeps the host in Application Support', () => {
    expect(hostFolder(mac)).toBe('/Users/ann/Library/Application Support/roleferry');
  });
});

describe('on Windows', () => {
  it.each([
    ['chrome', 'HKCU\\Software\\Google\\Chrome\\NativeMessagingHosts\\roleferry', 'chromium'],
    ['brave', 'HKCU\\Software\\Google\\Chrome\\NativeMessagingHosts\\roleferry', 'chromium'],
    ['arc', 'HKCU\\Software\\Google\\Chrome\\NativeMessagingHosts\\roleferry', 'chromium'],
    ['opera', 'HKCU\\Software\\Google\\Chrome\\NativeMessagingHosts\\roleferry', 'chromium'],
    ['vivaldi', 'HKCU\\Software\\Google\\Chrome\\NativeMessagingHosts\\roleferry', 'chromium'],
    ['edge-dev', 'HKCU\\Software\\Microsoft\\Edge\\NativeMessagingHosts\\roleferry', 'chromium'],
    ['firefox', 'HKCU\\Software\\Mozilla\\NativeMessagingHosts\\roleferry', 'firefox'],
  ])('%s finds the host through its registry key', (id, registryKey, kind) => {
    expect(targetsOf(browser(id), windows)).toMatchObject([
      { registryKey, manifest: `D:\\Local\\roleferry\\roleferry.${kind}.json` },
    ]);
  });

  it('finds browsers in the local and the roaming folder', () => {
    const there = ['D:\\Local\\Google\\Chrome SxS\\User Data', 'D:\\Roaming\\Mozilla\\Firefox'];
    const found = findBrowsers(windows, (path) => there.includes(String(path)));
    expect(found.map(({ id }) => id)).toEqual(['chrome-canary', 'firefox']);
  });

  it('finds Arc, whose folders lie in that of its package', () => {
    const folder = 'D:\\Local\\Packages\\TheBrowserCompany.Arc_ttt1ap7aakyb4';
    const found = findBrowsers(windows, (path) => path === `${folder}\\LocalCache\\Local\\Arc\\User Data`);
    expect(found.map(({ id }) => id)).toEqual(['arc']);
  });

  it('knows those folders when the variables are missing', () => {
    expect(hostFolder({ ...windows, env: {} })).toBe('C:\\Users\\ann\\AppData\\Local\\roleferry');
  });
});

describe('selectedTargets', () => {
  it('leads into the user data folder that a Chromium was started with', () => {
    const selected = selectedTargets({ userDataDir: '/tmp/data' }, linux);
    expect(selected).toMatchObject({
      value: [{ kind: 'chromium', manifest: '/tmp/data/NativeMessagingHosts/roleferry.json' }],
    });
  });

  it.each([
    ['a Firefox with a user data folder', { browser: browser('firefox'), userDataDir: '/x' }, linux],
    ['a user data folder on Windows', { userDataDir: 'C:\\x' }, windows],
    ['Arc on Linux', { browser: browser('arc') }, linux],
  ])('says that there is no such thing as %s', (_, selection, surroundings) => {
    expect(selectedTargets(selection, surroundings)).toMatchObject({ failure: { code: 'browser-not-here' } });
  });
});

describe('the table of browsers', () => {
  it('has no id twice', () => {
    expect(new Set(browsers.map(({ id }) => id)).size).toBe(browsers.length);
  });

  it('leads to absolute places everywhere', () => {
    for (const one of browsers) {
      for (const target of [...targetsOf(one, linux), ...targetsOf(one, mac)]) {
        expect(target.manifest).toMatch(/^\/(home|Users)\/ann\/[^{}\\]+\/roleferry\.json$/);
      }
      for (const { registryKey } of targetsOf(one, windows)) {
        expect(registryKey).toMatch(/^HKCU\\Software\\[\w\\]+\\NativeMessagingHosts\\roleferry$/);
      }
    }
  });
});
