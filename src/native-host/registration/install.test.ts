import {
  chmodSync,
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
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { said, saying } from '../../../test/fixtures/said.ts';
import { chromiumExtensionId, firefoxExtensionId } from '../../core/product.ts';
import { browsers } from './browsers/browsers.ts';
import { type InstallOptions, install } from './install.ts';
import { uninstall } from './uninstall.ts';

const mine = 'abcdefghijklmnopabcdefghijklmnop';
let home: string;
let hostFile: string;
let options: InstallOptions;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
  home = join(folder, 'home');
  hostFile = join(folder, 'native-host.cjs');
  mkdirSync(home);
  writeFileSync(hostFile, '// the host\n');
  writeFileSync(join(folder, 'credential-process.cjs'), '// what AWS tools run\n');
  for (const kind of ['chromium', 'firefox']) {
    mkdirSync(join(folder, 'extensions', kind), { recursive: true });
    writeFileSync(join(folder, 'extensions', kind, 'manifest.json'), '{}');
  }
  options = {
    surroundings: { platform: 'linux', env: {}, home },
    nodePath: '/opt/node/bin/node',
    hostFile,
    extensionsFolder: join(folder, 'extensions'),
    extensionIds: [],
  };
});
afterEach(() => rmSync(dirname(home), { recursive: true }));

const has = (path: string) => mkdirSync(join(home, path), { recursive: true });
const read = (path: string) => readFileSync(join(home, path), 'utf8');
const everything = () => readdirSync(home, { recursive: true }).map(String).sort();
const chromiumManifest = '.config/chromium/NativeMessagingHosts/roleferry.json';
const firefoxManifest = '.mozilla/native-messaging-hosts/roleferry.json';

describe('install', () => {
  it('remembers which credentials file is to be written until it is told otherwise', async () => {
    has('.config/chromium');
    const record = () => JSON.parse(read('.local/share/roleferry/host.json'));
    await install({ ...options, credentialsFile: '/work/aws' });
    await install(options);
    expect(record().credentialsFile).toBe('/work/aws');
    await install({ ...options, credentialsFile: '' });
    expect(record().credentialsFile).toBeUndefined();
  });

  it('registers the host with every browser that is there, and with no other', async () => {
    has('.config/chromium');
    has('.mozilla/firefox');
    const result = await install(options);
    expect(result).toMatchObject({ ok: true });
    expect(everything().filter((path) => /\.\w+$/.test(path) && statSync(join(home, path)).isFile())).toEqual(
      [
        chromiumManifest,
        '.local/share/roleferry/credential-process.cjs',
        '.local/share/roleferry/extension/chromium/manifest.json',
        '.local/share/roleferry/extension/firefox/manifest.json',
        '.local/share/roleferry/host.json',
        '.local/share/roleferry/native-host.cjs',
        firefoxManifest,
      ],
    );
    expect(JSON.parse(read(chromiumManifest)).allowed_origins).toEqual([
      `chrome-extension://${chromiumExtensionId}/`,
    ]);
    expect(JSON.parse(read(firefoxManifest)).allowed_extensions).toEqual([firefoxExtensionId]);
    const wrapper = JSON.parse(read(chromiumManifest)).path;
    expect(statSync(wrapper).mode & 0o777).toBe(0o755);
    expect(statSync(dirname(wrapper)).mode & 0o777).toBe(0o700);
    expect(read('.local/share/roleferry/native-host.cjs')).toBe('// the host\n');
  });

  it('tells each file it wrote and for which browser, and that a second time nothing had to change', async () => {
    has('.config/chromium');
    const first = await install(options);
    expect(first.ok && first.value.map(({ browser, change }) => [browser, change])).toEqual([
      [undefined, 'written'],
      [undefined, 'written'],
      [undefined, 'written'],
      [undefined, 'written'],
      [undefined, 'written'],
      ['Chromium', 'written'],
      ['Chromium', 'written'],
    ]);
    const second = await install(options);
    expect(second.ok && second.value.every(({ change }) => change === 'up to date')).toBe(true);
  });

  it('mends what was changed since', async () => {
    has('.config/chromium');
    await install(options);
    writeFileSync(join(home, chromiumManifest), '{');
    chmodSync(join(home, '.local/share/roleferry/roleferry-host'), 0o644);
    const again = await install(options);
    expect(again.ok && again.value.map(({ change }) => change)).toEqual([
      'up to date',
      'up to date',
      'written',
      'up to date',
      'up to date',
      'up to date',
      'written',
    ]);
  });

  it('puts the extension of a newer version in the place of the older, whole', async () => {
    has('.config/chromium');
    const built = join(options.extensionsFolder, 'chromium');
    const placed = join(home, '.local/share/roleferry/extension/chromium');
    writeFileSync(join(built, 'old.js'), 'old');
    await install(options);
    rmSync(join(built, 'old.js'));
    writeFileSync(join(built, 'new.js'), 'new');
    const updated = await install(options);
    expect(updated.ok && updated.value.find(({ extension }) => extension)).toEqual({
      browser: 'Chromium',
      extension: 'chromium',
      target: placed,
      change: 'written',
    });
    expect(readdirSync(placed).sort()).toEqual(['manifest.json', 'new.js']);
    expect(existsSync(join(home, '.local/share/roleferry/extension/firefox'))).toBe(false);
  });

  it.each(['install', 'uninstall'])('leaves no program of an earlier version behind: %s', async (command) => {
    has('.config/chromium');
    await install(options);
    const now = everything();
    for (const name of ['native-host.mjs', 'credential-process.mjs']) {
      writeFileSync(join(home, '.local/share/roleferry', name), '// as it was called');
    }
    await (command === 'install' ? install : uninstall)(options);
    expect(everything()).toEqual(command === 'install' ? now : ['.config', '.config/chromium']);
  });

  it('registers the host all the same where no extension was built', async () => {
    has('.config/chromium');
    rmSync(options.extensionsFolder, { recursive: true });
    expect(await install(options)).toMatchObject({ ok: true });
    expect(existsSync(join(home, '.local/share/roleferry/extension'))).toBe(false);
  });

  it('says that a browser in a sandbox cannot be served when there is no other, and writes nothing', async () => {
    has('.var/app/org.chromium.Chromium');
    const before = everything();
    expect(await install(options)).toMatchObject({
      failure: saying('browser-sandboxed', 'Flatpak'),
    });
    expect(everything()).toEqual(before);
  });

  it('leads from WSL to Windows when there is no browser in WSL', async () => {
    const surroundings = { ...options.surroundings, env: { WSL_DISTRO_NAME: 'Ubuntu' } };
    expect(await install({ ...options, surroundings })).toMatchObject({
      failure: saying('browser-in-windows', 'install --wsl Ubuntu'),
    });
  });

  it('registers with a browser that is named though there is no trace of it', async () => {
    const firefox = browsers.find(({ id }) => id === 'firefox');
    expect(await install({ ...options, browser: firefox })).toMatchObject({ ok: true });
    expect(existsSync(join(home, firefoxManifest))).toBe(true);
  });

  it('registers in a user data folder that does not exist yet', async () => {
    expect(await install({ ...options, userDataDir: join(home, 'data') })).toMatchObject({ ok: true });
    expect(existsSync(join(home, 'data/NativeMessagingHosts/roleferry.json'))).toBe(true);
  });

  it('lets in an extension that is named, and still does so after a later installation without', async () => {
    has('.config/chromium');
    await install({ ...options, extensionIds: [mine, 'mine@example.org'] });
    await install(options);
    expect(JSON.parse(read(chromiumManifest)).allowed_origins).toContain(`chrome-extension://${mine}/`);
    expect(JSON.parse(read('.local/share/roleferry/host.json')).extensionIds).toEqual([
      mine,
      'mine@example.org',
    ]);
  });

  it('refuses what is no extension id, and writes nothing', async () => {
    has('.config/chromium');
    const before = everything();
    const result = await install({ ...options, extensionIds: ['*'] });
    expect(result).toMatchObject({ failure: { code: 'extension-id-invalid' } });
    expect(everything()).toEqual(before);
  });

  it('says what it looked for when there is no browser, and writes nothing', async () => {
    const result = await install(options);
    expect(result).toMatchObject({
      failure: saying('browser-not-found', 'Chrome, Chrome Beta'),
    });
    expect(said(result)).not.toContain('Arc');
    expect(everything()).toEqual([]);
  });

  it('says so when the host was not built, and writes nothing', async () => {
    has('.config/chromium');
    rmSync(hostFile);
    expect(await install(options)).toMatchObject({ failure: { code: 'host-file-missing' } });
    expect(existsSync(join(home, '.local'))).toBe(false);
  });

  it('says which file is in the way, and uninstall then clears up what was begun', async () => {
    has('.config/chromium');
    writeFileSync(join(home, '.config/chromium/NativeMessagingHosts'), 'a file');
    const before = everything();
    const result = await install(options);
    expect(result).toMatchObject({ failure: { code: 'file-not-writable' } });
    expect(said(result)).toContain(join(home, chromiumManifest));
    await uninstall(options);
    expect(everything()).toEqual(before);
  });
});

