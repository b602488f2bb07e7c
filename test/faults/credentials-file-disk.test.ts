import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeProfiles } from '../../src/credentials-file/write-profiles.ts';
import { skippedBecause } from '../needs.ts';
import { buildWriter, newFolder } from './build-writer.ts';
import { updateOf } from './profile-update.ts';
import { mountSmallDisk } from './small-disk.ts';

const notRoot = skippedBecause(
  process.getuid?.() === 0 ? undefined : 'only root can write as somebody else, or mount a small disk',
);
const disk = notRoot ? undefined : await mountSmallDisk(newFolder());
const noDisk =
  !notRoot && skippedBecause(disk === undefined ? 'no small disk can be mounted here' : undefined);
afterAll(() => disk?.close());

const filesIn = (folder: string) => ({
  credentialsFile: join(folder, 'credentials'),
  configFile: join(folder, 'config'),
});

describe.skipIf(notRoot || noDisk)('on a full disk', () => {
  test('nothing is lost and nothing is left, and it goes on when there is space again', async () => {
    const { path = '', fill, makeSpace } = disk ?? {};
    const files = filesIn(path);
    expect((await writeProfiles(files, [updateOf('dev', 1)])).ok).toBe(true);
    const before = readFileSync(files.credentialsFile);
    await fill?.();
    const result = await writeProfiles(files, [updateOf('dev', 2), updateOf('b', 2)]);
    expect(result).toMatchObject({ ok: false, failure: { code: 'file-no-space' } });
    expect(readFileSync(files.credentialsFile).equals(before)).toBe(true);
    expect(readdirSync(path).sort()).toEqual(['credentials', 'filler']);
    await makeSpace?.();
    expect((await writeProfiles(files, [updateOf('dev', 2)])).ok).toBe(true);
  });

  test('what a killed writer left behind makes room', async () => {
    const { path = '', fill, makeSpace } = disk ?? {};
    await makeSpace?.();
    const files = filesIn(path);
    writeFileSync(files.credentialsFile, '[other]\nx=1\n');
    const digest = createHash('sha256').update('credentials').digest('hex').slice(0, 8);
    writeFileSync(join(path, `.roleferry-${digest}-${'0a'.repeat(16)}.tmp`), Buffer.alloc(20_000));
    await fill?.();
    expect((await writeProfiles(files, [updateOf('dev', 1)])).ok).toBe(true);
    expect(readFileSync(files.credentialsFile, 'latin1')).toMatch(/^\[other\]\nx=1\n\n\[dev\]\n/);
    expect(readdirSync(path).sort()).toEqual(['credentials', 'filler']);
  });
});

describe.skipIf(notRoot)('as an ordinary user', () => {
  let writer: string;

  beforeAll(async () => {
    const built = await buildWriter();
    const folder = newFolder();
    chmodSync(folder, 0o755);
    writer = join(folder, 'writer.mjs');
    cpSync(built, writer);
  });

  const user = 65534;

  /** Writes as that user; the failure's code, or nothing. */
  const writeAs = (file: string) => {
    const run = spawnSync(process.execPath, [writer, file, 'dev', '1'], {
      uid: user,
      gid: user,
      encoding: 'utf8',
    });
    return run.stderr.trim();
  };

  const homeOf = (uid: number, mode: number) => {
    const folder = newFolder();
    chmodSync(folder, 0o755);
    const home = join(folder, '.aws');
    mkdirSync(home);
    writeFileSync(join(home, 'credentials'), '[a]\n', { mode: 0o644 });
    chownSync(join(home, 'credentials'), uid, uid);
    chownSync(home, uid, uid);
    chmodSync(home, mode);
    return join(home, 'credentials');
  };

  test('the own file is written', () => {
    const file = homeOf(user, 0o700);
    expect(writeAs(file)).toBe('');
    expect(statSync(file)).toMatchObject({ uid: user, gid: user });
    expect(statSync(file).mode & 0o777).toBe(0o644);
  });

  test('a folder that may not be written to, or not be entered, is a clear failure', () => {
    const readOnly = homeOf(user, 0o500);
    expect(writeAs(readOnly)).toBe('file-not-writable');
    expect(readFileSync(readOnly, 'utf8')).toBe('[a]\n');
    const closed = homeOf(user, 0o000);
    expect(writeAs(closed)).toMatch(/^file-(unreadable|not-writable)$/);
  });

  test("another user's file in an own folder stays that user's", () => {
    const file = homeOf(0, 0o777);
    expect(writeAs(file)).toBe('file-not-writable');
    expect(statSync(file).uid).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('[a]\n');
  });

  test('a read-only file stays as it is', () => {
    const file = homeOf(user, 0o700);
    chmodSync(file, 0o400);
    expect(writeAs(file)).toBe('file-not-writable');
    expect(readFileSync(file, 'utf8')).toBe('[a]\n');
  });
});
