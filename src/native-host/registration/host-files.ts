import { chromiumExtensionId, firefoxExtensionId } from '../../core/product.ts';
import { hostName } from '../../core/protocol.ts';
import type { BrowserKind } from './browsers.ts';
import { extensionKind } from './extension-id.ts';
import { hostFolder, pathsOf, type Surroundings } from './places.ts';

/** The absolute paths of what lives in the host's own folder. */
export function hostFiles(surroundings: Surroundings) {
  const folder = hostFolder(surroundings);
  const { join } = pathsOf(surroundings);
  return {
    folder,
    host: join(folder, 'native-host.mjs'),
    /** Unpacked extensions, one folder for each kind of browser. */
    extensions: join(folder, 'extension'),
    wrapper: join(folder, surroundings.platform === 'win32' ? 'roleferry-host.bat' : 'roleferry-host'),
  };
}

/**
 * The text of the wrapper that browsers start. It names Node by its absolute path, since browsers pass on a poor
 * PATH; and it drops NODE_OPTIONS, which could load something that writes to stdout between the frames.
 */
export function wrapperText(surroundings: Surroundings, nodePath: string): string {
  const { host } = hostFiles(surroundings);
  if (surroundings.platform === 'win32') {
    // %~dp0 is the folder of the batch file itself, whatever letters are in it.
    const node = nodePath.replaceAll('%', '%%');
    return ['@echo off', 'set NODE_OPTIONS=', `"${node}" "%~dp0native-host.mjs" %*`, ''].join('\r\n');
  }
  return ['#!/bin/sh', 'unset NODE_OPTIONS', `exec ${quoted(nodePath)} ${quoted(host)} "$@"`, ''].join('\n');
}

/** The Node that a wrapper starts, or `undefined` when `text` is no wrapper of ours for this person. */
export function nodeOfWrapper(surroundings: Surroundings, text: string): string | undefined {
  const node =
    surroundings.platform === 'win32'
      ? /^"(.+?)" "%~dp0/m.exec(text)?.[1]?.replaceAll('%%', '%')
      : /^exec '((?:[^']|'\\'')+)' '/m.exec(text)?.[1]?.replaceAll("'\\''", "'");
  const isWhole = node !== undefined && pathsOf(surroundings).isAbsolute(node);
  return isWhole && wrapperText(surroundings, node) === text ? node : undefined;
}

/** One word for a POSIX shell. */
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/**
 * The text of the host manifest for browsers of `kind`: `extensionIds` of the other kind are left out.
 * https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging#native-messaging-host
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_manifests#native_messaging_manifests
 */
export function manifestText(kind: BrowserKind, surroundings: Surroundings, extensionIds: string[]): string {
  const ids = [chromiumExtensionId, firefoxExtensionId, ...extensionIds].filter(
    (id) => extensionKind(id) === kind,
  );
  const manifest = {
    name: hostName,
    description: 'Writes AWS profiles for the Roleferry extension',
    path: hostFiles(surroundings).wrapper,
    type: 'stdio',
    ...(kind === 'chromium'
      ? { allowed_origins: ids.map((id) => `chrome-extension://${id}/`) }
      : { allowed_extensions: ids }),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
