import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resolveTarget } from './resolve-target.ts';

let home: string;

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'roleferry-')));
});

afterEach(() => rmSync(home, { recursive: true }));

test('a file that is no link is itself, there or not', async () => {
  expect(await resolveTarget(join(home, 'c'))).toEqual({ ok: true, value: join(home, 'c') });
  writeFileSync(join(home, 'c'), '');
  expect(await resolveTarget(join(home, 'c'))).toEqual({ ok: true, value: join(home, 'c') });
});

test('a missing folder is made for its owner alone', async () => {
  expect((await resolveTarget(join(home, 'a/.aws/c'))).ok).toBe(true);
  expect(statSync(join(home, 'a/.aws')).mode & 0o777).toBe(0o700);
});

test('links are followed to the end, relative ones from the real folder they are in', async () => {
  mkdirSync(join(home, 'dotfiles/aws'), { recursive: true });
  mkdirSync(join(home, 'vault'));
  writeFileSync(join(home, 'vault/real'), '');
  symlinkSync('dotfiles/aws', join(home, '.aws'));
  symlinkSync('../../vault/second', join(home, 'dotfiles/aws/credentials'));
  symlinkSync('real', join(home, 'vault/second'));
  expect(await resolveTarget(join(home, '.aws/credentials'))).toEqual({
    ok: true,
    value: join(home, 'vault/real'),
  });
});

test.each([
  ['to nothing', 'nowhere'],
  ['into a missing folder', 'nowhere/at/all'],
  ['to itself', 'credentials'],
])('a link %s is refused and stays', async (_, to) => {
  symlinkSync(to, join(home, 'credentials'));
  const resolved = await resolveTarget(join(home, 'credentials'));
  expect(resolved).toMatchObject({ ok: false, failure: { code: 'file-link-broken' } });
});

test('a folder that is a link to nothing is refused', async () => {
  symlinkSync('unmounted', join(home, '.aws'));
  const resolved = await resolveTarget(join(home, '.aws/credentials'));
  expect(resolved).toMatchObject({ ok: false, failure: { code: 'file-link-broken' } });
});

test('a file in the place of the folder is a clear failure', async () => {
  writeFileSync(join(home, '.aws'), '');
  expect(await resolveTarget(join(home, '.aws/credentials'))).toMatchObject({
    ok: false,
    failure: { code: 'file-not-writable' },
  });
});
