import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { chromiumExtensionId } from '../../src/core/product.ts';
import { FrameDecoder } from '../../src/native-host/framing.ts';
import { frame } from '../fixtures/host-process.ts';
import { needs } from '../needs.ts';
import { type Started, Windows } from './wine.ts';

const { missing } = needs('wine');
const others = '# mine\r\n[mine]\r\nregion = x\r\n';

const writing = (name: string) => ({
  version: 1,
  id: name,
  type: 'write-profiles',
  profiles: [
    {
      name,
      credentials: {
        accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
        secretAccessKey: 'secretsecretsecretsecretsecretsecretsecr',
        sessionToken: 'tokentokentoken',
        expiration: '2099-01-01T00:00:00Z',
      },
      principalArn: 'arn:aws:sts::111122223333:assumed-role/Developer/jo',
    },
  ],
});

describe.skipIf(missing)('the credentials file on Windows', () => {
  let windows: Windows;
  /** The folder of the file of this test, and the file. */
  let folder: string;
  let file: string;
  beforeAll(async () => {
    windows = await Windows.open();
    symlinkSync(mkdtempSync(join(windows.drive, '..', 'drive_d-')), join(windows.drive, '../dosdevices/d:'));
  });
  afterAll(() => windows.close());
  beforeEach(() => {
    folder = mkdtempSync(join(windows.home, 'aws-'));
    file = join(folder, 'credentials');
    writeFileSync(file, others);
  });

  const host = () => [windows.product('native-host.cjs'), `chrome-extension://${chromiumExtensionId}/`];
  const placesOf = (path: string) => ({
    AWS_SHARED_CREDENTIALS_FILE: path,
    AWS_CONFIG_FILE: `${path}-config`,
  });
  /** A host that the extension asks these things, one after the other. `path`: its credentials file. */
  const start = (requests: unknown[], path = windows.windows(file)): Started =>
    windows.start(windows.node, host(), {
      input: Buffer.concat(requests.map(frame)),
      env: placesOf(path),
      encoding: 'latin1',
    });
  const answersOf = async (started: Started) => {
    const { status, stdout, stderr } = await started.ended;
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return new FrameDecoder().push(Buffer.from(stdout, 'latin1')).map((part) => {
      if (part.kind !== 'message') throw new Error(part.kind);
      return JSON.parse(Buffer.from(part.bytes).toString('utf8'));
    });
  };
  const write = async (name: string, path?: string) => (await answersOf(start([writing(name)], path)))[0];
  const written = { ok: true, value: { profiles: [{ ok: true }] } };
  const content = () => readFileSync(file, 'utf8');

  /** A program that holds the file open, and how to end it. */
  const hold = async () => {
    const letGo = join(windows.home, 'let-go');
    rmSync(letGo, { force: true });
    const script = windows.windows(fileURLToPath(new URL('hold-open.cjs', import.meta.url)));
    const holder = windows.start(windows.node, [script, windows.windows(file), windows.windows(letGo)]);
    await vi.waitFor(() => expect(holder.said().stdout).toContain('holding'), 30_000);
    return async () => {
      writeFileSync(letGo, '');
      await holder.ended;
    };
  };
  /** The writer has its new file ready, and tries to put it in place. */
  const isTrying = () => vi.waitFor(() => expect(readdirSync(folder).join()).toMatch(/\.tmp\b/), 30_000);

  it('keeps its line endings and every other line', async () => {
    expect(await write('dev')).toMatchObject(written);
    expect(content().startsWith(others)).toBe(true);
    expect(content().replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(content()).toContain('\r\n[dev]\r\naws_access_key_id = ASIAEXAMPLEEXAMPLE12\r\n');
    expect(readdirSync(folder)).toEqual(['credentials']);
  });

  it('is replaced once a reader that holds it open lets go', async () => {
    const letGo = await hold();
    const writer = start([writing('dev')]);
    await isTrying();
    expect(content()).toBe(others);
    await letGo();
    expect((await answersOf(writer))[0]).toMatchObject(written);
    expect(content()).toContain('[dev]\r\n');
    expect(readdirSync(folder)).toEqual(['credentials']);
  });

  it('stays as it is where a reader never lets go, and the user is told', async () => {
    const letGo = await hold();
    expect(await write('dev')).toMatchObject({ ok: false, failure: { code: 'file-not-writable' } });
    expect(content()).toBe(others);
    expect(readdirSync(folder)).toEqual(['credentials']);
    await letGo();
  });

  it('is whole after a writer was killed, and the next one writes at once', async () => {
    const letGo = await hold();
    const writer = start([writing('dev')]);
    await isTrying();
    writer.child.kill('SIGKILL');
    await writer.ended;
    await letGo();
    expect(content()).toBe(others);
    expect(await write('next')).toMatchObject(written);
    expect(content()).toContain('[next]\r\n');
    expect(readdirSync(folder)).toEqual(['credentials']);
  });

  it('has what sixteen writers wrote at once, and every other line', async () => {
    const names = Array.from({ length: 16 }, (_, index) => `writer-${index}`);
    const script = windows.windows(fileURLToPath(new URL('write-at-once.cjs', import.meta.url)));
    const { stdout, stderr } = await windows.run(windows.node, [script, ...host()], {
      input: names.map((name) => JSON.stringify(writing(name))).join('\n'),
      env: placesOf(windows.windows(file)),
    });
    expect(stderr).toBe('');
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers).toMatchObject(names.map(() => written));
    expect(content().startsWith(others)).toBe(true);
    const sections = [...content().matchAll(/^\[(writer-.*)\]\r$/gm)].map(([, name]) => name);
    expect(sections.sort()).toEqual(names.sort());
    expect(readdirSync(folder)).toEqual(['credentials']);
  });

  it('is not changed where it is read-only, and the user is told', async () => {
    chmodSync(file, 0o444);
    const failure = { code: 'file-not-writable', params: { reason: 'read-only' } };
    expect(await write('dev')).toMatchObject({ ok: false, failure });
    expect(content()).toBe(others);
    expect(readdirSync(folder)).toEqual(['credentials']);
  });

  it('may have a path of more than 260 characters', async () => {
    const deep = join(folder, ...Array.from({ length: 6 }, (_, index) => `${index}`.repeat(50)));
    mkdirSync(deep, { recursive: true });
    expect(windows.windows(deep).length).toBeGreaterThan(300);
    expect(await write('dev', windows.windows(join(deep, 'credentials')))).toMatchObject(written);
    expect(readFileSync(join(deep, 'credentials'), 'utf8')).toContain('[dev]\n');
    expect(readdirSync(deep)).toEqual(['credentials']);
  });

  it('may be on another drive', async () => {
    expect(await write('dev', 'D:\\aws files\\credentials')).toMatchObject(written);
    expect(existsSync(join(windows.drive, '../dosdevices/d:/aws files/credentials'))).toBe(true);
  });

  it('may be in a home of Linux, which Windows reaches by a path of its own kind', async () => {
    expect(await write('dev', `\\\\?\\unix${file.replaceAll('/', '\\')}`)).toMatchObject(written);
    expect(content()).toContain('[dev]\r\n');
    expect(readdirSync(folder)).toEqual(['credentials']);
  });

  it.each(['\\\\wsl$\\Debian\\home\\jo\\.aws\\credentials', '\\\\server\\share\\credentials'])(
    'is never one that the extension chooses as %s',
    async (credentialsFile) => {
      const [answer] = await answersOf(start([{ version: 1, id: 'a', type: 'settings', credentialsFile }]));
      expect(answer).toMatchObject({ ok: false, failure: { code: 'credentials-file-refused' } });
    },
  );
});
