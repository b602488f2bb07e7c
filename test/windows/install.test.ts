import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { Windows } from './wine.ts';

const { missing } = needs('wine');
const key = 'HKCU\\Software\\Google\\Chrome\\NativeMessagingHosts\\roleferry';

describe.skipIf(missing)('roleferry on Windows', () => {
  let windows: Windows;
  beforeAll(async () => {
    windows = await Windows.open();
  });
  afterAll(() => windows.close());

  it('registers the host for Chrome, and takes away all that it made', async () => {
    expect(await windows.roleferry(['install', '--browser', 'chrome'])).toMatchObject({ status: 0 });
    const manifest = 'C:\\users\\Jo\\AppData\\Local\\roleferry\\roleferry.chromium.json';
    expect(await windows.registryKey(key)).toEqual({ '(Default)': manifest });
    expect(existsSync(windows.linux(manifest))).toBe(true);

    expect(await windows.roleferry(['uninstall'])).toMatchObject({ status: 0 });
    expect(await windows.registryKey(key)).toBeUndefined();
    expect(existsSync(join(windows.home, 'AppData/Local/roleferry'))).toBe(false);
  });
});
