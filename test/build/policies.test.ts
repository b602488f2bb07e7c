import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readPolicy } from '../../src/background/rules/read-policy.ts';
import { Memory } from '../../src/background/state/memory.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { chromiumExtensionId, firefoxExtensionId } from '../../src/core/product.ts';

const fake = await vi.hoisted(async () => (await import('../fixtures/fake-browser.ts')).makeFakeBrowser());
vi.mock('../../src/webext/browser.ts', () => ({ browser: fake.browser }));

const read = (file: string) => JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
const policyFile = (name: string) => read(`docs/policies/${name}`);

/** What each ready file of the administrators' guide gives to the extension. */
const ready: Record<string, Record<string, unknown>> = {
  'chrome.json': policyFile('chrome.json')['3rdparty'].extensions[chromiumExtensionId],
  'edge.json': policyFile('edge.json')['3rdparty'].extensions[chromiumExtensionId],
  'firefox-policies.json':
    policyFile('firefox-policies.json').policies['3rdparty'].Extensions[firefoxExtensionId],
  'firefox-managed-storage.json': policyFile('firefox-managed-storage.json').data,
};

/** Every entry there is: the compiler refuses this when one comes or goes. */
const entries: Record<keyof Policy, true> = {
  allowedAccounts: true,
  allowedIssuers: true,
  allowedPartitions: true,
  profiles: true,
  profileNameTemplate: true,
  accounts: true,
  region: true,
  keepFresh: true,
  signInLinks: true,
  forbidProfiles: true,
  maxSessionDuration: true,
  sessionPolicies: true,
  copyButton: true,
  forbidImports: true,
  fips: true,
  audit: true,
  required: true,
};

/** The browser's policy may hold this one, but only the machine's policy file makes use of it. */
const ofTheMachine: (keyof Policy)[] = ['audit'];
const ofTheBrowser = Object.keys(entries).filter((entry) => !ofTheMachine.includes(entry as keyof Policy));

interface Schema {
  type: string;
  items?: Schema;
  properties?: Record<string, Schema>;
}

/** What of a value Chromium would not hand on, since it is not as the schema says. */
function strangersTo({ type, items, properties }: Schema, value: unknown, path = ''): string[] {
  if (type === 'array') {
    if (!Array.isArray(value)) return [path];
    return value.flatMap((one) => (items ? strangersTo(items, one, `${path}[]`) : []));
  }
  if (type === 'object') {
    return Object.entries(value as object).flatMap(([key, one]) => {
      const property = properties?.[key];
      return property ? strangersTo(property, one, `${path}.${key}`) : [`${path}.${key}`];
    });
  }
  const fits = type === 'integer' ? Number.isInteger(value) : typeof value === type;
  return fits ? [] : [path];
}

const schema: Schema = read('managed-schema.json');

beforeEach(() => fake.reset());

describe('the schema of policies for Chromium', () => {
  it('has every entry that the extension reads, and no other', () => {
    expect(Object.keys(schema.properties ?? {}).sort()).toEqual(Object.keys(entries).sort());
  });

  it('has every part of fixed profiles and of links, and no other', () => {
    const partsOf = (entry: string) =>
      Object.keys(schema.properties?.[entry]?.items?.properties ?? {}).sort();
    expect(partsOf('profiles')).toEqual([
      'accounts',
      'issuer',
      'partition',
      'profile',
      'providerArn',
      'providerName',
      'roleArn',
      'roleName',
      'sessionName',
    ]);
    expect(partsOf('accounts')).toEqual(['accountId', 'colour', 'name']);
    expect(partsOf('sessionPolicies')).toEqual(['accounts', 'partition', 'policy', 'policyArns', 'roleName']);
    expect(partsOf('signInLinks')).toEqual(['issuer', 'title', 'url']);
  });

  it('has every part of the audit log, and no other, and the extension accepts them', async () => {
    expect(Object.keys(schema.properties?.audit?.properties ?? {}).sort()).toEqual(['file', 'system']);
    const audit = { file: '/var/log/roleferry.jsonl', system: true };
    fake.managed = { audit };
    expect(await readPolicy(new Memory())).toEqual({ ok: true, value: { audit } });
    expect(strangersTo(schema, { audit })).toEqual([]);
  });
});

describe.each(Object.entries(ready))('the ready policy file %s', (_, policy) => {
  it('is read by the extension as it stands, with every entry for browsers', async () => {
    fake.managed = policy;
    const read = await readPolicy(new Memory());
    expect(read).toEqual({ ok: true, value: { ...policy, profiles: expect.any(Array) } });
    expect(read.ok && read.value.profiles?.map(({ profile }) => profile)).toEqual([
      'dev',
      'shop-live-readonly',
      'shop-test-readonly',
    ]);
    expect(Object.keys(policy).sort()).toEqual(ofTheBrowser.sort());
  });

  it('says nothing that Chromium would leave out', () => {
    expect(strangersTo(schema, policy)).toEqual([]);
  });

  it('says the same as the others', () => {
    expect(policy).toEqual(ready['chrome.json']);
  });
});

it('a managed storage manifest for Firefox names the extension', () => {
  expect(policyFile('firefox-managed-storage.json')).toMatchObject({
    name: firefoxExtensionId,
    type: 'storage',
  });
});
