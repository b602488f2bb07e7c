import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isLink } from './is-link.ts';
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
  ['to nothing', 'nowhere', 'HOME/nowhere'],
  ['into a missing folder', 'nowhere/at/all', 'HOME/nowhere/at/all'],
  ['into a file', 'file/x', 'HOME/file/x'],
  ['into a link to itself', 'loop/x', 'HOME/loop/x'],
  ['to itself', 'credentials', 'credentials'],
])('a link %s is refused and stays', async (_, to, target) => {
  writeFileSync(join(home, 'file'), '');
  symlinkSync('loop', join(home, 'loop'));
  symlinkSync(to, join(home, 'credentials'));
  const resolved = await resolveTarget(join(home, 'credentials'));
  const params = { file: join(home, 'credentials'), target: target.replace('HOME', home) };
  expect(resolved).toMatchObject({ ok: false, failure: { code: 'file-link-broken', params } });
});

test('a folder that is a link to nothing is refused', async () => {
  symlinkSync('unmounted', join(home, '.aws'));
  const resolved = await resolveTarget(join(home, '.aws/credentials'));
  const params = { file: join(home, '.aws/credentials'), target: 'unmounted' };
  expect(resolved).toMatchObject({ ok: false, failure: { code: 'file-link-broken', params } });
});

test('a file in the place of the folder is a clear failure', async () => {
  writeFileSync(join(home, '.aws'), '');
  expect(await resolveTarget(join(home, '.aws/credentials'))).toMatchObject({
    ok: false,
    failure: { code: 'file-not-writable', params: { reason: { code: 'EEXIST' } } },
  });
  expect(await resolveTarget(join(home, '.aws/x/credentials'))).toMatchObject({
    failure: { code: 'file-not-writable', params: { reason: 'path' } },
  });
});

test('forty links in a row are followed, as Linux does, and no more', async () => {
  writeFileSync(join(home, 'link-0'), '');
  for (let at = 1; at <= 41; at++) symlinkSync(`link-${at - 1}`, join(home, `link-${at}`));
  expect(await resolveTarget(join(home, 'link-40'))).toEqual({ ok: true, value: join(home, 'link-0') });
  expect(await resolveTarget(join(home, 'link-41'))).toMatchObject({
    failure: { code: 'file-link-broken', params: { target: 'link-0' } },
  });
});

test('only a link is one, whether it leads anywhere or not', async () => {
  writeFileSync(join(home, 'file'), '');
  symlinkSync('nowhere', join(home, 'link'));
  expect(await isLink(join(home, 'link'))).toBe(true);
  for (const name of ['file', 'none', '.']) expect(await isLink(join(home, name))).toBe(false);
});
