import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { putKey, type RunReg, readKey, removeKey } from './registry.ts';

const key = 'HKCU\\Software\\Mozilla\\NativeMessagingHosts\\roleferry';
const value = 'C:\\Users\\Ann Lee\\AppData\\Local\\roleferry\\roleferry.firefox.json';

/** Stands for reg.exe, which only Windows has: a registry with at most this one key. */
function registry(content: string | undefined, allowed = true) {
  const calls: string[][] = [];
  const run: RunReg = async (args) => {
    const [command, name, file = ''] = args;
    calls.push(command === 'export' ? ['export', key] : args);
    if (!['export', 'query'].includes(command ?? '')) return { ok: allowed };
    if (content === undefined || name !== key) return { ok: false };
    if (command === 'export') writeFileSync(file, exported(content), 'utf16le');
    return { ok: true };
  };
  return { calls, run };
}

/** As reg.exe exports a key that has another value and a key below it. */
const exported = (value: string) =>
  [
    '\ufeffWindows Registry Editor Version 5.00',
    '',
    `[${key}]`,
    `@="${value.replaceAll('\\', '\\\\')}"`,
    '"other"="C:\\\\other.json"',
    '',
    `[${key}\\below]`,
    '@="C:\\\\below.json"',
    '',
  ].join('\r\n');

describe('readKey', () => {
  it.each([value, 'C:\\Users\\Jörg Łoś\\x.json', 'C:\\[a]\\x.json'])('reads %s', async (path) => {
    expect(await readKey(key, registry(path).run)).toBe(path);
  });

  it('finds no value where there is no key', async () => {
    expect(await readKey(key, registry(undefined).run)).toBeUndefined();
  });
});

describe('putKey', () => {
  it('adds a key that is missing', async () => {
    const { calls, run } = registry(undefined);
    expect(await putKey(key, value, run)).toEqual({ ok: true, value: 'written' });
    expect(calls).toEqual([
      ['export', key],
      ['add', key, '/ve', '/t', 'REG_SZ', '/d', value, '/f'],
    ]);
  });

  it('overwrites a key that leads elsewhere', async () => {
    const { run } = registry('C:\\old.json');
    expect(await putKey(key, value, run)).toEqual({ ok: true, value: 'written' });
  });

  it('leaves a key that is right', async () => {
    const { calls, run } = registry(value);
    expect(await putKey(key, value, run)).toEqual({ ok: true, value: 'up to date' });
    expect(calls).toHaveLength(1);
  });

  it('says which key Windows does not let it write', async () => {
    const { run } = registry(undefined, false);
    expect(await putKey(key, value, run)).toMatchObject({ failure: { code: 'registry-refused' } });
  });
});

describe('removeKey', () => {
  it('removes the key of the host and nothing above it', async () => {
    const { calls, run } = registry(value);
    expect(await removeKey(key, run)).toEqual({ ok: true, value: true });
    expect(calls.at(-1)).toEqual(['delete', key, '/f']);
  });

  it('is content when there is no key', async () => {
    const { calls, run } = registry(undefined);
    expect(await removeKey(key, run)).toEqual({ ok: true, value: false });
    expect(calls).toHaveLength(1);
  });

  it('says which key Windows does not let it remove', async () => {
    const { run } = registry(value, false);
    expect(await removeKey(key, run)).toMatchObject({ failure: { code: 'registry-refused' } });
  });
});
