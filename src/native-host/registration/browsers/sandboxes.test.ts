import { describe, expect, it } from 'vitest';
import type { Surroundings } from '../system/surroundings.ts';
import { findSandboxes } from './sandboxes.ts';
import { findBrowsers } from './targets.ts';

const linux: Surroundings = { platform: 'linux', env: {}, home: '/home/ann' };
const only = (folder: string) => (path: unknown) => path === folder;

describe('browsers in a sandbox', () => {
  it.each([
    ['Chromium', 'Flatpak', '/home/ann/.var/app/org.chromium.Chromium'],
    ['Firefox', 'Flatpak', '/home/ann/.var/app/org.mozilla.firefox'],
    ['Chromium', 'Snap', '/home/ann/snap/chromium'],
  ])('%s from %s is seen, and is not taken for one that can be served', (browser, packaging, folder) => {
    expect(findSandboxes(linux, only(folder))).toEqual([{ browser, packaging, folder }]);
    expect(findBrowsers(linux, only(folder))).toEqual([]);
  });

  it('do not include Firefox from Snap, which asks a portal to start the host', () => {
    const folder = '/home/ann/snap/firefox';
    expect(findSandboxes(linux, only(folder))).toEqual([]);
    expect(findBrowsers(linux, only(folder)).map(({ id }) => id)).toEqual(['firefox']);
  });

  it('are not looked for where there are none', () => {
    expect(findSandboxes({ ...linux, platform: 'darwin' }, () => true)).toEqual([]);
  });
});
