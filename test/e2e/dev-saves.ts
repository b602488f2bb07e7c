import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sources } from '../fixtures/sources.ts';
import { needs } from '../needs.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const missing = needs('chromium').missing || needs('certutil').missing;

/** That `npm run dev` shows each save in this browser. */
export const seesEachSave = (browser: 'chromium' | 'firefox'): void => {
  describe.skipIf(missing)('npm run dev', { timeout: 240_000 }, () => savesIn(browser));
};

function savesIn(browser: string) {
  let scratch: string;
  let copy: string;
  let dev: ChildProcess;
  let said: string;
  let saidMore = () => {};

  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'dev-'));
    copy = join(scratch, 'roleferry');
    await copySources();
  });

  afterEach(async () => {
    // Before removing the folder in which it has files open.
    if (dev.exitCode === null) {
      dev.kill('SIGTERM');
      await once(dev, 'close');
    }
    await rm(scratch, { recursive: true });
  });

  /** A copy, so that no source of the repository is changed. */
  async function copySources() {
    for (const name of [...sources, 'package-lock.json', 'scripts', 'test'])
      await cp(join(repository, name), join(copy, name), { recursive: true });
    await symlink(join(repository, 'node_modules'), join(copy, 'node_modules'));
  }

  function startDev(browser: string) {
    const temporary = join(scratch, 'tmp');
    mkdirSync(temporary);
    dev = spawn(process.execPath, ['scripts/dev.mjs', '--headless', '--browser', browser], {
      cwd: copy,
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    said = '';
    dev.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      saidMore();
    });
    dev.on('exit', () => saidMore());
  }

  /** Waits until it has said this, and lets what was said so far be past. */
  async function says(words: RegExp): Promise<string> {
    for (;;) {
      const found = words.exec(said);
      if (found !== null) {
        said = said.slice(found.index + found[0].length);
        return found[0];
      }
      if (dev.exitCode !== null) throw new Error(`npm run dev said:\n${said}`);
      await new Promise<void>((resolve) => {
        saidMore = resolve;
      });
    }
  }

  const page = (name: string) => readFile(join(copy, `.cache/dev/${name}.txt`), 'utf8');

  async function save(file: string, from: string, to: string) {
    const path = join(copy, file);
    const text = await readFile(path, 'utf8');
    expect(text).toContain(from);
    await writeFile(path, text.replace(from, to));
  }

  async function installedHost(home: string): Promise<string> {
    const files = await readdir(home, { recursive: true });
    const host = files.find((file) => file.endsWith('native-host.cjs'));
    return readFile(join(home, host ?? ''), 'utf8');
  }

  it(`shows each save of a page, the background and the host in ${browser}, and keeps the login`, async () => {
    startDev(browser);
    const [, home = ''] = /home: (.*)/.exec(await says(/home: .*/)) ?? [];
    await says(/Ready/);
    expect(await page('popup')).toContain('Developer');

    await save('src/popup/header.tsx', '<h1>Roleferry</h1>', '<h1>Roleferry anew</h1>');
    await says(/Reloaded the pages/);
    expect(await page('popup')).toMatch(/Roleferry anew[\s\S]*Developer/);

    await save(
      '_locales/en/messages.json',
      '"message": "Roleferry options"',
      '"message": "What you can set"',
    );
    await says(/Reloaded the extension/);
    expect(await page('options')).toContain('What you can set');
    expect(await page('popup')).toContain('Developer');

    // The host is built of this, too.
    await save(
      'src/core/words/failures/english/profiles.ts',
      'This profile name cannot be used',
      'That profile name cannot be used',
    );
    await says(/Reloaded the native host and the extension/);
    expect(await installedHost(home)).toContain('That profile name cannot be used');
    expect(await page('popup')).toContain('Developer');

    await save('src/popup/header.tsx', '<h1>', '<h1');
    await says(/hint: Mend it and save again/);
    await save('src/popup/header.tsx', '<h1', '<h1>');
    await says(/Reloaded/);

    dev.kill('SIGINT');
    const [status] = await once(dev, 'close');
    expect(status).toBe(130);
    expect(await readdir(join(scratch, 'tmp'))).toEqual([]);
  });
}
