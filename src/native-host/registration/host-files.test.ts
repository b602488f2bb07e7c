import { describe, expect, it } from 'vitest';
import { chromiumExtensionId, firefoxExtensionId } from '../../core/product.ts';
import { manifestText } from './host-files.ts';
import type { Surroundings } from './places.ts';

const linux: Surroundings = { platform: 'linux', env: {}, home: '/home/ann' };
describe('the host manifest', () => {
  const mine = 'abcdefghijklmnopabcdefghijklmnop';

  it('names the wrapper and the origins that Chromium lets in', () => {
    expect(JSON.parse(manifestText('chromium', linux, [mine, 'mine@example.org']))).toEqual({
      name: 'roleferry',
      description: expect.any(String),
      path: '/home/ann/.local/share/roleferry/roleferry-host',
      type: 'stdio',
      allowed_origins: [`chrome-extension://${chromiumExtensionId}/`, `chrome-extension://${mine}/`],
    });
  });

  it('names the extensions that Firefox lets in', () => {
    expect(JSON.parse(manifestText('firefox', linux, [mine, 'mine@example.org']))).toMatchObject({
      allowed_extensions: [firefoxExtensionId, 'mine@example.org'],
    });
  });
});
