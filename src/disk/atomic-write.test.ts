import {
  closeSync,
  futimesSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ok } from '../core/result.ts';
import { replaceFile } from './atomic-write.ts';
import { readSnapshot, sameSnapshot } from './read-snapshot.ts';
import { removeOrphans, temporaryFor, temporaryPrefix } from './temporary-files.ts';
import { whyNotReplace } from './why-not-replace.ts';
import { whyNotWritable } from './why-not-writable.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'roleferry-')));
  file = join(folder, 'credentials');
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const text = () => readFileSync(file, 'utf8');
const snapshot = async () => {
  const read = await readSnapshot(file);
  return read.ok ? read.value : undefined;
};
const replace = (
  old: Awaited<ReturnType<typeof snapshot>>,
  meanwhile: () => unknown = () => true,
  target = file,
) =>
  replaceFile(target, old, [Buffer.from('new\n')], () => {
    const stands = meanwhile();
    return stands !== false;
  });

describe('a file that is replaced', () => {
  test('holds the new content, and nothing is beside it', async () => {
    writeFileSync(file, 'old\n');
    expect(await replace(await snapshot())).toEqual(ok({ state: 'written' }));
    expect(text()).toBe('new\n');
    expect(readdirSync(folder)).toEqual(['credentials']);
  });

  test.each<[string, () => void, string | undefined]>([
    ['was changed', () => writeFileSync(file, 'theirs\n'), 'theirs\n'],
    [
      'was replaced by another of the same content',
      () => {
        renameSync(file, join(folder, 'other'));
        writeFileSync(file, 'old\n');
        rmSync(join(folder, 'other'));
      },
      'old\n',
    ],
    ['is gone', () => rmSync(file), undefined],
  ])('stays as it is when it %s meanwhile', async (_, meanwhile, content) => {
    writeFileSync(file, 'old\n');
    const old = await snapshot();
    expect(await replace(old, meanwhile)).toEqual(ok({ state: 'changed' }));
    expect(readdirSync(folder)).toEqual(content === undefined ? [] : ['credentials']);
    if (content !== undefined) expect(text()).toBe(content);
  });

  test('stays as it is when it, or even a link to nothing, was not there before', async () => {
    expect(await replace(undefined, () => writeFileSync(file, 'theirs\n'))).toEqual(ok({ state: 'changed' }));
    expect(text()).toBe('theirs\n');
    rmSync(file);
    expect(await replace(undefined, () => symlinkSync('nowhere', file))).toEqual(ok({ state: 'changed' }));
    expect(readdirSync(folder)).toEqual(['credentials']);
  });

  test('is tried again where its folder, or our new file in it, is gone', async () => {
    const target = join(folder, 'gone', 'credentials');
    expect(await replace(undefined, () => true, target)).toEqual(ok({ state: 'changed' }));
    const removeOurs = () => rmSync(join(folder, readdirSync(folder)[0] ?? ''));
    expect(await replace(undefined, removeOurs)).toEqual(ok({ state: 'changed' }));
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is told when nothing can be written beside it', async () => {
    writeFileSync(file, 'old\n');
    const target = join(file, 'credentials');
    expect(await replace(undefined, () => true, target)).toMatchObject({
      failure: { code: 'file-not-writable', params: { file: target, reason: 'path' } },
    });
  });

  test('counts as written when the old one was only touched', async () => {
    writeFileSync(file, 'old\n');
    const late = openSync(file, 'r+');
    const { ino } = statSync(file);
    const touch = () => {
      if (statSync(file).ino === ino) return void setImmediate(touch);
      futimesSync(late, 1000, 1000);
      closeSync(late);
    };
    setImmediate(touch);
    expect(await replace(await snapshot())).toEqual(ok({ state: 'written' }));
    expect(text()).toBe('new\n');
  });
});

describe('what killed writers left behind', () => {
  const hex = '0a'.repeat(16);
  const prefix = () => temporaryPrefix(file);

  test('is removed, and nothing whose name only looks like it', () => {
    const kept = [
      `${prefix()}x${hex}.tmp`,
      `${prefix()}${hex}.tmp.bak`,
      `${prefix()}${hex}_tmp`,
      `${prefix()}${hex.toUpperCase()}.tmp`,
    ];
    for (const name of [`${prefix()}${hex}.tmp`, ...kept]) writeFileSync(join(folder, name), 'secret');
    removeOrphans(file, undefined);
    expect(readdirSync(folder).sort()).toEqual(kept.sort());
  });

  test('is neither a folder nor a link', () => {
    mkdirSync(join(folder, `${prefix()}${hex}.tmp`));
    symlinkSync(folder, join(folder, `${prefix()}${hex.replaceAll('0', '1')}.tmp`));
    removeOrphans(file, undefined);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test('is not a file of another user', () => {
    const name = join(folder, `${prefix()}${hex}.tmp`);
    writeFileSync(name, 'secret');
    vi.spyOn(process, 'getuid').mockReturnValue(statSync(name).uid + 1);
    removeOrphans(file, undefined);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('is nothing in a folder that is gone', () => {
    expect(() => removeOrphans(join(folder, 'gone', 'credentials'), undefined)).not.toThrow();
  });

  test('has a name of its own each time', () => {
    expect(temporaryFor(file)).not.toBe(temporaryFor(file));
  });
});

describe('a file is told as not writable beforehand', () => {
  const reasonOf = async (path: string) => (await whyNotWritable(path))?.params?.reason;

  test('unless it, or a new one in its place, can be written', async () => {
    expect(await whyNotWritable(file)).toBeUndefined();
    expect(await whyNotWritable(join(folder, 'new', 'one', 'credentials'))).toBeUndefined();
    writeFileSync(file, '');
    expect(await whyNotWritable(file)).toBeUndefined();
    expect(readdirSync(folder)).toEqual(['credentials']);
  });

  test('when it is read-only, a folder, a link to nothing, or below a file', async () => {
    writeFileSync(file, '', { mode: 0o444 });
    expect(await reasonOf(file)).toBe('read-only');
    expect(await reasonOf(folder)).toBe('folder');
    expect(await whyNotWritable(join(file, 'x'))).toMatchObject({ code: 'file-not-writable' });
    symlinkSync('nowhere', join(folder, 'link'));
    expect(await whyNotWritable(join(folder, 'link'))).toMatchObject({ code: 'file-link-broken' });
  });

  test('when it belongs to another user, who is not root', async () => {
    writeFileSync(file, '');
    const old = await snapshot();
    if (!old) throw new Error('no file');
    vi.spyOn(process, 'getuid').mockReturnValue(old.stats.uid + 1);
    expect(whyNotReplace(file, old)).toMatchObject({ params: { file, reason: 'other-owner' } });
    vi.spyOn(process, 'getuid').mockReturnValue(0);
    expect(whyNotReplace(file, old)).toBeUndefined();
  });

  test('when it is gone', async () => {
    writeFileSync(file, '');
    const old = await snapshot();
    if (!old) throw new Error('no file');
    rmSync(file);
    expect(whyNotReplace(file, old)).toMatchObject({ params: { file, reason: 'folder-missing' } });
  });
});

test('two looks at a file are the same where both find none, or the same content in the same file', async () => {
  writeFileSync(file, 'old\n');
  const old = await snapshot();
  expect(sameSnapshot(old, await snapshot())).toBe(true);
  expect(sameSnapshot(undefined, undefined)).toBe(true);
  expect(sameSnapshot(old, undefined)).toBe(false);
  expect(sameSnapshot(undefined, old)).toBe(false);
  writeFileSync(file, 'new\n');
  expect(sameSnapshot(old, await snapshot())).toBe(false);
});
