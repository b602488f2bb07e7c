import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { said } from '../../../../test/fixtures/said.ts';
import { putFolder } from './put-folder.ts';

let parent: string;
let source: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'roleferry-'));
  source = join(parent, 'source');
  folder = join(parent, 'folder');
  mkdirSync(join(source, 'assets'), { recursive: true });
  writeFileSync(join(source, 'manifest.json'), '1');
  writeFileSync(join(source, 'assets/a.js'), 'a');
});
afterEach(() => rmSync(parent, { recursive: true }));

describe('putFolder', () => {
  it('copies a folder, and has nothing to do a second time', async () => {
    expect(await putFolder(folder, source)).toEqual({ ok: true, value: 'written' });
    expect(readFileSync(join(folder, 'assets/a.js'), 'utf8')).toBe('a');
    expect(await putFolder(folder, source)).toEqual({ ok: true, value: 'up to date' });
  });

  it('takes out what an earlier version had', async () => {
    await putFolder(folder, source);
    rmSync(join(source, 'assets/a.js'));
    writeFileSync(join(source, 'assets/b.js'), 'b');
    const written = ['manifest.json', 'assets/a.js'];
    expect(await putFolder(folder, source, written)).toEqual({ ok: true, value: 'written' });
    expect(readdirSync(join(folder, 'assets'))).toEqual(['b.js']);
  });

  it('leaves what anybody else put there', async () => {
    await putFolder(folder, source, ['manifest.json', 'assets/a.js']);
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    writeFileSync(join(folder, 'assets/thesis.tex'), 'mine');
    expect(await putFolder(folder, source, ['manifest.json', 'assets/a.js', 'assets/old.js'])).toEqual({
      ok: true,
      value: 'up to date',
    });
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
    expect(readFileSync(join(folder, 'assets/thesis.tex'), 'utf8')).toBe('mine');
  });

  it('says which file is in the way', async () => {
    writeFileSync(folder, 'a file');
    const result = await putFolder(folder, source);
    expect(result).toMatchObject({ failure: { code: 'file-not-writable' } });
    expect(said(result)).toContain(folder);
  });
});
