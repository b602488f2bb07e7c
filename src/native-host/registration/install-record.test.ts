import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chromiumExtensionId, firefoxExtensionId } from '../../core/product.ts';
import {
  changeInstallRecord,
  installRecordName,
  readInstallRecord,
  readServedIds,
} from './install-record.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const empty = { extensionIds: [], manifests: [], folders: [] };

it('is empty where nothing was installed', () => {
  expect(readInstallRecord(folder)).toEqual(empty);
});

it.each([
  ['is cut off', '{"extensionIds": ['],
  ['is something else', '[]'],
  ['allows what is no extension', '{"extensionIds": ["*"], "manifests": [], "folders": []}'],
  [
    'switches the product’s ids off in a way that means nothing',
    '{"extensionIds": [], "builtInIds": "no", "manifests": [], "folders": []}',
  ],
])('allows nobody when the record %s, not even the product', (_, text) => {
  writeFileSync(join(folder, installRecordName), text);
  expect(readInstallRecord(folder)).toEqual(empty);
  expect(readServedIds(folder)).toMatchObject({ ok: false, failure: { code: 'install-record-damaged' } });
});

it('allows the product’s own extensions where nothing was installed', () => {
  expect(readServedIds(folder)).toEqual({ ok: true, value: [chromiumExtensionId, firefoxExtensionId] });
});

it('reads what was written down', () => {
  const signInLinks = [{ profile: 'dev', url: 'https://idp.example/aws' }];
  const record = {
    signInLinks,
    extensionIds: ['mine@example.org'],
    manifests: ['/a/b.json'],
    folders: ['/a'],
  };
  writeFileSync(join(folder, installRecordName), JSON.stringify(record));
  expect(readInstallRecord(folder)).toEqual(record);
});

it('keeps the rest when sign-in links in it cannot be used', () => {
  const record = { extensionIds: ['mine@example.org'], manifests: ['/a/b.json'], folders: [] };
  const signInLinks = [{ profile: 'dev', url: 'file:///bin/sh' }];
  writeFileSync(join(folder, installRecordName), JSON.stringify({ ...record, signInLinks }));
  expect(readInstallRecord(folder)).toEqual({ ...record, signInLinks: [] });
});

it('is changed by two at once without losing the change of either', async () => {
  const add = (id: string) =>
    changeInstallRecord(folder, (record) => ({ ...record, extensionIds: [...record.extensionIds, id] }));
  const ids = ['a@example.org', 'b@example.org', 'c@example.org'];
  expect(await Promise.all(ids.map(add))).toEqual(ids.map(() => ({ ok: true, value: undefined })));
  expect(readInstallRecord(folder).extensionIds.toSorted()).toEqual(ids);
  expect(statSync(join(folder, installRecordName)).mode & 0o777).toBe(0o600);
});
