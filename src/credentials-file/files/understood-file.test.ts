import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig, readText } from './read-text.ts';
import { readUnderstoodFile } from './understood-file.ts';

let home: string;
let file: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'roleferry-'));
  file = join(home, 'config');
});
afterEach(() => rmSync(home, { recursive: true }));

test('a file that is understood is given byte for byte', async () => {
  const bytes = Buffer.from('# caf\u00e9\n[a]\nk = 1\n', 'latin1');
  writeFileSync(file, bytes);
  expect(await readUnderstoodFile(file)).toEqual({ ok: true, value: bytes });
  expect(await readText(file)).toEqual({ ok: true, value: bytes.toString('latin1') });
});

test('a file that is not there is none, and so is the null device', async () => {
  for (const none of [file, devNull]) {
    expect(await readUnderstoodFile(none)).toEqual({ ok: true, value: undefined });
    expect(await readConfig(none)).toEqual({ ok: true, value: '' });
  }
});

test('a file that cannot be understood is told with its line', async () => {
  writeFileSync(file, '[a]\nk\n');
  expect(await readUnderstoodFile(file)).toMatchObject({
    failure: { code: 'file-not-understood', params: { file, line: 2 } },
  });
});

test('a file that cannot be read is told', async () => {
  for (const read of [readUnderstoodFile, readConfig, readText]) {
    expect(await read(home)).toMatchObject({ failure: { code: 'file-unreadable', params: { file: home } } });
  }
});
