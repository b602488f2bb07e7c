import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { absolutePath, findProgram, windowsProgram } from './system-program.ts';

describe('a program of Windows', () => {
  it.each([
    ['as Windows itself says', { SystemRoot: 'D:\\WINDOWS' }, 'D:\\WINDOWS\\System32\\reg.exe'],
    ['in any case of the name', { SYSTEMROOT: 'E:\\Windows' }, 'E:\\Windows\\System32\\reg.exe'],
    ['without the variable', {}, 'C:\\Windows\\System32\\reg.exe'],
  ])('is started by its whole path, %s', (_, env, file) => {
    expect(windowsProgram('reg.exe', env)).toBe(file);
  });

  it.each([
    '',
    '.',
    'Windows',
    '\\Windows',
    'C:Windows',
    'C:\\repository\\Windows',
    'C:\\Windows\\..\\repository',
    'C:\\Windows\\',
    'C:/Windows',
    '\\\\server\\share\\Windows',
    '\\\\?\\C:\\Windows',
    '\\\\.\\C:\\Windows',
    'C:\\Windows\nD:\\x',
    '/Windows',
  ])('is not looked for where SystemRoot says %j', (SystemRoot) => {
    expect(windowsProgram('reg.exe', { SystemRoot })).toBe('C:\\Windows\\System32\\reg.exe');
  });
});

describe('a program of PATH', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const put = (name: string, mode = 0o755) => {
    const file = join(folder, name);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, '#!/bin/sh\n');
    chmodSync(file, mode);
    return file;
  };

  it('is the first that can be run, by its whole path', () => {
    put('a/open', 0o644);
    mkdirSync(join(folder, 'b/open'), { recursive: true });
    const file = put('c/open');
    const PATH = ['a', 'b', 'c'].map((name) => join(folder, name)).join(':');
    expect(findProgram('open', { PATH }, 'linux')).toBe(file);
  });

  it.each(['', ':', '.', 'bin', './bin', '../bin', undefined])('is none where PATH is %j', (PATH) => {
    const any = () => true;
    expect(findProgram('open', { PATH }, 'linux', any)).toBeUndefined();
    expect(findProgram('open', { PATH }, 'win32', any)).toBeUndefined();
  });

  it.each(['C:bin', '\\bin', '.\\bin', '""'])('is none on Windows where PATH is %j', (Path) => {
    expect(findProgram('firefox', { Path }, 'win32', () => true)).toBeUndefined();
  });

  it('is looked for on Windows by the endings that can be started, never in the current folder', () => {
    const there = 'C:\\Program Files\\firefox.exe';
    const looked: string[] = [];
    const isProgram = (file: string) => {
      looked.push(file);
      return file === there;
    };
    const env = { Path: '.;"C:\\Program Files"' };
    expect(findProgram('firefox', env, 'win32', isProgram)).toBe(there);
    expect(looked).toEqual(['C:\\Program Files\\firefox.com', there]);
  });

  it.each([
    ['./browser', 'linux'],
    ['/opt/browser', 'linux'],
    ['C:\\browser.exe', 'win32'],
    ['.\\browser.exe', 'win32'],
  ] as const)('stays %s on %s, as the user named that file', (name, platform) => {
    expect(findProgram(name, {}, platform)).toBe(name);
  });

  it('passes on a PATH without entries that change with the current folder', () => {
    expect(absolutePath({ PATH: ':/usr/bin:.:bin:/bin:' }, 'linux')).toBe('/usr/bin:/bin');
  });
});
