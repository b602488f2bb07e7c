import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { bundle } from '../../test/fixtures/bundle-host.ts';
import { frame, HostProcess, rawFrame } from '../../test/fixtures/host-process.ts';
import { chromiumExtensionId, firefoxExtensionId } from '../core/product.ts';
import { maxMessageBytes } from '../core/protocol/protocol.ts';
import { installRecordName } from './registration/install-record.ts';

let folder: string;
let hostFile: string;
let home: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
  hostFile = join(folder, 'native-host.cjs');
  await bundle(fileURLToPath(new URL('main.ts', import.meta.url)), hostFile);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  home = mkdtempSync(join(folder, 'home-'));
  rmSync(join(folder, installRecordName), { force: true });
});

const start = (options: { args?: string[]; env?: Record<string, string> } = {}) =>
  new HostProcess({ command: [process.execPath, hostFile], home, ...options });

/** Where the user's settings are, wherever the host itself is. */
const ownFolder = () => join(home, '.local/share/roleferry');

const hello = (id: string) => ({ version: 1, id, type: 'hello' });
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYSECRETKEY0';
const write = (id: string, name = 'dev') => ({
  version: 1,
  id,
  type: 'write-profiles',
  profiles: [
    {
      name,
      credentials: {
        accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
        secretAccessKey: secret,
        sessionToken: 'FwoGZXIvYXdzEXAMPLETOKEN==',
        expiration: '2030-01-01T00:00:00Z',
      },
      principalArn: 'arn:aws:sts::123456789012:assumed-role/Admin/ann',
    },
  ],
});
const credentials = () => readFileSync(join(home, '.aws', 'credentials'), 'utf8');

