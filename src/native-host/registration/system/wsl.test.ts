import { win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Surroundings } from './surroundings.ts';
import { type RunWsl, wslDistribution, wslFiles } from './wsl.ts';

const windows: Surroundings = { platform: 'win32', env: {}, home: 'C:\\Users\\ann' };

/** Stands for wsl.exe, which only Windows has. */
const wsl: RunWsl = async (args) => {
  const [distribution = 'Debian', variable] = args.includes('--distribution')
    ? [args[1], args[4]]
    : ['Debian', args[2]];
  const values: Record<string, string> = { HOME: '/home/ann', WSL_DISTRO_NAME: distribution };
  if (distribution === 'Missing') return { ok: false, stdout: 'There is no distribution with that name.' };
  return { ok: true, stdout: `${values[variable ?? '']}\n` };
};

describe('the Linux home in WSL', () => {
  it.each([
    ['Ubuntu-24.04', '\\\\wsl$\\Ubuntu-24.04\\home\\ann\\.aws'],
    ['', '\\\\wsl$\\Debian\\home\\ann\\.aws'],
  ])(
    'of distribution "%s" has both files, as paths that Windows takes for absolute ones',
    async (distribution, folder) => {
      const files = { credentialsFile: `${folder}\\credentials`, configFile: `${folder}\\config` };
      expect(await wslFiles(distribution, windows, wsl)).toEqual({ ok: true, value: files });
      for (const file of Object.values(files)) {
        expect(win32.isAbsolute(file)).toBe(true);
        expect(win32.resolve(file)).toBe(file);
      }
    },
  );

  it.each(['Missing', '--help x', '..\\..', 'a"b'])(
    'is not made up for distribution %j',
    async (distribution) => {
      expect(await wslFiles(distribution, windows, wsl)).toMatchObject({
        failure: { code: 'wsl-not-found' },
      });
    },
  );

  it('is looked for from Windows only', async () => {
    expect(await wslFiles('', { ...windows, platform: 'linux' }, wsl)).toMatchObject({ ok: false });
  });
});

describe('wslDistribution', () => {
  it('knows WSL by the variable that it sets', () => {
    const linux: Surroundings = { platform: 'linux', env: { WSL_DISTRO_NAME: 'Ubuntu' }, home: '/home/ann' };
    expect(wslDistribution(linux)).toBe('Ubuntu');
    expect(wslDistribution({ ...linux, env: {} })).toBeUndefined();
    expect(wslDistribution(windows)).toBeUndefined();
  });
});
