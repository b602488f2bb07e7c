import { describe, expect, it } from 'vitest';
import { chromiumExtensionId, firefoxExtensionId } from '../../core/product.ts';
import { manifestText } from './host-files.ts';
import { servedIds } from './install-record.ts';

const path = '/home/ann/.local/share/roleferry/roleferry-host';
describe('the host manifest', () => {
  const mine = 'abcdefghijklmnopabcdefghijklmnop';
  const record = { extensionIds: [mine, 'mine@example.org'], manifests: [], folders: [] };
  const served = servedIds(record);

  it('names the wrapper and the origins that Chromium lets in', () => {
    expect(JSON.parse(manifestText('chromium', path, served))).toEqual({
      name: 'roleferry',
      description: expect.any(String),
      path,
      type: 'stdio',
      allowed_origins: [`chrome-extension://${chromiumExtensionId}/`, `chrome-extension://${mine}/`],
    });
  });

  it('names the extensions that Firefox lets in', () => {
    expect(JSON.parse(manifestText('firefox', path, served))).toMatchObject({
      allowed_extensions: [firefoxExtensionId, 'mine@example.org'],
    });
  });

  it('names the company’s own build alone where the product’s ids are switched off', () => {
    const own = servedIds({ ...record, builtInIds: false });
    expect(JSON.parse(manifestText('chromium', path, own)).allowed_origins).toEqual([
      `chrome-extension://${mine}/`,
    ]);
    expect(JSON.parse(manifestText('firefox', path, own)).allowed_extensions).toEqual(['mine@example.org']);
  });
});
