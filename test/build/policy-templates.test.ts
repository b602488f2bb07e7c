import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { DOMParser } from '@xmldom/xmldom';
import { describe, expect, it } from 'vitest';
import { checkPolicy } from '../../src/core/policy/policy.ts';
import { chromiumExtensionId, firefoxExtensionId } from '../../src/core/product.ts';
import { needs } from '../needs.ts';
import { readRegistryFile } from './read-registry-file.ts';

const load = (script: string) => import(new URL(`../../scripts/fleet/${script}`, import.meta.url).href);
const { readyFiles } = await load('ready-files.mjs');
const { policyFiles } = await load('policy-files.mjs');

const root = new URL('../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');
const schema = JSON.parse(read('managed-schema.json'));
const entries = Object.keys(schema.properties);
const example = JSON.parse(read('docs/policies/policy.json'));
const ids = { chromium: chromiumExtensionId, firefox: firefoxExtensionId };

/** A policy with all that files have to escape. */
const awkward = {
  allowedIssuers: ['https://idp.example/?a=1&b=<2>', 'urn:"quoted"\\back'],
  accounts: [{ accountId: '111122223333', name: 'Läden & Büros' }],
  region: 'eu-central-1',
  copyButton: false,
  maxSessionDuration: 43_200,
};
const install = {
  updateUrl: 'https://intranet.example/roleferry/updates.xml',
  addOnUrl: 'https://intranet.example/roleferry/roleferry-1.0.0.xpi',
};
const files: Record<string, string | Buffer> = readyFiles();
const awkwardFiles: typeof files = policyFiles({ schema, policy: awkward, ids, install });
const text = (of: typeof files, name: string) => String(of[name]);

describe('docs/policies', () => {
  it('is what npm run policies makes of the schema and the example, and nothing else', () => {
    const folder = new URL('docs/policies/', root);
    const there = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => `${parentPath}/${name}`.split('docs/policies/').at(-1) ?? '');
    expect(there.map((name) => name.replace(/^\//, '')).sort()).toEqual(
      [...Object.keys(files), 'policy.json', 'stop.json'].sort(),
    );
    for (const [name, content] of Object.entries(files)) {
      expect(readFileSync(new URL(name, folder)).equals(Buffer.from(content)), name).toBe(true);
    }
  });

  it.each(['policy.json', 'stop.json'])(
    'has in %s a policy that host and command line take as it is',
    (name) => {
      expect(checkPolicy(JSON.parse(read(`docs/policies/${name}`)))).toHaveProperty('policy');
    },
  );

  it('has in stop.json what keeps everyone from credentials', () => {
    expect(JSON.parse(read('docs/policies/stop.json'))).toEqual({
      allowedAccounts: [],
      forbidProfiles: true,
      copyButton: false,
    });
  });
});

const vendors = { chrome: 'Google\\Chrome', edge: 'Microsoft\\Edge' };

describe.each(Object.entries(vendors))('the file for regedit, %s', (name, vendor) => {
  const browser = `HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\${vendor}`;
  const place = `${browser}\\3rdparty\\extensions\\${chromiumExtensionId}\\policy`;

  it('gives the browser every entry of the example, and no other', () => {
    const keys = readRegistryFile(files[`${name}.reg`] ?? '');
    expect(Object.keys(keys)).toEqual([place]);
    expect(asSchema(keys[place] ?? {})).toEqual(example);
  });

  it('keeps quotes, backslashes and umlauts, and installs the extension', () => {
    const keys = readRegistryFile(awkwardFiles[`${name}.reg`] ?? '');
    expect(asSchema(keys[place] ?? {})).toEqual(awkward);
    expect(keys[`${browser}\\ExtensionSettings\\${chromiumExtensionId}`]).toEqual({
      installation_mode: 'force_installed',
      update_url: install.updateUrl,
      override_update_url: 1,
      toolbar_pin: 'force_pinned',
    });
  });

  it('takes the entries of an earlier policy away first', () => {
    expect(text(files, `${name}.reg`).indexOf(`[-${place}]`)).toBeGreaterThan(0);
    expect(text(files, `${name}.reg`).indexOf(`[-${place}]`)).toBeLessThan(
      text(files, `${name}.reg`).indexOf(`[${place}]`),
    );
  });

  /** As Chromium turns the registry's values into those of the schema: JSON for lists, numbers for booleans. */
  function asSchema(values: Record<string, string | number>): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(values).map(([entry, value]) => {
        const { type } = schema.properties[entry];
        if (type === 'boolean') return [entry, value !== 0];
        return [entry, type === 'array' ? JSON.parse(String(value)) : value];
      }),
    );
  }
});

