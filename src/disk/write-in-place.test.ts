import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { skippedBecause } from '../../test/needs.ts';
import { ok } from '../core/result.ts';
import { readSnapshot, type Snapshot } from './read-snapshot.ts';
import { sha256 } from './sha256.ts';
import { temporaryPrefix } from './temporary-files.ts';
import { restoreInterrupted, writeInPlace } from './write-in-place.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'roleferry-')));
  file = join(folder, 'credentials');
});
afterEach(() => rmSync(folder, { recursive: true }));

const text = () => readFileSync(file, 'utf8');
const snapshot = async (): Promise<Snapshot> => {
  const read = await readSnapshot(file);
  if (!read.ok || !read.value) throw new Error('no file');
  return read.value;
};
const copy = () => join(folder, `${temporaryPrefix(file)}copy`);

const notRoot = skippedBecause(
  process.getuid?.() === 0 ? undefined : 'only root can write the file of somebody else',
);

describe('a file that is written in place', () => {
  test.each(['', 'new\n', 'a new content that is much longer than the old one\n'])(
    'holds %j then, is the same file as before, and leaves nothing beside it',
    async (content) => {
      writeFileSync(file, 'old content\n', { mode: 0o640 });
      const { ino, mode } = statSync(file);
      const half = Math.floor(content.length / 2);
      const pieces = [Buffer.from(content.slice(0, half)), Buffer.from(content.slice(half))];
      const written = await writeInPlace(file, await snapshot(), pieces, () => true);
      expect(written).toEqual(ok({ state: 'written' }));
      expect(text()).toBe(content);
      expect(statSync(file)).toMatchObject({ ino, mode });
      expect(readdirSync(folder)).toEqual(['credentials']);
    },
  );

  test('has both contents beside it meanwhile, for its owner alone', async () => {
    writeFileSync(file, 'old\n');
    let beside: [mode: number, content: string][] = [];
    await writeInPlace(file, await snapshot(), [Buffer.from('new\n')], () => {
      beside = readdirSync(folder)
        .filter((name) => name !== 'credentials')
        .map((name) => [statSync(join(folder, name)).mode & 0o777, readFileSync(join(folder, name), 'utf8')]);
      return true;
    });
    expect(beside).toEqual([[0o600, expect.stringMatching(/^4 4 [0-9a-f]{64}\nold\nnew\n$/)]]);
  });

  test('is not touched by what does not stand', async () => {
    writeFileSync(file, 'old\n');
    expect(await writeInPlace(file, await snapshot(), [Buffer.from('new\n')], () => false)).toEqual(
      ok({ state: 'doubted' }),
    );
    expect(text()).toBe('old\n');
    expect(readdirSync(folder)).toEqual(['credentials']);
  });

  test('keeps what another program wrote since', async () => {
    writeFileSync(file, 'old\n');
    const old = await snapshot();
    writeFileSync(file, 'theirs\n');
    expect(await writeInPlace(file, old, [Buffer.from('new\n')], () => true)).toEqual(
      ok({ state: 'changed' }),
    );
    expect(text()).toBe('theirs\n');
    expect(readdirSync(folder)).toEqual(['credentials']);
  });

  test.skipIf(process.platform !== 'linux')('is open no longer than it is written', async () => {
    const open = () => readdirSync('/proc/self/fd').length;
    writeFileSync(file, 'old\n');
    const old = await snapshot();
    const before = open();
    await writeInPlace(file, old, [Buffer.from('new\n')], () => true);
    writeFileSync(file, 'nld\n');
    writeFileSync(copy(), `4 4 ${sha256('old\nnew\n')}\nold\nnew\n`);
    await restoreInterrupted(file);
    expect(text()).toBe('old\n');
    expect(open()).toBe(before);
  });

  test('is told when it cannot be opened, and no copy stays', async () => {
    writeFileSync(file, 'old\n');
    const old = await snapshot();
    rmSync(file);
    mkdirSync(file);
    expect(await writeInPlace(file, old, [Buffer.from('new\n')], () => true)).toMatchObject({
      failure: { code: 'file-not-writable', params: { file } },
    });
  });
});

