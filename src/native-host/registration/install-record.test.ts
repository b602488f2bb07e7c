import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { installRecordName, readInstallRecord } from './install-record.ts';

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
])('allows nobody when the record %s', (_, text) => {
  writeFileSync(join(folder, installRecordName), text);
  expect(readInstallRecord(folder)).toEqual(empty);
});

it('reads what was written down', () => {
  const record = { extensionIds: ['mine@example.org'], manifests: ['/a/b.json'], folders: ['/a'] };
  writeFileSync(join(folder, installRecordName), JSON.stringify(record));
  expect(readInstallRecord(folder)).toEqual(record);
});
