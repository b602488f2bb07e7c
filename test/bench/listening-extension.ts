import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captureFilter } from '../../src/background/capture.ts';

const manifestFile = new URL('../../dist/chromium/manifest.json', import.meta.url);

/** Makes an extension with the permissions and listeners of the product, which do nothing. Gives its folder. */
export function makeListeningExtension(): string {
  const folder = mkdtempSync(join(tmpdir(), 'roleferry-bench-'));
  const { manifest_version, version, permissions, host_permissions, commands } = JSON.parse(
    readFileSync(manifestFile, 'utf8'),
  );
  const own = { name: 'Listeners', background: { service_worker: 'listening.js' } };
  const manifest = { manifest_version, version, permissions, host_permissions, commands, ...own };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'listening.js'), worker);
  return folder;
}

const filter = JSON.stringify(captureFilter);

const worker = `
const ignore = () => {};
chrome.webRequest.onBeforeRequest.addListener(ignore, ${filter}, ['requestBody']);
for (const event of [chrome.webRequest.onCompleted, chrome.webRequest.onBeforeRedirect]) event.addListener(ignore, ${filter});
for (const event of [
  chrome.runtime.onConnect, chrome.runtime.onInstalled,
  chrome.storage.local.onChanged, chrome.storage.managed.onChanged,
  chrome.permissions.onAdded, chrome.permissions.onRemoved,
  chrome.commands.onCommand, chrome.alarms.onAlarm,
  chrome.notifications.onClicked, chrome.notifications.onButtonClicked,
]) event.addListener(ignore);
chrome.runtime.onMessage.addListener((_message, _sender, reply) => {
  reply({});
});
`;
