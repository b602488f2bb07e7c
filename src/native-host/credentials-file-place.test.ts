import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporarySection } from '../../test/fixtures/built-cli.ts';
import { credentialsFileFailure, type FilePlace } from './credentials-file-place.ts';

let parent: string;
let home: string;
let place: FilePlace;

beforeEach(() => {
  parent = realpathSync(mkdtempSync(join(tmpdir(), 'roleferry-')));
  home = join(parent, 'home');
  place = {
    platform: process.platform,
    home,
    folder: join(home, '.local/share/roleferry'),
    configFile: join(home, '.aws/config'),
  };
  for (const folder of ['.aws', '.ssh', '.local/share/roleferry', 'work']) {
    mkdirSync(join(home, folder), { recursive: true });
  }
});
afterEach(() => rmSync(parent, { recursive: true }));

const put = (name: string, content: string, mode = 0o600) => {
  const file = join(home, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  chmodSync(file, mode);
  return file;
};

const refused = async (file: string, reason = '') => {
  const failure = await credentialsFileFailure(file, place);
  expect(failure).toMatchObject({ code: 'credentials-file-refused' });
  expect(failure?.message).toContain(reason);
};
const taken = async (file: string) => expect(await credentialsFileFailure(file, place)).toBeUndefined();

describe('the extension may name', () => {
  it.each([
    ['one with credentials', temporarySection('dev')],
    ['one with long-lived keys', '[me]\naws_access_key_id = AKIA\naws_secret_access_key = x\n'],
    ['one with a credential_process', '[me]\ncredential_process = /bin/x\n'],
    ['an empty one', ''],
    ['one that has only comments and headers left', '# mine\n[dev]\n'],
  ])('a credentials file that is there: %s', async (_, content) => {
    await taken(put('.aws/credentials', content));
    await taken(put('work/aws', content));
  });

  it.each(['.aws/credentials', '.aws/credentials-work', 'work/aws.ini', '.aws-credentials'])(
    'a new one in a folder that is there: %s',
    async (name) => {
      await taken(join(home, name));
    },
  );

  it('one outside of home in a folder that only this person can write to', async () => {
    mkdirSync(join(parent, 'disk'), { mode: 0o700 });
    await taken(join(parent, 'disk/credentials'));
  });

  it('a link to a credentials file, as of those who keep theirs elsewhere', async () => {
    put('work/aws', temporarySection('dev'));
    symlinkSync(join(home, 'work/aws'), join(home, '.aws/credentials'));
    await taken(join(home, '.aws/credentials'));
  });
});

describe('the extension may not name', () => {
  it.each([
    '\\\\server\\share\\credentials',
    '\\\\?\\C:\\Users\\jo\\credentials',
    '\\\\.\\C:\\x',
    '\\\\wsl$\\Ubuntu\\home\\jo\\.aws\\credentials',
    '//server/share/credentials',
    '\\/server\\share\\x',
    '/Users/jo/x',
    'C:credentials',
    'C:\\NUL',
    'C:\\Users\\jo\\con.txt',
    'C:\\Users\\jo\\COM1',
    'C:\\aux\\credentials',
    'C:\\Users\\jo\\credentials:stream',
    'C:\\Users\\jo\\credentials.',
    'C:\\Users\\jo\\credentials ',
    'C:\\Users\\jo\\..\\x',
  ])('on Windows a device, another machine or what is no plain path: %s', async (file) => {
    expect(await credentialsFileFailure(file, { ...place, platform: 'win32' })).toMatchObject({
      code: 'credentials-file-refused',
    });
  });

  it.each([
    '/dev/null',
    '/dev/shm/credentials',
    '/proc/self/environ',
    '/proc/self/x',
    '/sys/x',
    '//server/x',
    'x',
    './x',
    '~/x',
    '',
    '/',
  ])('a device, a place of the system or what is no plain path: %j', async (file) => refused(file));

  it.each(['work/../.aws/credentials', 'work/./x', 'work//x', 'work/', 'work/x\u202e', 'work/x\ny'])(
    'a path that is not what it looks like: %j',
    async (name) => refused(`${home}/${name}`),
  );

  it.each<[string, string, number?]>([
    ['.bashrc', 'export A=1\n'],
    ['.bashrc', ''],
    ['.ssh/authorized_keys', ''],
    ['.ssh/config', '[x]\naws_access_key_id = x\n'],
    ['.gitconfig', '[user]\nname = jo\n'],
    ['work/gitconfig', '[user]\nname = jo\n[credential]\nhelper = x\n'],
    ['work/notes', 'dear diary\n'],
    ['work/keys', 'ssh-ed25519 AAAA jo\n'],
    ['work/data', '\0\u0001\u0002'],
    ['work/x.json', '{}'],
    ['work/x.sh', ''],
    ['bin/x', ''],
    ['.config/autostart/x.desktop', ''],
    ['.config/systemd/user/x', ''],
    ['work/program', temporarySection('dev'), 0o700],
    ['.aws/config', '[default]\nregion = eu-west-1\n'],
    ['.aws/CONFIG', ''],
    ['work/config-copy', '[profile dev]\nregion = eu-west-1\naws_access_key_id = x\n'],
    ['work/region', '[default]\nregion = eu-west-1\n'],
    ['.local/share/roleferry/host.json', '{}'],
    ['.local/share/roleferry/native-host.mjs', ''],
    ['.local/share/roleferry/cache/x', ''],
  ])('what is something else already: %s', async (name, content, mode) => {
    const file = put(name, content, mode);
    await refused(file);
    // Nor by a link to it.
    const link = join(home, 'work', 'credentials');
    symlinkSync(file, link);
    await refused(link);
  });

  it.each([
    '.bashrc',
    '.profile',
    '.ssh/authorized_keys',
    '.aws/config',
    '.local/share/roleferry/x',
    'work/x.ps1',
  ])('a new file that another program would read or run: %s', async (name) => refused(join(home, name)));

  it('a folder, a pipe or a link to nothing', async () => {
    await refused(join(home, 'work'), 'it is a folder');
    symlinkSync(join(home, 'nowhere'), join(home, 'work/credentials'));
    await refused(join(home, 'work/credentials'), 'it is a link to nothing');
    symlinkSync('/dev/null', join(home, 'work/null'));
    await refused(join(home, 'work/null'));
  });

  it('a file in a folder that is not there', async () => {
    await refused(join(home, 'nowhere/credentials'), 'its folder is not there');
    expect(await credentialsFileFailure(join(put('work/file', ''), 'x'), place)).toBeDefined();
  });

  it('a folder that others can write to, or that is not the person’s, also behind a link', async () => {
    mkdirSync(join(parent, 'shared'));
    chmodSync(join(parent, 'shared'), 0o775);
    mkdirSync(join(home, 'open'));
    chmodSync(join(home, 'open'), 0o777);
    symlinkSync(join(parent, 'shared'), join(home, 'work/link'));
    for (const folder of [join(parent, 'shared'), join(home, 'open'), join(home, 'work/link'), tmpdir()]) {
      await refused(join(folder, 'credentials'));
    }
    if (process.getuid?.() !== 0) await refused('/etc/credentials', 'its folder is not yours');
  });
});