describe('the native host as a process', () => {
  it('never takes the current folder for the home, not even where HOME is empty', async () => {
    const host = start({ env: { HOME: '' } });
    await host.send(frame({ version: 1, id: '1', type: 'settings' }));
    const settings = {
      credentialsFile: expect.stringMatching(/^\//),
      configFile: expect.stringMatching(/^\//),
    };
    expect(await host.next()).toMatchObject({ ok: true, value: settings });
    await host.end();
  });

  it('removes a profile that it wrote, and nothing that is not its own', async () => {
    const host = start();
    const remove = (id: string, name: string) => frame({ version: 1, id, type: 'remove-profile', name });
    await host.send(frame(write('1')));
    await host.next();
    await host.send(remove('2', 'dev'));
    expect(await host.next()).toMatchObject({ id: '2', ok: true });
    expect(credentials()).not.toContain('dev');
    await host.send(remove('3', 'dev'));
    expect(await host.next()).toMatchObject({ failure: { code: 'profile-not-found' } });
    const mine = '[mine]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n';
    writeFileSync(join(home, '.aws', 'credentials'), mine);
    await host.send(remove('4', 'mine'));
    expect(await host.next()).toMatchObject({ failure: { code: 'profile-long-lived' } });
    expect(credentials()).toBe(mine);
    await host.end();
  });

  it('lets no profile change its account unless the user has said so', async () => {
    const host = start();
    const toAccount = (id: string, account: string, said: object = {}) => {
      const request = write(id);
      const [profile] = request.profiles;
      const principalArn = `arn:aws:sts::${account}:assumed-role/Admin/ann`;
      return frame({ ...request, profiles: [{ ...profile, principalArn, ...said }] });
    };
    await host.send(toAccount('1', '111122223333'));
    await host.next();
    const first = credentials();
    await host.send(toAccount('2', '444455556666'));
    expect(await host.next()).toMatchObject({
      value: { profiles: [{ ok: false, failure: { code: 'profile-other-account' } }] },
    });
    await host.send(toAccount('3', '444455556666', { replace: true }));
    expect(await host.next()).toMatchObject({ value: { profiles: [{ ok: false }] } });
    expect(credentials()).toBe(first);
    await host.send(toAccount('4', '444455556666', { takeOver: true }));
    expect(await host.next()).toMatchObject({ value: { profiles: [{ ok: true }] } });
    expect(credentials()).toContain('444455556666');
    await host.end();
  });

  it('writes the file that the installation names, unless its environment names another', async () => {
    const mine = join(home, 'mine');
    const record = { extensionIds: [], manifests: [], folders: [], credentialsFile: mine };
    mkdirSync(ownFolder(), { recursive: true });
    writeFileSync(join(ownFolder(), installRecordName), JSON.stringify(record));
    const byRecord = start();
    await byRecord.send(frame(write('1')));
    expect(await byRecord.next()).toMatchObject({ ok: true, value: { credentialsFile: mine } });
    expect(readFileSync(mine, 'utf8')).toContain('[dev]');
    await byRecord.end();
    const other = join(home, 'other');
    const byEnvironment = start({ env: { AWS_SHARED_CREDENTIALS_FILE: other } });
    await byEnvironment.send(frame(hello('2')));
    expect(await byEnvironment.next()).toMatchObject({ value: { credentialsFile: other } });
    await byEnvironment.end();
  });

  it('answers hello with its own version, and the files and the folder in the home of this person', async () => {
    const host = start();
    await host.send(frame(hello('1')));
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await host.next()).toEqual({
      version: 1,
      id: '1',
      ok: true,
      value: {
        hostVersion: version,
        credentialsFile: join(home, '.aws', 'credentials'),
        configFile: join(home, '.aws', 'config'),
        folder: ownFolder(),
        understands: ['source', 'on-demand', 'renamed', 'rights'],
      },
    });
    expect(await host.end()).toEqual({ code: 0, answers: [], strayBytes: 0 });
    expect(host.stderr).toBe('');
  });

  it('writes a profile, and says nothing secret anywhere', async () => {
    const host = start();
    await host.send(frame(write('w')));
    const answer = await host.next();
    expect(answer).toMatchObject({ id: 'w', ok: true, value: { profiles: [{ name: 'dev', ok: true }] } });
    expect(await host.end()).toMatchObject({ code: 0, strayBytes: 0 });
    expect(credentials()).toContain(secret);
    expect(JSON.stringify(answer) + host.stderr).not.toContain(secret);
  });

  it('ends a wait for tools as soon as another request comes, and listens to nobody after its end', async () => {
    const host = start();
    await host.send(frame({ version: 1, id: 'wait', type: 'wait-for-tools', seconds: 25 }));
    await host.send(frame(hello('next')));
    expect(await host.next()).toMatchObject({ id: 'wait', ok: true, value: { wanted: [], recent: [] } });
    expect(await host.next()).toMatchObject({ id: 'next', ok: true });
    await host.send(frame({ version: 1, id: 'wait', type: 'wait-for-tools', seconds: 25 }));
    const place = join(ownFolder(), 'cache', 'on-demand');
    await expect.poll(() => readdirSync(place)).toHaveLength(1);
    expect(await host.end()).toMatchObject({ code: 0, answers: [{ id: 'wait', ok: true }] });
    expect(readdirSync(place)).toEqual([]);
  });

  it('understands a message that comes byte by byte', async () => {
    const host = start();
    for (const byte of frame(hello('slow'))) await host.send(Uint8Array.of(byte));
    expect(await host.next()).toMatchObject({ id: 'slow', ok: true });
    expect(await host.end()).toMatchObject({ code: 0 });
  });

  it('answers messages that come all at once in their order', async () => {
    const host = start();
    const ids = ['a', 'b', 'c', 'd'];
    await host.send(
      Buffer.concat([...ids.map((id) => frame(write(id, `profile-${id}`))), frame(hello('e'))]),
    );
    for (const id of [...ids, 'e']) expect(await host.next()).toMatchObject({ id, ok: true });
    expect(await host.end()).toEqual({ code: 0, answers: [], strayBytes: 0 });
    for (const id of ids) expect(credentials()).toContain(`[profile-${id}]`);
  });

  it('answers a flood of messages, each once and in order', async () => {
    const host = start();
    const ids = Array.from({ length: 500 }, (_, index) => `flood-${index}`);
    await host.send(Buffer.concat(ids.map((id) => frame(hello(id)))));
    for (const id of ids) expect(await host.next()).toMatchObject({ id, ok: true });
    expect(await host.end()).toEqual({ code: 0, answers: [], strayBytes: 0 });
  });

  it('goes on after nothing, after what is not JSON and after what is too large', async () => {
    const host = start();
    await host.send(rawFrame(Buffer.alloc(0)));
    expect(await host.next()).toMatchObject({ id: '', failure: { code: 'message-invalid' } });
    await host.send(rawFrame(Buffer.from(`{"${secret}`)));
    const notJson = await host.next();
    expect(notJson).toMatchObject({ id: '', failure: { code: 'message-invalid' } });
    expect(JSON.stringify(notJson)).not.toContain(secret);
    await host.send(rawFrame(Buffer.alloc(maxMessageBytes + 1, 'x')));
    expect(await host.next()).toMatchObject({ id: '', failure: { code: 'message-too-large' } });
    await host.send(frame(hello('still here')));
    expect(await host.next()).toMatchObject({ failure: { code: 'message-invalid' } });
    await host.send(frame(hello('still-here')));
    expect(await host.next()).toMatchObject({ id: 'still-here', ok: true });
    expect(await host.end()).toEqual({ code: 0, answers: [], strayBytes: 0 });
    expect(host.stderr).toBe('');
  });

  it('refuses 4 GiB when it has read their length, and holds none of them', async () => {
    const host = start();
    await host.send(rawFrame(Buffer.alloc(0), 0xffff_ffff));
    expect(await host.next()).toMatchObject({ failure: { code: 'message-too-large' } });
    expect(await host.end()).toMatchObject({ code: 0 });
  });

  it('exits with 0 and without a word when stdin is closed at once', async () => {
    const host = start();
    expect(await host.end()).toEqual({ code: 0, answers: [], strayBytes: 0 });
    expect(host.stderr).toBe('');
  });

  it('exits with 0 and writes nothing when the browser goes away in the middle of a message', async () => {
    const host = start();
    const whole = frame(write('w'));
    await host.send(whole.subarray(0, whole.length - 1));
    expect(await host.end()).toEqual({ code: 0, answers: [], strayBytes: 0 });
    expect(credentials).toThrow();
    expect(host.stderr).toBe('');
  });

  it('finishes writing, quietly, for a browser that does not listen to the answer', async () => {
    const host = start();
    host.hangUp();
    await host.send(frame(write('w')));
    await vi.waitUntil(() => existsSync(join(home, '.aws', 'credentials')), { timeout: 10_000, interval: 5 });
    expect(await host.end()).toMatchObject({ code: 0 });
    expect(credentials()).toContain('[dev]');
    expect(host.stderr).toBe('');
  });

  it('begins no write for a browser that is gone by then, and still answers', async () => {
    const host = start();
    const requests = [
      write('w'),
      { version: 1, id: 'r', type: 'remove-profile', name: 'dev' },
      { version: 1, id: 's', type: 'settings', credentialsFile: join(home, 'elsewhere') },
    ];
    const all = Buffer.concat([...requests, hello('h')].map(frame));
    const { code, answers, strayBytes } = await host.end(all);
    expect({ code, strayBytes }).toEqual({ code: 0, strayBytes: 0 });
    const gone = { ok: false, failure: { code: 'host-gone' } };
    expect(answers).toMatchObject([
      { id: 'w', ...gone },
      { id: 'r', ...gone },
      { id: 's', ...gone },
      { id: 'h', ok: true },
    ]);
    expect(credentials).toThrow();
    expect(existsSync(ownFolder())).toBe(false);
  });

  it('in a folder that only an administrator can change, keeps the settings and credentials of each person in theirs', async () => {
    const before = readdirSync(folder).filter((name) => !name.startsWith('home-'));
    const host = start();
    const signInLinks = [{ profile: 'dev', url: 'https://idp.example/aws' }];
    await host.send(frame({ version: 1, id: '1', type: 'settings', signInLinks }));
    expect(await host.next()).toMatchObject({ ok: true, value: { signInLinks } });
    mkdirSync(join(home, '.aws'));
    const command = `${ownFolder()}/roleferry credential-process --profile dev`;
    writeFileSync(join(home, '.aws/config'), `[profile dev]\ncredential_process = ${command}\n`);
    await host.send(frame(write('2')));
    expect(await host.next()).toMatchObject({ ok: true, value: { profiles: [{ ok: true }] } });
    await host.end();
    expect(credentials).toThrow();
    expect(readdirSync(join(ownFolder(), 'cache'))).toHaveLength(1);
    expect(readdirSync(folder).filter((name) => !name.startsWith('home-'))).toEqual(before);
  });

  it('whoever may call it is said beside the program alone, not in the settings of a person', async () => {
    mkdirSync(ownFolder(), { recursive: true });
    const stranger = 'a'.repeat(32);
    const record = { extensionIds: [stranger], manifests: [], folders: [] };
    writeFileSync(join(ownFolder(), installRecordName), JSON.stringify(record));
    const host = start({ args: [`chrome-extension://${stranger}/`] });
    await host.send(frame(hello('1')));
    expect(await host.next()).toMatchObject({ ok: false, failure: { code: 'origin-not-allowed' } });
    await host.end();
  });

  it('keeps settings for the next start, and works by them at once', async () => {
    const host = start();
    mkdirSync(join(home, 'work'));
    const file = join(home, 'work', 'aws');
    const signInLinks = [{ profile: 'dev', url: 'https://idp.example/aws?app=1' }];
    await host.send(frame({ version: 1, id: '1', type: 'settings', credentialsFile: file, signInLinks }));
    const value = {
      credentialsFile: file,
      configFile: join(home, '.aws', 'config'),
      fixedByEnvironment: false,
      signInLinks,
    };
    expect(await host.next()).toMatchObject({ id: '1', ok: true, value });
    await host.send(frame(write('2')));
    expect(await host.next()).toMatchObject({ ok: true, value: { credentialsFile: file } });
    expect(readFileSync(file, 'utf8')).toContain('[dev]');
    await host.end();
    const next = start({ env: { AWS_SHARED_CREDENTIALS_FILE: join(home, 'other') } });
    await next.send(frame({ version: 1, id: '3', type: 'settings' }));
    expect(await next.next()).toMatchObject({
      value: { credentialsFile: join(home, 'other'), fixedByEnvironment: true, signInLinks },
    });
    await next.end();
    expect(statSync(join(ownFolder(), installRecordName)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['another extension', [`chrome-extension://${'a'.repeat(32)}/`]],
    ['nobody in particular', []],
  ])('tells %s once that it is not served, does nothing and exits', async (_, args) => {
    const host = start({ args });
    await host.send(Buffer.concat([frame(write('w')), frame(hello('h'))]));
    expect(await host.next()).toMatchObject({ id: 'w', ok: false, failure: { code: 'origin-not-allowed' } });
    expect(await host.end()).toEqual({ code: 1, answers: [], strayBytes: 0 });
    expect(credentials).toThrow();
  });

  it('serves the extension in Firefox, and one that was allowed when the host was installed', async () => {
    const record = { extensionIds: ['mine@example.org'], manifests: [], folders: [] };
    writeFileSync(join(folder, installRecordName), JSON.stringify(record));
    for (const id of [firefoxExtensionId, 'mine@example.org']) {
      const host = start({ args: ['/somewhere/roleferry.json', id] });
      await host.send(frame(hello('1')));
      expect(await host.next()).toMatchObject({ ok: true });
      await host.end();
    }
  });

  it('serves a company’s own build alone where the record beside it switches the product’s ids off', async () => {
    const own = 'abcdefghijklmnopabcdefghijklmnop';
    const record = { extensionIds: [own], builtInIds: false, manifests: [], folders: [] };
    writeFileSync(join(folder, installRecordName), JSON.stringify(record));
    const ask = async (id: string) => {
      const host = start({ args: [`chrome-extension://${id}/`] });
      await host.send(frame(hello('1')));
      const answer = await host.next();
      await host.end();
      return answer;
    };
    expect(await ask(chromiumExtensionId)).toMatchObject({ failure: { code: 'origin-not-allowed' } });
    expect(await ask(own)).toMatchObject({ ok: true });
    writeFileSync(join(folder, installRecordName), JSON.stringify(record).slice(0, -1));
    for (const id of [chromiumExtensionId, own]) {
      expect(await ask(id)).toMatchObject({ ok: false, failure: { code: 'install-record-damaged' } });
    }
  });

  it('keeps what is printed by accident out of the frames', async () => {
    const noisy = join(home, 'noisy.cjs');
    const print = "console.log('hi'); process.emitWarning('careful');";
    const once = "process.on('newListener', (name) => { if (name === 'uncaughtException') {";
    writeFileSync(noisy, `${once} ${print} } });`);
    const host = start({ env: { NODE_OPTIONS: `--require ${noisy}` } });
    await host.send(frame(hello('1')));
    expect(await host.next()).toMatchObject({ id: '1', ok: true });
    expect(await host.end()).toMatchObject({ code: 0, strayBytes: 0 });
    expect(host.stderr).toContain('hi');
  });

  it('does not run with the rights of another user', async () => {
    const setuid = join(home, 'setuid.cjs');
    writeFileSync(setuid, 'process.geteuid = () => process.getuid() + 1;');
    const host = start({ env: { NODE_OPTIONS: `--require ${setuid}` } });
    await host.send(frame(write('w')));
    expect(await host.end()).toEqual({ code: 1, answers: [], strayBytes: 0 });
    expect(host.stderr).toBe('roleferry host: it must not run with the rights of another user\n');
    expect(credentials).toThrow();
  });

  it('answers with a failure when the file cannot be read', async () => {
    mkdirSync(join(home, '.aws', 'credentials'), { recursive: true });
    const host = start();
    await host.send(frame({ version: 1, id: 'l', type: 'list-profiles' }));
    expect(await host.next()).toMatchObject({ id: 'l', ok: false, failure: { hint: expect.any(String) } });
    expect(await host.end()).toMatchObject({ code: 0 });
  });
});
