import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporarySection } from '../../test/fixtures/built-cli.ts';
import { said } from '../../test/fixtures/said.ts';
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
  expect(said(failure)).toContain(reason);
};
const taken = async (file: string) => expect(await credentialsFileFailure(file, place)).toBeUndefined();

describe('the extension may name', () => {
  it.each([
    ['one with credentials', temporarySection('dev')],
    ['one with long-lived keys', '[me]\naws_access_key_id = AKIA\naws_secret_access_key = x\n'],
    ['one with a credential_process', '[me]\ncredential_process = /bin/x\n'],
    ['an empty one', ''],
    ['one whose profile has a name like those of a config file', '[my profile x]\naws_access_key_id = x\n'],
    ['a large one', '#'.repeat(4 * 1024 * 1024)],
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

  it('one in home itself, and one in a folder of it that a group of theirs can write to', async () => {
    chmodSync(home, 0o775);
    await taken(join(home, '.aws-credentials'));
    mkdirSync(join(home, 'group'));
    chmodSync(join(home, 'group'), 0o775);
    await taken(join(home, 'group/credentials'));
    symlinkSync(home, join(parent, 'link'));
    place.home = join(parent, 'link');
    await taken(join(home, 'group/credentials'));
  });

  it('one in a folder that is only called like one of the system', async () => {
    mkdirSync(join(home, 'dev'));
    await taken(join(home, 'dev/credentials'));
  });

  it('a link to a credentials file, as of those who keep theirs elsewhere', async () => {
    put('work/aws', temporarySection('dev'));
    symlinkSync(join(home, 'work/aws'), join(home, '.aws/credentials'));
    await taken(join(home, '.aws/credentials'));
  });
});

describe('the extension may not name', () => {
  const elsewhere = 'it is on another machine, or a device';
  const strange = 'it has characters that Windows does not allow';
  const device = 'it is a device';
  const roundabout = 'it can be written shorter';
  it.each([
    ['\\\\server\\share\\credentials', elsewhere],
    ['\\\\?\\C:\\Users\\jo\\credentials', elsewhere],
    ['\\\\.\\C:\\x', elsewhere],
    ['\\\\wsl$\\Ubuntu\\home\\jo\\.aws\\credentials', elsewhere],
    ['//server/share/credentials', elsewhere],
    ['\\/server\\share\\x', elsewhere],
    ['/Users/jo/x', 'it names no drive'],
    ['\\c:\\x', 'it names no drive'],
    ['C:credentials', 'it is not an absolute path'],
    ['C:\\NUL', device],
    ['C:\\Users\\jo\\con.txt', device],
    ['C:\\Users\\jo\\COM1', device],
    ['C:\\Users\\jo\\lpt\u00b2 ', device],
    ['C:\\aux\\credentials', device],
    ['C:/aux/credentials', device],
    ['C:\\Users\\jo\\credentials:stream', strange],
    ['C:\\Users\\jo\\a|b', strange],
    ['C:\\Users\\jo.\\credentials', strange],
    ['C:\\Users\\jo\\credentials.', strange],
    ['C:\\Users\\jo\\credentials ', strange],
    ['C:\\Users\\jo\\..\\x', strange],
    ['C:\\Users\\jo\\\\x', roundabout],
    ['C:/Users/jo/', roundabout],
  ])('on Windows a device, another machine or what is no plain path: %s', async (file, reason) => {
    place.platform = 'win32';
    await refused(file, reason);
  });

  it.each(['C:/Users/jo/aws', 'c:/Users/jo/console', 'C:/Users/jo/my.con'])(
    'on Windows a file for its path alone: %s',
    async (file) => {
      place.platform = 'win32';
      await refused(file, 'its folder is not there');
    },
  );

  const system = 'it is a device, or belongs to the system';
  const relative = 'it is not an absolute path';
  it.each([
    ['/dev/null', system],
    ['/dev/shm/credentials', system],
    ['/proc/self/environ', system],
    ['/proc/self/x', system],
    ['/sys/x', system],
    ['//server/x', elsewhere],
    ['x', relative],
    ['./x', relative],
    ['~/x', relative],
    ['', relative],
    ['/', roundabout],
  ])('a device, a place of the system or what is no plain path: %j', refused);

  const unseen = 'it has invisible characters';
  it.each([
    ['work/../.aws/credentials', roundabout],
    ['work/./x', roundabout],
    ['work//x', roundabout],
    ['work/', roundabout],
    ['work/x\u202e', unseen],
    ['work/x\ny', unseen],
  ])('a path that is not what it looks like: %j', async (name, reason) => {
    await refused(`${home}/${name}`, reason);
  });

  const named = 'its name says that it is something else';
  const content = 'it is not a credentials file';
  const folderOfOthers = 'its folder belongs to other programs';
  const awsConfig = 'it is the config file of AWS tools';
  const ofHost = 'it is among the host’s own files';
  it.each<[string, string, string, number?]>([
    ['.bashrc', 'export A=1\n', named],
    ['.bashrc', '', named],
    ['.ssh/authorized_keys', '', folderOfOthers],
    ['.ssh/config', '[x]\naws_access_key_id = x\n', folderOfOthers],
    ['.gitconfig', '[user]\nname = jo\n', named],
    ['work/gitconfig', '[user]\nname = jo\n[credential]\nhelper = x\n', content],
    ['work/notes', 'dear diary\n', content],
    ['work/keys', 'ssh-ed25519 AAAA jo\n', content],
    ['work/data', '\0\u0001\u0002', content],
    ['work/crontab', '', named],
    ['work/id_ed25519', '', named],
    ['work/x.json', '{}', named],
    ['work/x.yaml', '', named],
    ['work/x.sh', '', named],
    ['work/X.SH', '', named],
    ['bin/x', '', folderOfOthers],
    ['.config/autostart/x.desktop', '', folderOfOthers],
    ['.config/systemd/user/x', '', folderOfOthers],
    ['work/program', temporarySection('dev'), 'it is a program', 0o700],
    ['work/program-of-others', temporarySection('dev'), 'it is a program', 0o601],
    ['work/large', '#'.repeat(4 * 1024 * 1024 + 1), 'it is too large for a credentials file'],
    ['.aws/config', '[default]\nregion = eu-west-1\n', awsConfig],
    ['.aws/CONFIG', '', awsConfig],
    ['work/config-copy', '[profile dev]\naws_access_key_id = x\n', 'it is a config file of AWS tools'],
    ['work/sso', '[ sso-session dev]\naws_access_key_id = x\n', 'it is a config file of AWS tools'],
    ['work/region', '[default]\nregion = eu-west-1\n', content],
    ['work/other-key', '[default]\nmy_aws_access_key_id = x\naws_session_token_2 = y\n', content],
    ['.local/share/roleferry/host', '', ofHost],
    ['.local/share/roleferry/host.json', '{}', ofHost],
    ['.local/share/roleferry/native-host.cjs', '', ofHost],
    ['.local/share/roleferry/cache/x', '', ofHost],
    ['.local/share/roleferry/extension/chromium/x', '', ofHost],
  ])('what is something else already: %s', async (name, content, reason, mode) => {
    const file = put(name, content, mode);
    await refused(file, reason);
    // Nor by a link to it.
    const link = join(home, 'work', 'credentials');
    symlinkSync(file, link);
    await refused(link, reason);
  });

  it.each([
    ['.bashrc', named],
    ['.profile', named],
    ['.ssh/authorized_keys', folderOfOthers],
    ['.aws/config', awsConfig],
    ['.local/share/roleferry/x', ofHost],
    ['work/x.ps1', named],
  ])('a new file that another program would read or run: %s', async (name, reason) => {
    await refused(join(home, name), reason);
  });

  it('the config file of AWS tools where that is a link, by either name', async () => {
    put('work/aws-config', '');
    symlinkSync(join(home, 'work/aws-config'), place.configFile);
    await refused(place.configFile, awsConfig);
    await refused(join(home, 'work/aws-config'), awsConfig);
  });

  it('the usual config file where another one is in use', async () => {
    const usual = place.configFile;
    place.configFile = join(home, 'work/other');
    await refused(place.configFile, awsConfig);
    await refused(usual, awsConfig);
  });

  it('the host’s own files where its folder is a link', async () => {
    mkdirSync(join(home, 'elsewhere'));
    place.folder = join(home, 'work/roleferry');
    symlinkSync(join(home, 'elsewhere'), place.folder);
    await refused(join(home, 'elsewhere/host'), ofHost);
    await refused(join(place.folder, 'host'), ofHost);
  });

  it('a folder, a pipe or a link to nothing', async () => {
    await refused(join(home, 'work'), 'it is a folder');
    symlinkSync(join(home, 'nowhere'), join(home, 'work/credentials'));
    await refused(join(home, 'work/credentials'), 'it is a link to nothing');
    symlinkSync('/dev/null', join(home, 'work/null'));
    await refused(join(home, 'work/null'), system);
    execFileSync('mkfifo', [join(home, 'work/pipe')]);
    await refused(join(home, 'work/pipe'), 'it is a device or a pipe, not a file');
  });

  it('a file in a folder that is not there', async () => {
    await refused(join(home, 'nowhere/credentials'), 'its folder is not there');
    await refused(join(put('work/file', ''), 'x'), 'it cannot be looked at');
  });

  it('a folder that others can write to, or that is not the user’s, also behind a link', async () => {
    mkdirSync(join(parent, 'shared'));
    chmodSync(join(parent, 'shared'), 0o775);
    mkdirSync(join(home, 'open'));
    chmodSync(join(home, 'open'), 0o777);
    symlinkSync(join(parent, 'shared'), join(home, 'work/link'));
    const open = 'others can write to its folder';
    for (const folder of [join(parent, 'shared'), join(home, 'open'), join(home, 'work/link')]) {
      await refused(join(folder, 'credentials'), open);
    }
    await refused(join(tmpdir(), 'credentials'));
    if (process.getuid?.() !== 0) await refused('/etc/credentials', 'its folder is not yours');
  });

  it.skipIf(process.getuid?.() !== 0)('what is another person’s', async () => {
    chownSync(put('work/theirs', temporarySection('dev')), 65_534, 65_534);
    await refused(join(home, 'work/theirs'), 'it is not yours');
    mkdirSync(join(home, 'their-folder'));
    chownSync(join(home, 'their-folder'), 65_534, 65_534);
    await refused(join(home, 'their-folder/credentials'), 'its folder is not yours');
  });
});
