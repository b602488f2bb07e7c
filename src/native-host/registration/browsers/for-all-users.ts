import { existsSync } from 'node:fs';
import { hostName } from '../../../core/protocol/protocol.ts';
import { readKey, runReg } from '../system/registry.ts';
import { layoutOf, type Surroundings } from '../system/surroundings.ts';
import type { Browser, BrowserKind } from './browser.ts';
import type { Target } from './targets.ts';

interface Places {
  linux: string;
  darwin: string;
  win32: string;
}

/**
 * Where browsers look for a host that an administrator has installed for all users; on Windows keys of
 * HKEY_LOCAL_MACHINE.
 * https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging#native-messaging-host-location
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_manifests#manifest_location
 */
const places: Record<string, Places> = {
  chrome: {
    linux: '/etc/opt/chrome/native-messaging-hosts',
    darwin: '/Library/Google/Chrome/NativeMessagingHosts',
    win32: 'HKLM\\Software\\Google\\Chrome\\NativeMessagingHosts',
  },
  chromium: {
    linux: '/etc/chromium/native-messaging-hosts',
    darwin: '/Library/Application Support/Chromium/NativeMessagingHosts',
    win32: 'HKLM\\Software\\Chromium\\NativeMessagingHosts',
  },
  edge: {
    linux: '/etc/opt/edge/native-messaging-hosts',
    darwin: '/Library/Microsoft/Edge/NativeMessagingHosts',
    win32: 'HKLM\\Software\\Microsoft\\Edge\\NativeMessagingHosts',
  },
  firefox: {
    linux: '/usr/lib/mozilla/native-messaging-hosts',
    darwin: '/Library/Application Support/Mozilla/NativeMessagingHosts',
    win32: 'HKLM\\Software\\Mozilla\\NativeMessagingHosts',
  },
};

/** What to look at. Tests pass something else than this machine. */
interface Look {
  exists: (path: string) => boolean;
  registered: (key: string) => Promise<string | undefined>;
}

const thisMachine: Look = { exists: existsSync, registered: (key) => readKey(key, runReg) };

/** The host manifest by which `browser` finds a host that is installed for all users; `undefined` without one. */
export async function targetForAllUsers(
  { id, name, kind }: Pick<Browser, 'id' | 'name'> & { kind: BrowserKind },
  { platform }: Surroundings,
  look: Look = thisMachine,
): Promise<Target | undefined> {
  const place = places[id]?.[layoutOf(platform)];
  if (place === undefined) return undefined;
  const manifest =
    platform === 'win32' ? await look.registered(`${place}\\${hostName}`) : `${place}/${hostName}.json`;
  if (manifest === undefined || !look.exists(manifest)) return undefined;
  return { browser: name, kind, manifest, isForAllUsers: true };
}