/** The root of a well-formed XML document; throws if it isn't one. */
function xml(source: string): Element {
  const refuse = (message: string) => {
    throw new Error(message);
  };
  return new DOMParser({
    errorHandler: { warning: refuse, error: refuse, fatalError: refuse },
  }).parseFromString(source, 'text/xml').documentElement as Element;
}

const all = (from: Element, tag: string): Element[] => Array.from(from.getElementsByTagName(tag));
const attribute = (name: string) => (element: Element) => element.getAttribute(name) ?? '';

describe.each(Object.entries(vendors))('the template for group policies, %s', (name, vendor) => {
  const template = xml(text(files, `roleferry-${name}.admx`));
  const place = `SOFTWARE\\Policies\\${vendor}\\3rdparty\\extensions\\${chromiumExtensionId}\\policy`;
  const policies = all(template, 'policy');
  const byName = new Map(policies.map((one) => [attribute('name')(one), one]));

  it('has every entry of the schema, and no other, at the place where the browser looks', () => {
    expect(policies.map(attribute('name'))).toEqual(entries);
    expect(new Set(policies.map(attribute('key')))).toEqual(new Set([place]));
  });

  it.each(Object.entries<{ type: string; items?: { type: string } }>(schema.properties))(
    'writes %s as the browser reads it',
    (entry, { type, items }) => {
      const policy = byName.get(entry) as Element;
      const written = all(policy, 'elements')[0]?.firstChild as Element | undefined;
      const of = (one: Element | undefined) => one && [one.tagName, one.getAttribute('valueName')];
      if (type === 'boolean') {
        expect(attribute('valueName')(policy)).toBe(entry);
        expect(all(policy, 'decimal').map(attribute('value'))).toEqual(['1', '0']);
      } else if (type === 'integer') {
        expect(of(written)).toEqual(['decimal', entry]);
        expect([written?.getAttribute('minValue'), written?.getAttribute('maxValue')]).toEqual([
          '900',
          '43200',
        ]);
      } else if (items?.type === 'string') {
        expect([written?.tagName, written?.getAttribute('key')]).toEqual(['list', `${place}\\${entry}`]);
      } else {
        expect(of(written)).toEqual(['text', entry]);
      }
    },
  );

  describe.each(['en-US', 'de-DE'])('in %s', (language) => {
    const resources = xml(text(files, `${language}/roleferry-${name}.adml`));
    const strings = new Map(
      all(resources, 'string').map((one) => [attribute('id')(one), one.textContent ?? '']),
    );
    const referred = (kind: string) => [
      ...new Set(
        [...text(files, `roleferry-${name}.admx`).matchAll(new RegExp(`\\$\\(${kind}\\.(\\w+)\\)`, 'g'))].map(
          ([, id]) => id,
        ),
      ),
    ];

    it('has every text and field that the template names, and no other', () => {
      expect([...strings.keys()].sort()).toEqual(referred('string').sort());
      expect([...strings.values()].filter((one) => one.trim() === '')).toEqual([]);
      const presentations = all(resources, 'presentation');
      expect(presentations.map(attribute('id')).sort()).toEqual(referred('presentation').sort());
      for (const one of presentations) {
        const fields = all(byName.get(attribute('id')(one)) as Element, 'elements')[0]?.firstChild as Element;
        expect(attribute('refId')(one.firstChild as Element)).toBe(attribute('id')(fields));
      }
    });

    it('names the parts of what is written as JSON', () => {
      for (const part of Object.keys(schema.properties.profiles.items.properties)) {
        expect(strings.get('profiles_explain')).toMatch(new RegExp(`\\b${part}\\b`));
      }
    });
  });

  it('says in English what the schema says, and in German something else', () => {
    const strings = (language: string) =>
      new Map(
        all(xml(text(files, `${language}/roleferry-${name}.adml`)), 'string').map((one) => [
          attribute('id')(one),
          one.textContent ?? '',
        ]),
      );
    const [english, german] = [strings('en-US'), strings('de-DE')];
    for (const entry of entries) {
      expect(english.get(entry)).toBe(schema.properties[entry].title);
      expect(english.get(`${entry}_explain`)).toContain(schema.properties[entry].description);
      expect(german.get(`${entry}_explain`)).not.toBe(english.get(`${entry}_explain`));
    }
  });
});

