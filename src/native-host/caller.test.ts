import { describe, expect, it } from 'vitest';
import { chromiumExtensionId, firefoxExtensionId } from '../core/product.ts';
import { callerFailure } from './caller.ts';

const own = 'abcdefghijklmnopabcdefghijklmnop';
const manifest = '/home/ann/.mozilla/native-messaging-hosts/roleferry.json';

describe('callerFailure', () => {
  it.each([
    ['the product in Chromium', [`chrome-extension://${chromiumExtensionId}/`]],
    [
      'the product in Chromium on Windows',
      [`chrome-extension://${chromiumExtensionId}/`, '--parent-window=0'],
    ],
    ['the product in Firefox', [manifest, firefoxExtensionId]],
    ['a build of their own in Chromium', [`chrome-extension://${own}/`]],
    ['a build of their own in Firefox', [manifest, 'mine@example.org']],
  ])('serves %s', (_, args) => {
    expect(callerFailure(args, [own, 'mine@example.org'])).toBeUndefined();
  });

  it.each([
    ['nobody', []],
    ['an id that was not allowed', [`chrome-extension://${own}/`]],
    ['an origin that only begins well', [`chrome-extension://${chromiumExtensionId}.example.org/`]],
    ['an origin without its end', [`chrome-extension://${chromiumExtensionId}`]],
    ['a web page', [`https://example.org/#chrome-extension://${chromiumExtensionId}/`]],
    [
      'an extension that names ours behind its own',
      ['chrome-extension://x/', `chrome-extension://${chromiumExtensionId}/`],
    ],
    ['our Chromium id where Firefox puts its own', [manifest, chromiumExtensionId]],
    ['our Firefox id where Chromium puts its own', [firefoxExtensionId]],
  ])('refuses %s', (_, args) => {
    expect(callerFailure(args, [])).toMatchObject({ code: 'origin-not-allowed' });
  });

  it('shows who called, without line breaks and not at any length', () => {
    const message = callerFailure([`evil\n\u001b[31m${'x'.repeat(5000)}`], [])?.message ?? '';
    expect(message).toContain('evil??[31m');
    expect(message.length).toBeLessThan(400);
  });
});
