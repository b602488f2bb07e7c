import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { saying } from '../../../../test/fixtures/said.ts';
import { type InstallOptions, install } from '../install.ts';
import { changeInstallRecord, readInstallRecord } from '../install-record.ts';
import { uninstall } from '../uninstall.ts';

// What install and uninstall write and delete, against links and files of the user in every such place.

let parent: string;
let home: string;
let thesis: string;
let options: InstallOptions;

const host = '.local/share/roleferry';
const manifests = '.config/chromium/NativeMessagingHosts';
const inHome = (path: string) => join(home, path);
const put = (file: string, content = 'mine') => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
};

/** Every file and link of the user's folder, with what is in it. */
const thesisNow = () =>
  readdirSync(thesis, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [file, readFileSync(file, 'utf8')]);

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'roleferry-'));
  home = join(parent, 'home');
  thesis = join(home, 'thesis');
  put(join(parent, 'native-host.cjs'), '// the host\n');
  put(join(parent, 'credential-process.cjs'), '// for AWS tools\n');
  put(join(parent, 'extensions/chromium/manifest.json'), '{}');
  put(join(parent, 'extensions/chromium/assets/a.js'), 'a');
  mkdirSync(inHome('.config/chromium'), { recursive: true });
  for (const name of ['chapter.tex', 'manifest.json', 'assets/a.js', 'cache/x.json', 'logins/y']) {
    put(join(thesis, name));
  }
  for (const name of [
    'roleferry.json',
    'native-host.cjs',
    'roleferry-host',
    'host.json',
    'chromium/manifest.json',
  ]) {
    put(join(thesis, name));
  }
  options = {
    surroundings: { platform: 'linux', env: {}, home },
    nodePath: '/opt/node/bin/node',
    hostFile: join(parent, 'native-host.cjs'),
    extensionsFolder: join(parent, 'extensions'),
    extensionIds: [],
  };
});
afterEach(() => rmSync(parent, { recursive: true }));

const link = (target: string, path: string) => {
  mkdirSync(dirname(inHome(path)), { recursive: true });
  rmSync(inHome(path), { recursive: true, force: true });
  symlinkSync(target, inHome(path));
};

const places: [place: string, target: () => string][] = [
  [host, () => thesis],
  [`${host}/extension`, () => thesis],
  [`${host}/extension/chromium`, () => thesis],
  [`${host}/extension/chromium/assets`, () => join(thesis, 'assets')],
  [`${host}/extension/chromium/manifest.json`, () => join(thesis, 'manifest.json')],
  [`${host}/native-host.cjs`, () => join(thesis, 'native-host.cjs')],
  [`${host}/roleferry-host`, () => join(thesis, 'roleferry-host')],
  [`${host}/host.json`, () => join(thesis, 'host.json')],
  [manifests, () => thesis],
  [`${manifests}/roleferry.json`, () => join(thesis, 'roleferry.json')],
  [`${host}/extension/chromium`, () => join(parent, 'nowhere')],
  [`${manifests}/roleferry.json`, () => join(parent, 'nowhere')],
];

describe('a link where install writes', () => {
  it.each(places)(
    '%s is named, and nothing is written, neither behind it nor elsewhere',
    async (place, target) => {
      link(target(), place);
      const before = thesisNow();
      const everything = readdirSync(home, { recursive: true }).sort();
      expect(await install(options)).toMatchObject({
        failure: saying('place-is-link', inHome(place)),
      });
      expect(thesisNow()).toEqual(before);
      expect(readdirSync(home, { recursive: true }).sort()).toEqual(everything);
      expect(existsSync(join(parent, 'nowhere'))).toBe(false);
    },
  );

  it.each(places)(
    '%s that came later costs nothing at the next installation or at the end',
    async (place, target) => {
      await install(options);
      link(target(), place);
      const before = thesisNow();
      expect(await install(options)).toMatchObject({ failure: { code: 'place-is-link' } });
      await uninstall(options);
      expect(thesisNow()).toEqual(before);
      expect(lstatSync(inHome(place)).isSymbolicLink()).toBe(true);
    },
  );

  it.each([`${host}/cache`, `${host}/cache/logins`])('%s costs nothing at the end', async (place) => {
    await install(options);
    const kept = `${'0'.repeat(64)}.json`;
    put(join(thesis, kept));
    link(thesis, place);
    const before = thesisNow();
    expect(await uninstall(options)).toMatchObject({ ok: true });
    expect(thesisNow()).toEqual(before);
    expect(lstatSync(inHome(place)).isSymbolicLink()).toBe(true);
  });

  it('above the folders of ours is the user’s own order: data or configuration on another disk', async () => {
    mkdirSync(join(parent, 'disk/share'), { recursive: true });
    renameSync(inHome('.config'), join(parent, 'disk/config'));
    symlinkSync(join(parent, 'disk/config'), inHome('.config'));
    mkdirSync(inHome('.local'));
    symlinkSync(join(parent, 'disk/share'), inHome('.local/share'));
    expect(await install(options)).toMatchObject({ ok: true });
    expect(await uninstall(options)).toMatchObject({ ok: true });
    expect(readdirSync(join(parent, 'disk/share'))).toEqual([]);
  });

  it('may lead from one browser’s folder of manifests to that of another', async () => {
    const shared = inHome('.config/google-chrome/NativeMessagingHosts');
    mkdirSync(shared, { recursive: true });
    symlinkSync(shared, inHome(manifests));
    expect(await install(options)).toMatchObject({ ok: true });
    expect(existsSync(join(shared, 'roleferry.json'))).toBe(true);
    await uninstall(options);
    expect(readdirSync(shared)).toEqual([]);
  });

  it('is not followed for a setting either', async () => {
    await install(options);
    link(join(thesis, 'host.json'), `${host}/host.json`);
    const before = thesisNow();
    expect(await changeInstallRecord(inHome(host), (record) => record)).toMatchObject({
      failure: { code: 'place-is-link' },
    });
    expect(thesisNow()).toEqual(before);
  });
});

