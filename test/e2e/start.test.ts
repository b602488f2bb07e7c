import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { tries } from '../tries.ts';
import { prepareShow, type ShowRunner } from './started-show.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const missing = needs('chromium').missing || needs('certutil').missing;
const browsers = ['chromium', ...(needs('firefox').missing ? [] : ['firefox'])].slice(0, tries(1, 2));

describe.skipIf(missing)('npm start', () => {
  let show: ShowRunner;

  beforeEach(async () => {
    show = await prepareShow('start.ts');
  });

  afterEach(() => show.close());

  it.each(browsers)(
    'shows the main job in %s without a display, proves it, and leaves pictures and nothing else',
    async (browser) => {
      const child = show.start({}, '--browser', browser);
      const [[status], stdout, stderr] = await Promise.all([
        once(child, 'exit'),
        text(child.stdout),
        text(child.stderr),
      ]);
      expect(status, stderr).toBe(0);
      expect(stdout).toMatch(
        /\[dev\]\naws_access_key_id = ASIA…\naws_secret_access_key = …\naws_session_token = …\n/,
      );
      expect(stdout.match(/arn:aws:sts::111122223333:assumed-role\/Developer\/alice/g)).toHaveLength(3);
      expect(stdout).toContain('GetCallerIdentity with the profile dev');
      expect(stdout).toContain('GetCallerIdentity with the env vars');
      expect(await readdir(show.pictures)).toEqual([
        '1-identity-provider.png',
        '2-console.png',
        '3-popup-new-login.png',
        '4-popup-saved.png',
        '5-popup-second-login.png',
      ]);
      const [width] = await pngSize(join(show.pictures, '4-popup-saved.png'));
      // Firefox leaves out the width of the scroll bar.
      expect(width).toBeGreaterThan(2 * 380);
      expect(width).toBeLessThanOrEqual(2 * 400);
      await show.expectNothingLeft();
    },
  );

  it('says what is missing when there is no browser to start, and leaves nothing', async () => {
    const child = show.start({ PUPPETEER_EXECUTABLE_PATH: '/nowhere/chromium' });
    const [[status], stderr] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: No Chrome, Chromium or Edge found/m);
    await show.expectNothingLeft();
  });

  // Before the browser is there, while the host is being registered, and in the middle of the login.
  const moments = ['Typing the profile name', 'Starting the rehearsal', 'Registering the native host'];
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const line of moments.slice(0, tries(1, 3))) {
    for (const signal of signals.slice(0, tries(1, 2))) {
      it(`leaves nothing behind when ${signal} comes at “${line}”`, async () => {
        await show.interrupt(line, signal);
        await show.expectNothingLeft();
      });
    }
  }
});

describe('npm start, before anything is installed', () => {
  const startMjs = (...args: string[]) =>
    promisify(execFile)(process.execPath, [join(repository, 'scripts/start.mjs'), ...args]);

  it('tells what it does', async () => {
    const { stdout, stderr } = await startMjs('--help');
    expect(stdout).toContain('--headless');
    expect(stdout).toContain('npm start -- --broker');
    expect(stderr).toBe('');
  });

  it('refuses an option that it does not know', async () => {
    await expect(startMjs('--heedless')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--heedless'),
    });
  });

  it('has no show of the broker in Firefox', async () => {
    await expect(startMjs('--broker', '--browser', 'firefox')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no show of the broker in firefox.'),
    });
  });
});

async function pngSize(path: string): Promise<[width: number, height: number]> {
  const bytes = await readFile(path);
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}