const python = needs('python3');

describe.skipIf(python.missing)('the profile for macOS, as Python’s reader of property lists has it', () => {
  const program = 'import sys, json, plistlib; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))';
  const plist = (of: typeof files) =>
    JSON.parse(
      execFileSync(python.path, ['-c', program], { input: text(of, 'roleferry.mobileconfig') }).toString(),
    );

  /** What each payload gives, by its preference domain. */
  const contents = (of: typeof files): Record<string, unknown> =>
    Object.fromEntries(
      plist(of).PayloadContent.map((payload: Record<string, unknown>) => [
        payload.PayloadType,
        Object.fromEntries(Object.entries(payload).filter(([key]) => !key.startsWith('Payload'))),
      ]),
    );

  it('gives each browser every entry of the example, and no other', () => {
    expect(contents(files)).toEqual({
      [`com.google.Chrome.extensions.${chromiumExtensionId}`]: example,
      [`com.microsoft.Edge.extensions.${chromiumExtensionId}`]: example,
      'org.mozilla.firefox': {
        EnterprisePoliciesEnabled: true,
        '3rdparty': { Extensions: { [firefoxExtensionId]: example } },
      },
    });
  });

  it('keeps awkward text, and installs the extension', () => {
    expect(contents(awkwardFiles)).toMatchObject({
      [`com.google.Chrome.extensions.${chromiumExtensionId}`]: awkward,
      'com.google.Chrome': {
        ExtensionSettings: { [chromiumExtensionId]: { update_url: install.updateUrl } },
      },
      'com.microsoft.Edge': {
        ExtensionSettings: { [chromiumExtensionId]: { update_url: install.updateUrl } },
      },
      'org.mozilla.firefox': {
        ExtensionSettings: { [firefoxExtensionId]: { install_url: install.addOnUrl } },
        '3rdparty': { Extensions: { [firefoxExtensionId]: awkward } },
      },
    });
  });

  it('has what a profile needs: names of its own that stay, so that the next one replaces it', () => {
    const { PayloadContent: payloads, ...profile } = plist(files);
    expect(profile).toMatchObject({
      PayloadType: 'Configuration',
      PayloadScope: 'System',
      PayloadVersion: 1,
    });
    const uuids = [profile, ...payloads].map(({ PayloadUUID }) => PayloadUUID);
    expect(new Set(uuids).size).toBe(uuids.length);
    for (const uuid of uuids) {
      expect(uuid).toMatch(/^[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F]{3}-8[0-9A-F]{3}-[0-9A-F]{12}$/);
    }
    expect(plist(awkwardFiles).PayloadUUID).toBe(profile.PayloadUUID);
  });
});
