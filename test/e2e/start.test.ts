import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const missing = needs('chromium').missing || needs('certutil').missing;
const browsers = ['chromium', ...(needs('firefox').missing ? [] : ['firefox'])];

describe.skipIf(missing)('npm start', () => {
  let scratch: string;
  let pictures: string;

  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'start-'));
    pictures = await mkdtemp(join(tmpdir(), 'pictures-'));
  });

  afterEach(async () => {
    await rm(scratch, { recursive: true });
    await rm(pictures, { recursive: true });
  });

  function start(variables: Record<string, string> = {}, ...more: string[]) {
    const shown = ['--headless', '--screenshots', pictures, ...more];
    const args = ['--import', 'tsx', 'test/rehearsal/start.ts', ...shown];
    const env = { ...process.env, TMPDIR: scratch, TSX_DISABLE_CACHE: '1', ...variables };
    return spawn(process.execPath, args, { cwd: repository, env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  async function expectNothingLeft() {
    expect(await processesAbout(scratch)).toEqual([]);
    expect(await readdir(scratch)).toEqual([]);
  }

  it.each(browsers)(
    'shows the main job in %s without a display, proves it, and leaves pictures and nothing else',
    async (browser) => {
      const child = start({}, '--browser', browser);
      const [[status], stdout, stderr] = await Promise.all([
        once(child, 'exit'),
        text(child.stdout),
        text(child.stderr),
      ]);
      expect(status, stderr).toBe(0);
      expect(stdout).toMatch(
        /\[dev\]\naws_access_key_id = ASIA…\naws_secret_access_key = .{4}…\naws_session_token = .{4}…\n/,
      );
      expect(stdout.match(/arn:aws:sts::111122223333:assumed-role\/Developer\/alice/g)).toHaveLength(3);
      expect(stdout).toContain('GetCallerIdentity with the profile dev');
      expect(stdout).toContain('GetCallerIdentity with the env vars');
      expect(await readdir(pictures)).toEqual([
        '1-identity-provider.png',
        '2-console.png',
        '3-popup-new-login.png',
        '4-popup-saved.png',
        '5-popup-second-login.png',
      ]);
      const [width] = await pngSize(join(pictures, '4-popup-saved.png'));
      // Firefox leaves out the width of the scroll bar.
      expect(width).toBeGreaterThan(2 * 380);
      expect(width).toBeLessThanOrEqual(2 * 400);
      await expectNothingLeft();
    },
  );

  it('says what is missing when there is no browser to start, and leaves nothing', async () => {
    const child = start({ PUPPETEER_EXECUTABLE_PATH: '/nowhere/chromium' });
    const [[status], stderr] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: No Chrome, Chromium or Edge found/m);
    await expectNothingLeft();
  });

  // Before the browser is there, while the host is being registered, and in the middle of the login.
  for (const line of ['Starting the rehearsal', 'Registering the native host', 'Typing the profile name']) {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      it(`leaves nothing behind when ${signal} comes at “${line}”`, async () => {
        const child = start();
        let said = '';
        child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
          const before = said;
          said += chunk;
          // Twice, as Ctrl-C arrives through npm.
          if (!said.includes(line) || before.includes(line)) return;
          child.kill(signal);
          child.kill(signal);
        });
        // Its last words may come after its end.
        const [[status], stdout] = await Promise.all([once(child, 'close'), text(child.stdout)]);
        expect(status, said).toBe(130);
        expect(said).toContain('Ending');
        expect(said).not.toContain('error:');
        expect(stdout).toBe('');
        await expectNothingLeft();
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
    expect(stderr).toBe('');
  });

  it('refuses an option that it does not know', async () => {
    await expect(startMjs('--heedless')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--heedless'),
    });
  });
});

/** The command lines of the processes that know the folder, by their arguments or their environment. */
async function processesAbout(folder: string): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const read = (id: string, file: string) => readFile(`/proc/${id}/${file}`, 'utf8').catch(() => '');
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const commands = await Promise.all(
    ids.map(async (id) => {
      const [command, environment] = await Promise.all([read(id, 'cmdline'), read(id, 'environ')]);
      return (command + environment).includes(folder) ? command.replaceAll('\0', ' ') : undefined;
    }),
  );
  return commands.filter((command) => command !== undefined);
}

async function pngSize(path: string): Promise<[width: number, height: number]> {
  const bytes = await readFile(path);
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}