describe('a file whose writer was killed', () => {
  const leaveCopy = (old: string, now: string, digest = sha256(old + now)) =>
    writeFileSync(copy(), `${old.length} ${now.length} ${digest}\n${old}${now}`);
  const restore = () => restoreInterrupted(file);

  test.each([
    ['half of the new content', 'new old content', 'old old content', 'new new content!'],
    ['new content that is not cut yet', 'new\ncontent', 'old content', 'new\n'],
    ['zeros where it grew', 'old\n\0\0\0\0', 'old\n', 'new ones\n'],
    ['the new content but for its end', 'new on', 'old\n', 'new ones\n'],
  ])('gets its old content back: %s', async (_, half, old, now) => {
    writeFileSync(file, half);
    leaveCopy(old, now);
    expect(await restore()).toEqual(ok(undefined));
    expect(text()).toBe(old);
    expect(readdirSync(folder)).toEqual(['credentials']);
  });

  test.each([
    ['the old content', 'old\n'],
    ['the new content', 'new ones\n'],
    ['what somebody else wrote', 'theirs\n'],
    ['less than either content', 'old'],
    ['more than either content', 'new ones\n\0\0\0'],
    ['zeros where it did not grow', 'o\0d\nones'],
    ['something else where it grew', 'old\nXXXX'],
  ])('keeps %s', async (_, content) => {
    writeFileSync(file, content);
    leaveCopy('old\n', 'new ones\n');
    expect(await restore()).toEqual(ok(undefined));
    expect(text()).toBe(content);
    expect(readdirSync(folder)).toEqual(['credentials']);
  });

  test('is left alone where there is no copy, or none that is whole', async () => {
    const half = 'new old';
    writeFileSync(file, half);
    expect(await restore()).toEqual(ok(undefined));
    const old = 'old old';
    const now = 'new new';
    for (const broken of [
      '',
      '\n',
      'nonsense',
      `7 7 ${sha256(old + now)}\n${old}new`,
      `7 8 ${sha256(old + now)}\n${old}${now}`,
      `7 7 ${sha256('x')}\n${old}${now}`,
    ]) {
      writeFileSync(copy(), broken);
      expect(await restore()).toEqual(ok(undefined));
      expect(text()).toBe(half);
    }
    rmSync(copy());
    mkdirSync(copy());
    expect(await restore()).toEqual(ok(undefined));
    rmSync(copy(), { recursive: true });
    writeFileSync(join(folder, 'elsewhere'), `7 7 ${sha256(old + now)}\n${old}${now}`);
    symlinkSync(join(folder, 'elsewhere'), copy());
    expect(await restore()).toEqual(ok(undefined));
    expect(text()).toBe(half);
  });

  test('is not made again when it is gone', async () => {
    leaveCopy('old\n', 'new\n');
    expect(await restore()).toEqual(ok(undefined));
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('is told where something else is in its place', async () => {
    mkdirSync(file);
    leaveCopy('old\n', 'new\n');
    expect(await restore()).toMatchObject({ failure: { code: 'file-unreadable' } });
  });

  test.skipIf(notRoot)(
    "is not restored from a stranger's copy, but from root's and its owner's",
    async () => {
      const half = () => {
        writeFileSync(file, 'nld old');
        leaveCopy('old old', 'new new');
      };
      half();
      chownSync(copy(), 1234, 1234);
      expect(await restore()).toEqual(ok(undefined));
      expect(text()).toBe('nld old');
      chownSync(file, 1234, 1234);
      expect(await restore()).toEqual(ok(undefined));
      expect(text()).toBe('old old');
      half();
      expect(await restore()).toEqual(ok(undefined));
      expect(text()).toBe('old old');
    },
  );
});
