import { afterEach, describe, expect, it, vi } from 'vitest';
import { needs } from './needs.ts';

describe('needs', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('finds a program that is there', () => {
    vi.stubEnv('PUPPETEER_EXECUTABLE_PATH', process.execPath);
    expect(needs('chromium')).toEqual({ missing: false, path: process.execPath });
  });

  it('says on stderr why tests are skipped, and what to install', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    vi.stubEnv('CI', '');
    vi.stubEnv('PATH', '/nowhere');
    expect(needs('fish').missing).toBe(true);
    expect(warn).toHaveBeenCalledWith('Skipped: fish is not installed (Debian package fish)');
  });

  it('fails on CI rather than skip in silence', () => {
    vi.stubEnv('CI', 'true');
    vi.stubEnv('PATH', '/nowhere');
    expect(() => needs('zsh')).toThrow('zsh is not installed (Debian package zsh)');
  });
});
