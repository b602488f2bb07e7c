import { describe, expect, it } from 'vitest';
import { said } from '../../test/fixtures/said.ts';
import { failure } from '../core/failure.ts';
import { chromiumExtensionId, firefoxExtensionId } from '../core/product.ts';
import { callerFailure } from './caller.ts';
import { servedIds } from './registration/install-record.ts';

const own = 'abcdefghijklmnopabcdefghijklmnop';
const record = { extensionIds: [], manifests: [], folders: [] };
const product = servedIds(record);
const manifest = '/home/ann/.mozilla/native-messaging-hosts/roleferry.json';

describe('callerFailure', () => {
  it.each([
    ['the product in Chromium', [`chrome-extension://${chromiumExtensionId}/`]],
    ['the product in Firefox', [manifest, firefoxExtensionId]],
    ['a build of their own in Chromium', [`chrome-extension://${own}/`]],
    ['a build of their own in Firefox', [manifest, 'mine@example.org']],
  ])('serves %s', (_, args) => {
    expect(callerFailure(args, [...product, own, 'mine@example.org'])).toBeUndefined();
  });

  it('serves Chromium on Windows, which names its window behind the origin', () => {
    const args = [`chrome-extension://${chromiumExtensionId}/`, '--parent-window=65812'];
    expect(callerFailure(args, product, 'win32')).toBeUndefined();
    expect(callerFailure(args.slice(0, 1), product, 'win32')).toBeUndefined();
  });

  const ours = `chrome-extension://${chromiumExtensionId}/`;
  it.each<[string, string[], NodeJS.Platform]>([
    ['a window where only Windows has them', [ours, '--parent-window=0'], 'linux'],
    ['a window that is no number', [ours, '--parent-window=0x1'], 'win32'],
    ['what only ends as a window', [ours, 'x--parent-window=1'], 'win32'],
    ['a window without a number', [ours, '--parent-window='], 'win32'],
    ['two windows', [ours, '--parent-window=1', '--parent-window=2'], 'win32'],
    ['a window before the origin', ['--parent-window=1', ours], 'win32'],
    ['another word behind the origin', [ours, 'x'], 'linux'],
    ['an empty word behind the origin', [ours, ''], 'linux'],
    ['our origin with the id of Firefox behind it', [ours, firefoxExtensionId], 'linux'],
    [
      'a foreign origin with our id of Firefox behind it',
      [`chrome-extension://${own}/`, firefoxExtensionId],
      'linux',
    ],
    ['any word with our id of Firefox behind it', ['x', firefoxExtensionId], 'linux'],
    ['no manifest with our id of Firefox behind it', ['', firefoxExtensionId], 'linux'],
    ['a manifest of the current folder', ['roleferry.json', firefoxExtensionId], 'linux'],
    ['what is no manifest', ['/home/ann/notes', firefoxExtensionId], 'linux'],
    ['more behind the id of Firefox', [manifest, firefoxExtensionId, 'x'], 'linux'],
    ['an empty word behind the id of Firefox', [manifest, firefoxExtensionId, ''], 'linux'],
    [
      'the window of Windows behind the id of Firefox',
      [manifest, firefoxExtensionId, '--parent-window=1'],
      'win32',
    ],
    ['an origin with a path', [`${ours}x`], 'linux'],
    ['an origin with a line break', [`${ours}\n`], 'linux'],
    ['our id of Chromium as a foreign one of Firefox', [manifest, ours], 'linux'],
  ])('refuses %s', (_, args, platform) => {
    expect(callerFailure(args, product, platform)).toMatchObject({ code: 'origin-not-allowed' });
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
    expect(callerFailure(args, product)).toMatchObject({ code: 'origin-not-allowed' });
  });

  it.each([
    ['Chromium', [ours], [`chrome-extension://${own}/`]],
    ['Firefox', [manifest, firefoxExtensionId], [manifest, 'mine@example.org']],
  ])(
    'serves in %s the company’s own build alone where the product’s ids are switched off',
    (_, theProduct, theirs) => {
      const served = servedIds({ ...record, builtInIds: false, extensionIds: [own, 'mine@example.org'] });
      expect(callerFailure(theProduct, served)).toMatchObject({ code: 'origin-not-allowed' });
      expect(callerFailure(theirs, served)).toBeUndefined();
    },
  );

  it.each([
    ['nobody', [], 'an unknown program'],
    ['an empty word', [''], 'an unknown program'],
    ['an extension of Chromium', ['chrome-extension://x/', 'y'], 'chrome-extension://x/'],
    ['an extension of Firefox', [manifest, 'mine@example.org'], 'mine@example.org'],
    ['a program', ['/bin/x'], '/bin/x'],
  ])('says that it was %s', (_, args, words) => {
    expect(callerFailure(args, product)).toEqual(failure('origin-not-allowed', { origin: words }));
  });

  it('shows who called, without line breaks and not at any length', () => {
    const message = said(callerFailure([`evil\n\u001b[31m${'x'.repeat(5000)}`], product));
    expect(message).toContain('evil??[31m');
    expect(message.length).toBeLessThan(400);
  });
});
