import { hostName } from '../../core/protocol/protocol.ts';
import type { BrowserKind } from './browsers/browser.ts';
import { extensionKind } from './browsers/extension-id.ts';
import { hostFolder, pathsOf, type Surroundings } from './system/surroundings.ts';

/** The absolute paths of what lives in the host's own folder. */
export function hostFiles(surroundings: Surroundings) {
  const folder = hostFolder(surroundings);
  const { join } = pathsOf(surroundings);
  return {
    folder,
    host: join(folder, 'native-host.cjs'),
    /** Unpacked extensions, one folder for each kind of browser. */
    extensions: join(folder, 'extension'),
    wrapper: join(folder, surroundings.platform === 'win32' ? 'roleferry-host.bat' : 'roleferry-host'),
    /** What AWS tools run for process profiles, and its wrapper, whose name in the config file shows that it is ours. */
    credentialProcess: join(folder, 'credential-process.cjs'),
    processWrapper: join(folder, surroundings.platform === 'win32' ? 'roleferry.cmd' : 'roleferry'),
    /** All of these in one, where the single executable was installed. */
    executable: join(folder, surroundings.platform === 'win32' ? 'roleferry.exe' : 'roleferry.bin'),
    /** The programs as earlier versions named them. */
    earlier: [join(folder, 'native-host.mjs'), join(folder, 'credential-process.mjs')],
  };
}

/**
 * The text of the host manifest for browsers of `kind`, which leads to the program at `path`. `extensionIds` of the other
 * kind are left out.
 * https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging#native-messaging-host
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_manifests#native_messaging_manifests
 */
export function manifestText(kind: BrowserKind, path: string, extensionIds: string[]): string {
  const ids = extensionIds.filter((id) => extensionKind(id) === kind);
  const manifest = {
    name: hostName,
    description: 'Writes AWS profiles for the Roleferry extension',
    path,
    type: 'stdio',
    ...(kind === 'chromium'
      ? { allowed_origins: ids.map((id) => `chrome-extension://${id}/`) }
      : { allowed_extensions: ids }),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
