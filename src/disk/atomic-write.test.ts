import {
  chownSync,
  closeSync,
  ftruncateSync,
  futimesSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { skippedBecause } from '../../test/needs.ts';
import { soon } from '../../test/soon.ts';
import { ok } from '../core/result.ts';
import { replaceFile } from './atomic-write.ts';
import { readSnapshot, sameSnapshot } from './read-snapshot.ts';
import { removeOrphans, temporaryFor, temporaryPrefix } from './temporary-files.ts';
import { whyNotBeside, whyNotReplace } from './why-not-replace.ts';
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
    ['was changed to as many bytes', () => writeFileSync(file, 'own\n'), 'own\n'],
    ['was cut', () => writeFileSync(file, 'ol'), 'ol'],
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

  /** Another program has the old file open, and does this with it once ours is in its place. */
  async function replaceBefore(late: (descriptor: number) => void) {
    writeFileSync(file, 'old\n');
    const descriptor = openSync(file, 'r+');
    const { ino } = statSync(file);
    const write = () => {
      if (statSync(file).ino === ino) return void setImmediate(write);
      late(descriptor);
    };
    setImmediate(write);
    const replaced = await replace(await snapshot());
    closeSync(descriptor);
    expect(text()).toBe('new\n');
    return replaced;
  }

  test('counts as written when the old one was only touched, or emptied', async () => {
    const written = ok({ state: 'written' });
    expect(await replaceBefore((descriptor) => futimesSync(descriptor, 1000, 1000))).toEqual(written);
    expect(await replaceBefore((descriptor) => ftruncateSync(descriptor))).toEqual(written);
  });

  test('tells what another program wrote into the old one, be it as long as that was', async () => {
    const replaced = await replaceBefore((descriptor) => writeSync(descriptor, 'own\n', 0));
    expect(replaced).toEqual(ok({ state: 'overtaken', lost: Buffer.from('own\n') }));
  });

  test('tells it even if that program empties the file some time before it fills it', async () => {
    const replaced = await replaceBefore((descriptor) => {
      ftruncateSync(descriptor);
      setTimeout(() => writeSync(descriptor, 'theirs\n', 0), 80);
    });
    expect(replaced).toEqual(ok({ state: 'overtaken', lost: Buffer.from('theirs\n') }));
  });

  test.skipIf(process.platform !== 'linux')('is open no longer than that takes', async () => {
    const leadsTo = (descriptor: string) => {
      try {
        return readlinkSync(join('/proc/self/fd', descriptor));
      } catch {
        return '';
      }
    };
    const open = () =>
      readdirSync('/proc/self/fd')
        .map(leadsTo)
        .filter((path) => path.startsWith(folder));
    writeFileSync(file, 'old\n');
    await replace(await snapshot());
    await replace(await snapshot(), () => false);
    await expect.poll(open, soon).toEqual([]);
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

  test('when the folder for it is gone', () => {
    const gone = join(folder, 'gone');
    expect(whyNotBeside(file, gone)).toMatchObject({
      code: 'file-not-writable',
      params: { file, reason: 'folder-missing' },
    });
  });

  const notRoot = skippedBecause(
    process.getuid?.() === 0 ? undefined : 'only root can make a file of somebody else',
  );
  test.skipIf(notRoot)('unless it is the own one of a user who is not root', async () => {
    writeFileSync(file, '');
    chownSync(file, 1234, 1234);
    const old = await snapshot();
    if (!old) throw new Error('no file');
    vi.spyOn(process, 'getuid').mockReturnValue(1234);
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

test('a file that cannot be read is not taken for one that is not there', async () => {
  writeFileSync(file, '');
  expect(await readSnapshot(join(file, 'x'))).toMatchObject({
    failure: { code: 'file-unreadable', params: { reason: 'path' } },
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