describe('uninstall', () => {
  it('leaves everything as it was before install', async () => {
    has('.config/chromium/Default');
    has('.config/google-chrome/NativeMessagingHosts');
    has('.mozilla/firefox');
    writeFileSync(join(home, '.config/google-chrome/NativeMessagingHosts/other.json'), '{"name":"other"}');
    const before = everything();
    await install(options);
    await install({ ...options, userDataDir: join(home, 'deep/data') });
    const result = await uninstall(options);
    expect(result.ok && result.value).toContain(join(home, chromiumManifest));
    expect(everything()).toEqual(before);
  });

  it('has nothing to do a second time', async () => {
    has('.config/chromium');
    await install(options);
    await uninstall(options);
    expect(await uninstall(options)).toEqual({ ok: true, value: [] });
  });

  it('keeps the host while another registration needs it', async () => {
    has('.config/chromium');
    await install(options);
    const userDataDir = join(home, 'data');
    await install({ ...options, userDataDir });
    await uninstall({ ...options, userDataDir });
    expect(existsSync(userDataDir)).toBe(false);
    expect(existsSync(join(home, '.local/share/roleferry/native-host.cjs'))).toBe(true);
    expect(existsSync(join(home, chromiumManifest))).toBe(true);
    await uninstall(options);
    expect(everything()).toEqual(['.config', '.config/chromium']);
  });

  it('finds the manifests though the record was lost', async () => {
    has('.config/chromium');
    await install(options);
    rmSync(join(home, '.local'), { recursive: true });
    await uninstall(options);
    expect(existsSync(join(home, chromiumManifest))).toBe(false);
  });

  it.each(['{"name":"other"}', 'not JSON', 'null'])('leaves a manifest alone that says %s', async (text) => {
    has('.config/chromium/NativeMessagingHosts');
    writeFileSync(join(home, chromiumManifest), text);
    expect(await uninstall(options)).toEqual({ ok: true, value: [] });
    expect(read(chromiumManifest)).toBe(text);
  });

  it('keeps what someone else put beside the host', async () => {
    has('.config/chromium');
    await install(options);
    writeFileSync(join(home, '.local/share/roleferry/notes.txt'), 'mine');
    await uninstall(options);
    expect(readdirSync(join(home, '.local/share/roleferry'))).toEqual(['notes.txt']);
  });
});
