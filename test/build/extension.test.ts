import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { chromiumExtensionId, firefoxExtensionId } from '../../src/core/product.ts';
import { stsHosts } from '../../src/core/sts/sts-region.ts';

// These look at what `npm run build` made; `npm test` builds first.
const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const read = (...path: string[]) => readFileSync(join(dist, ...path), 'utf8');
const manifestOf = (target: string) => JSON.parse(read(target, 'manifest.json'));

describe('the built extension for Chromium', () => {
  const manifest = manifestOf('chromium');
  const worker = read('chromium', manifest.background.service_worker);

  it('starts a worker that is the background and nothing else', () => {
    expect(worker).toContain('onBeforeRequest');
    expect(worker).toContain('AssumeRoleWithSAML');
    expect(worker).not.toContain('Copy as env vars');
  });

  it('makes the worker one classic script: of a module Chromium would keep no compiled code', () => {
    expect(manifest.background).toEqual({ service_worker: 'background.js' });
    expect(() => new Script(worker)).not.toThrow();
  });

  it.each([/\bimport\(/, /DOMParser/, /\bdocument\.\w/, /XMLHttpRequest/, /\beval\(/])(
    'has no %s in its worker, where that does not exist or is not allowed',
    (forbidden) => {
      expect(worker).not.toMatch(forbidden);
    },
  );

  it('has the id that the native host knows', () => {
    const hash = createHash('sha256').update(Buffer.from(manifest.key, 'base64')).digest('hex').slice(0, 32);
    const id = [...hash].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
    expect(id).toBe(chromiumExtensionId);
  });
});

describe('the built extension for Firefox', () => {
  const manifest = manifestOf('firefox');

  it('has a background page where Chromium has a worker', () => {
    expect(manifest.background).toEqual({ scripts: ['background.js'] });
    expect(read('firefox', 'background.js')).toContain('onBeforeRequest');
  });

  it('has the id that the native host knows', () => {
    expect(manifest.browser_specific_settings.gecko.id).toBe(firefoxExtensionId);
  });
});

describe.each(['chromium', 'firefox'])('the manifest for %s', (target) => {
  const manifest = manifestOf(target);

  it('asks for what is used and no more', () => {
    expect(manifest.permissions).toEqual([
      'alarms',
      'nativeMessaging',
      'notifications',
      'storage',
      'webRequest',
    ]);
    expect(JSON.stringify(manifest)).not.toContain('<all_urls>');
    expect(manifest.optional_permissions).toEqual(['idle', 'scripting']);
    expect(manifest.optional_host_permissions).toBeUndefined();
  });

  it('keeps out of private windows, whatever the user allows other extensions', () => {
    expect(manifest.incognito).toBe('not_allowed');
  });

  it('lets no page and no other extension in', () => {
    expect(manifest.web_accessible_resources ?? []).toEqual([]);
    expect(manifest.externally_connectable).toBeUndefined();
    expect(manifest.content_scripts).toBeUndefined();
    expect(manifest.content_security_policy.extension_pages).not.toContain('unsafe');
  });

  it('connects to the STS hosts that it may ask and to nothing else', () => {
    const hosts = manifest.host_permissions
      .filter((pattern: string) => pattern.startsWith('https://sts'))
      .map((pattern: string) => pattern.slice(0, -'/*'.length));
    expect(hosts).toEqual(stsHosts().map((host) => `https://${host}`));
    const directives = manifest.content_security_policy.extension_pages.split('; ');
    expect(directives.filter((directive: string) => directive.startsWith('connect-src'))).toEqual([
      `connect-src ${hosts.join(' ')}`,
    ]);
    expect(directives).toContain("default-src 'none'");
  });

  it('names files that are there', () => {
    const files = readdirSync(join(dist, target), { recursive: true, encoding: 'utf8' });
    expect(files).toEqual(
      expect.arrayContaining([manifest.action.default_popup, ...Object.values(manifest.icons)]),
    );
  });
});
