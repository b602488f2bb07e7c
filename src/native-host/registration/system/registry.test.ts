import { describe, expect, it } from 'vitest';
import { putKey, type RunReg, removeKey } from './registry.ts';

const key = 'HKCU\\Software\\Mozilla\\NativeMessagingHosts\\roleferry';
const value = 'C:\\Users\\Ann Lee\\AppData\\Local\\roleferry\\roleferry.firefox.json';

/** Stands for reg.exe, which only Windows has: a registry with at most this one key. */
function registry(content: string | undefined, allowed = true) {
  const calls: string[][] = [];
  const run: RunReg = async (args) => {
    calls.push(args);
    if (args[0] !== 'query') return { ok: allowed, stdout: '' };
    const stdout = `\r\n${key}\r\n    (Standard)    REG_SZ    ${content}\r\n\r\n`;
    return content === undefined ? { ok: false, stdout: '' } : { ok: true, stdout };
  };
  return { calls, run };
}

describe('putKey', () => {
  it('adds a key that is missing', async () => {
    const { calls, run } = registry(undefined);
    expect(await putKey(key, value, run)).toEqual({ ok: true, value: 'written' });
    expect(calls).toEqual([
      ['query', key, '/ve'],
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
