import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { protocolVersion } from '../../src/core/protocol/protocol.ts';
import { savedAs } from '../e2e/stage.ts';
import { bundle } from '../fixtures/bundle-host.ts';
import { frame, HostProcess } from '../fixtures/host-process.ts';
import { saying } from '../fixtures/said.ts';
import { needs } from '../needs.ts';
import { makeScratchHome, type ScratchHome } from '../rehearsal/scratch-home.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';
import { soon } from '../soon.ts';
import { type OpenBrowser, openChromium, prepareChromium } from './chromium-browser.ts';

const run = promisify(execFile);
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const dist = path('../../dist/');
const missing = needs('chromium').missing || needs('certutil').missing;

/** What was built of an early version: test/fixtures/build-af74bc4.md. */
const older = { archive: path('../fixtures/build-af74bc4.tar.gz'), folder: '', extension: '', host: '' };

beforeAll(async () => {
  older.folder = await mkdtemp(join(tmpdir(), 'roleferry-older-'));
  await run('tar', ['-xzf', older.archive, '-C', older.folder]);
  older.extension = join(older.folder, 'chromium');
  older.host = join(older.folder, 'native-host.mjs');
  return () => rm(older.folder, { recursive: true });
});

/** Has the wrapper start `host`. The early one is an ES module, which needs another name. */
async function putInPlace(host: string, installed: string): Promise<void> {
  if (host.endsWith('.cjs')) return copyFile(host, installed);
  await copyFile(host, installed.replace('.cjs', '.mjs'));
  await writeFile(installed, "import('./native-host.mjs');\n");
}

describe.skipIf(missing)('extension and host of different versions', () => {
  let rehearsal: Rehearsal;
  let home: ScratchHome;
  let browser: OpenBrowser | undefined;

  /** A browser with `extension`, in a home where today's host was installed and then `host` put in its place. */
  async function open(extension: string, host?: string): Promise<OpenBrowser> {
    rehearsal = await startRehearsal();
    home = await makeScratchHome(rehearsal.caCertificatePem);
    await prepareChromium(home);
    await run(process.execPath, [`${dist}node/roleferry.cjs`, 'install'], { env: home.env });
    if (host !== undefined) await putInPlace(host, join(home.path, '.local/share/roleferry/native-host.cjs'));
    browser = await openChromium(rehearsal, home, extension);
    return browser;
  }

  afterEach(async () => {
    await browser?.close();
    await home?.close();
    await rehearsal?.close();
  });

  const credentials = () => readFile(home.credentialsFile, 'utf8');

  it('work together when the host is an old one, and what it cannot do is said with which to update', async () => {
    const { logIn, openPopup } = await open(`${dist}chromium`, older.host);
    await logIn('alice');
    const popup = await openPopup();
    await savedAs(popup, 'dev');
    expect(await credentials()).toMatch(/^\[dev\]\naws_access_key_id = ASIA/);
    await popup.press('Forget everything now');
    await popup.reads('node dist/node/roleferry.cjs install');
    expect(await credentials()).toContain('[dev]');
  });

  it('work together when the extension is an old one', async () => {
    const { logIn, openPopup } = await open(older.extension);
    await logIn('alice');
    await savedAs(await openPopup(), 'dev');
    const first = await credentials();
    expect(first).toMatch(/^\[dev\]\naws_access_key_id = ASIA/);
    await logIn('alice');
    await expect.poll(credentials, soon).not.toBe(first);
  });

  it('say that the extension is to be updated when the host speaks a later protocol', async () => {
    const later = join(older.folder, 'later-host.cjs');
    // Today's host in all but this number: there is no host of a later protocol yet.
    await bundle(path('../../src/native-host/main.ts'), later, [
      {
        name: 'later-protocol',
        transform: (code, id) =>
          id.endsWith('/core/protocol/protocol.ts')
            ? code.replace(/protocolVersion = \d+/, 'protocolVersion = 99')
            : null,
      },
    ]);
    const { logIn, openPopup } = await open(`${dist}chromium`, later);
    await logIn('alice');
    const popup = await openPopup();
    await popup.reads('The extension is the older one. Update it in the browser.');
    await expect(credentials()).rejects.toThrow('ENOENT');
  });
});

describe('a host that is asked in a later protocol', () => {
  const ask = async (host: string) => {
    const process_ = new HostProcess({ command: [process.execPath, host], home: older.folder });
    await process_.send(frame({ version: protocolVersion + 1, id: '1', type: 'hello', newField: true }));
    const answer = await process_.next();
    await process_.end();
    return answer;
  };

  it('says that the host is to be updated', async () => {
    expect(await ask(`${dist}node/native-host.cjs`)).toMatchObject({
      id: '1',
      failure: saying('message-version', 'roleferry install'),
    });
  });

  it('says so even in the old one', async () => {
    expect(await ask(older.host)).toMatchObject({
      id: '1',
      failure: saying('message-version', 'npx roleferry@latest install'),
    });
  });
});