describe('files of the user among ours', () => {
  it('stay through an update and through uninstall, and what they lie in stays with them', async () => {
    await install(options);
    const mine = ['notes.txt', 'assets/thesis.tex', 'chapters/1.tex'].map((name) =>
      inHome(`${host}/extension/chromium/${name}`),
    );
    mine.push(
      inHome(`${host}/extension/other/x`),
      inHome(`${host}/cache/notes.json`),
      inHome(`${host}/cache/logins/z`),
    );
    for (const file of mine) put(file);
    rmSync(join(parent, 'extensions/chromium/assets/a.js'));
    put(join(parent, 'extensions/chromium/assets/b.js'), 'b');
    expect(await install(options)).toMatchObject({ ok: true });
    expect(existsSync(inHome(`${host}/extension/chromium/assets/a.js`))).toBe(false);
    for (const file of mine) expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(await uninstall(options)).toMatchObject({ ok: true });
    for (const file of mine) expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(existsSync(inHome(`${host}/extension/chromium/manifest.json`))).toBe(false);
    expect(existsSync(inHome(`${host}/host.json`))).toBe(false);
  });

  it('stay when they are folders with the names of our files', async () => {
    await install(options);
    for (const name of ['native-host.cjs', 'roleferry-host', 'extension/chromium/manifest.json']) {
      rmSync(inHome(`${host}/${name}`));
      put(inHome(`${host}/${name}/thesis.tex`));
    }
    expect(await uninstall(options)).toMatchObject({ ok: true });
    for (const name of ['native-host.cjs', 'roleferry-host', 'extension/chromium/manifest.json']) {
      expect(readFileSync(inHome(`${host}/${name}/thesis.tex`), 'utf8')).toBe('mine');
    }
  });

  it('are not what an update deletes once it is done, though the version before had a file of that name', async () => {
    await install(options);
    rmSync(join(parent, 'extensions/chromium/assets/a.js'));
    await install(options);
    put(inHome(`${host}/extension/chromium/assets/a.js`));
    await install(options);
    await uninstall(options);
    expect(readFileSync(inHome(`${host}/extension/chromium/assets/a.js`), 'utf8')).toBe('mine');
  });
});

describe('a record that names what install never wrote', () => {
  const ours = JSON.stringify({ name: 'roleferry', type: 'stdio', path: '/x/roleferry-host' });

  it('costs none of it at uninstall', async () => {
    await install(options);
    put(join(thesis, 'package.json'), ours);
    put(join(thesis, 'roleferry.json'), ours);
    put(join(thesis, 'NativeMessagingHosts/roleferry.json'), '{"name":"roleferry"}');
    put(join(thesis, 'NativeMessagingHosts/other.json'), ours);
    mkdirSync(join(thesis, 'empty'));
    const record = readInstallRecord(inHome(host));
    const foreign = {
      ...record,
      manifests: [
        ...record.manifests,
        thesis,
        join(thesis, 'package.json'),
        join(thesis, 'roleferry.json'),
        join(thesis, 'NativeMessagingHosts/roleferry.json'),
        join(thesis, 'NativeMessagingHosts/other.json'),
        join(thesis, 'empty/NativeMessagingHosts/roleferry.json'),
        'NativeMessagingHosts/roleferry.json',
      ],
      folders: [...record.folders, thesis, join(thesis, 'empty'), home, '/', '.', ''],
      extensionFiles: [...(record.extensionFiles ?? [])],
    };
    writeFileSync(inHome(`${host}/host.json`), JSON.stringify(foreign));
    const before = thesisNow();
    expect(await uninstall(options)).toMatchObject({ ok: true });
    expect(thesisNow()).toEqual(before);
    expect(existsSync(join(thesis, 'empty'))).toBe(true);
    expect(existsSync(inHome(host))).toBe(false);
  });

  it.each([
    'chromium/../../../../../thesis/chapter.tex',
    '../../../../thesis/chapter.tex',
    'chromium/./x',
    '/thesis/chapter.tex',
    'chromium\\..\\x',
    'chromium//x',
    'chromium',
    '',
  ])('is not heeded where it has %j among the files of the extension', async (name) => {
    await install(options);
    const record = readInstallRecord(inHome(host));
    writeFileSync(inHome(`${host}/host.json`), JSON.stringify({ ...record, extensionFiles: [name] }));
    expect(readInstallRecord(inHome(host)).extensionFiles).toEqual([]);
    const before = thesisNow();
    await install(options);
    await uninstall(options);
    expect(thesisNow()).toEqual(before);
  });
});

describe('an installation that was stopped', () => {
  it('is cleared up by uninstall, with the halves of files', async () => {
    const before = readdirSync(home, { recursive: true }).sort();
    await install(options);
    const halves = [
      `${host}/native-host.cjs.0123456789ab.tmp`,
      `${host}/.roleferry-01234567-${'0'.repeat(32)}.tmp`,
      `${host}/extension/chromium/manifest.json.0123456789ab.tmp`,
      `${manifests}/roleferry.json.0123456789ab.tmp`,
    ];
    for (const half of halves) put(inHome(half));
    rmSync(inHome(`${host}/roleferry-host`));
    await uninstall(options);
    expect(readdirSync(home, { recursive: true }).sort()).toEqual(before);
  });
});
