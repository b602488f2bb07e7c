import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { saying } from '../../test/fixtures/said.ts';
import { ok } from '../core/result.ts';
import { withLock } from '../disk/lock.ts';
import type { AwsFiles } from './files/locate.ts';
import type { ProfileUpdate } from './format/profile-keys.ts';
import { listProfiles } from './list-profiles.ts';
import { removeProfile } from './remove-profile.ts';
import { writeProfiles } from './write-profiles.ts';

let home: string;
let files: AwsFiles;

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'roleferry-')));
  files = { credentialsFile: join(home, '.aws/credentials'), configFile: join(home, '.aws/config') };
});

afterEach(() => rmSync(home, { recursive: true }));

const update = (name: string, extra: Partial<ProfileUpdate> = {}): ProfileUpdate => ({
  name,
  credentials: {
    accessKeyId: 'ASIANEWNEWNEWNEW1234',
    secretAccessKey: 'newsecret',
    sessionToken: 'newtoken==',
    expiration: '2030-01-01T00:00:00Z',
  },
  principalArn: 'arn:aws:sts::123456789012:assumed-role/R/me',
  ...extra,
});

const credentials = () => readFileSync(files.credentialsFile, 'utf8');
const config = () => readFileSync(files.configFile, 'utf8');
const given = async (file: 'credentialsFile' | 'configFile', content: string) => {
  await writeProfiles(files, [update('seed')]);
  writeFileSync(files[file], content);
};

test('the first login of a new machine makes folder and file', async () => {
  expect(await writeProfiles(files, [update('dev')])).toEqual({
    ok: true,
    value: [{ name: 'dev', ok: true }],
  });
  expect(credentials()).toMatch(/^\[dev\]\naws_access_key_id = ASIANEWNEWNEWNEW1234\n/);
  expect(statSync(files.credentialsFile).mode & 0o777).toBe(0o600);
  expect(existsSync(files.configFile)).toBe(false);
});

test('a refused profile does not hide the others', async () => {
  await given('credentialsFile', '[old]\naws_access_key_id = AKIAX\naws_secret_access_key = s\n');
  const result = await writeProfiles(files, [
    update('a'),
    update('old', { region: 'eu-west-1' }),
    update('b\n[c]'),
    update('d', { region: 'eu-west-1', output: 'json' }),
  ]);
  expect(result).toMatchObject({
    ok: true,
    value: [
      { name: 'a', ok: true },
      { name: 'old', ok: false, failure: { code: 'profile-long-lived' } },
      { name: 'b\n[c]', ok: false, failure: { code: 'profile-name-invalid' } },
      { name: 'd', ok: true },
    ],
  });
  expect(credentials().match(/^\[.*\]$/gm)).toEqual(['[old]', '[a]', '[d]']);
  expect(config()).toBe('[profile d]\nregion = eu-west-1\noutput = json\n');
});

test('nothing is written when every profile is refused', async () => {
  expect((await writeProfiles(files, [update('a b')])).ok).toBe(true);
  expect(existsSync(files.credentialsFile)).toBe(false);
});

test('with all in one the settings go beside the credentials, whatever was there, and the old token name too', async () => {
  await given(
    'credentialsFile',
    '# mine\n[dev]\nREGION=x # why\nregion=y\noutput=text\naws_access_key_id=ASIAX\naws_security_token=old\nkey=1\n',
  );
  const settings = { region: 'eu-west-1', output: 'json', allInOne: true };
  expect(await writeProfiles(files, [update('dev', settings), update('new', settings)])).toMatchObject({
    value: [
      { name: 'dev', ok: true },
      { name: 'new', ok: true },
    ],
  });
  const [dev, fresh] = credentials().split('\n\n');
  expect(dev).toMatch(
    /^# mine\n\[dev\]\n# why\nregion=eu-west-1\noutput=json\naws_access_key_id=ASIANEWNEWNEWNEW1234\naws_security_token=newtoken==\n/,
  );
  expect(dev).toContain('\nkey=1');
  expect(fresh).toBe(
    '[new]\nregion = eu-west-1\noutput = json\naws_access_key_id = ASIANEWNEWNEWNEW1234\naws_secret_access_key = newsecret\n' +
      'aws_security_token = newtoken==\naws_session_token = newtoken==\nx_security_token_expires = 2030-01-01T00:00:00Z\n' +
      'x_principal_arn = arn:aws:sts::123456789012:assumed-role/R/me\n',
  );
  expect(existsSync(files.configFile)).toBe(false);
});

test('with all in one a region that would become a line of its own is refused', async () => {
  const hostile = update('dev', { region: 'x\n[other]', allInOne: true });
  expect(await writeProfiles(files, [hostile])).toMatchObject({
    value: [{ ok: false, failure: { code: 'profile-value-invalid' } }],
  });
  expect(existsSync(files.credentialsFile)).toBe(false);
});

test('a region that is there stays', async () => {
  await given('configFile', '[profile dev]\nregion = x\n');
  await writeProfiles(files, [update('dev', { region: 'eu-west-1' })]);
  expect(config()).toBe('[profile dev]\nregion = x\n');
});

test.each(['role_arn', 'sso_account_id', 'credential_process', 'web_identity_token_file'])(
  '%s in the config file would win over the written keys and is said, whether replacing is allowed or not',
  async (key) => {
    await given('configFile', `[profile dev]\n${key} = hush\n`);
    for (const replace of [false, true]) {
      const result = await writeProfiles(files, [update('dev', { replace, region: 'eu-west-1' })]);
      expect(result).toMatchObject({
        ok: true,
        value: [{ ok: false, failure: saying('profile-shadowed', key) }],
      });
      expect(JSON.stringify(result)).not.toContain('hush');
    }
    expect(credentials()).not.toContain('[dev]');
    expect(config()).not.toContain('region');
  },
);

test('long-lived keys in the config file are hidden only when that is asked for', async () => {
  await given('configFile', '[profile dev]\naws_access_key_id = AKIAX\naws_secret_access_key = hush\n');
  expect(await writeProfiles(files, [update('dev')])).toMatchObject({
    value: [{ ok: false, failure: { code: 'profile-long-lived' } }],
  });
  expect(await writeProfiles(files, [update('dev', { replace: true })])).toMatchObject({
    value: [{ ok: true }],
  });
  expect(config()).toContain('AKIAX');
});

const notWritten = (settings: string, reason: string) =>
  saying(
    'profile-settings-not-written',
    new RegExp(`^The credentials of dev were written, but not its ${settings}\\. .*${reason}`),
  );

test.each<[string, () => void, string]>([
  ['cannot be understood', () => writeFileSync(files.configFile, '[profile dev\n'), 'line 1 cannot be'],
  ['is read-only', () => chmodSync(files.configFile, 0o444), 'it is read-only'],
  [
    'is a link to nothing',
    () => {
      rmSync(files.configFile);
      symlinkSync('nowhere', files.configFile);
    },
    'which leads nowhere',
  ],
  [
    'is a link to a file that is read-only, as home-manager makes one',
    () => {
      renameSync(files.configFile, join(home, 'store'));
      chmodSync(join(home, 'store'), 0o444);
      symlinkSync(join(home, 'store'), files.configFile);
    },
    'it is read-only',
  ],
  [
    'is a folder',
    () => {
      rmSync(files.configFile);
      mkdirSync(files.configFile);
    },
    'it is a folder',
  ],
])(
  'no login is lost for a config file that %s: only the region is, and that is said',
  async (_, spoil, why) => {
    await given('configFile', '[profile other]\nregion = x\n');
    spoil();
    const settings = { region: 'eu-west-1', output: 'json' };
    expect(await writeProfiles(files, [update('dev', settings), update('b')])).toMatchObject({
      ok: true,
      value: [
        {
          name: 'dev',
          ok: true,
          warnings: expect.arrayContaining([notWritten('region = eu-west-1, output = json', why)]),
        },
        { name: 'b', ok: true },
      ],
    });
    expect(credentials()).toContain('[dev]\naws_access_key_id = ASIANEWNEWNEWNEW1234\n');
    const later = await writeProfiles(files, [update('dev')]);
    expect(later).toEqual({ ok: true, value: [expect.objectContaining({ name: 'dev', ok: true })] });
  },
);

test('nothing is said of a read-only config file that has the region already', async () => {
  await given('configFile', '[profile dev]\nregion = x\n');
  chmodSync(files.configFile, 0o444);
  expect(await writeProfiles(files, [update('dev', { region: 'eu-west-1' })])).toEqual({
    ok: true,
    value: [{ name: 'dev', ok: true }],
  });
});

test('a config file that is none matters only to a region', async () => {
  const none = { ...files, configFile: join(home, 'pipe') };
  execFileSync('mkfifo', [none.configFile]);
  expect(await writeProfiles(none, [update('b')])).toEqual({ ok: true, value: [{ name: 'b', ok: true }] });
  expect(await writeProfiles(none, [update('dev', { region: 'eu-west-1' })])).toMatchObject({
    value: [{ ok: true, warnings: [notWritten('region = eu-west-1', 'it is a device or a pipe')] }],
  });
});

const otherRole = { principalArn: 'arn:aws:sts::999988887777:assumed-role/R/me', takeOver: true };

test('the account that a profile names is that of the new credentials, in both files', async () => {
  await given('configFile', '[profile dev]\naws_account_id=111122223333 # mine\n[profile b]\nk = 1\n');
  writeFileSync(
    files.credentialsFile,
    '[dev]\nAWS_ACCOUNT_ID = 111122223333\nk = 1\naws_account_id = 1\n[other]\naws_account_id = 111122223333\n',
  );
  expect(await writeProfiles(files, [update('dev', otherRole), update('b', otherRole)])).toMatchObject({
    value: [{ ok: true }, { ok: true }],
  });
  expect(credentials()).toMatch(/^\[dev\]\naws_account_id = 999988887777\nk = 1\naws_access_key_id/);
  expect(credentials()).toContain('[other]\naws_account_id = 111122223333\n');
  expect(credentials().match(/aws_account_id/gi)).toHaveLength(2);
  expect(config()).toBe('[profile dev]\n# mine\naws_account_id=999988887777\n[profile b]\nk = 1\n');
});

test('the account goes where long-lived keys are replaced, and is not written where none is named', async () => {
  await given(
    'credentialsFile',
    '[dev]\naws_access_key_id = AKIAX\naws_account_id = 111122223333\n[b]\nk = 1\n',
  );
  await writeProfiles(files, [update('dev', { replace: true }), update('b')]);
  expect(credentials()).toContain('aws_account_id = 123456789012\n');
  expect(credentials().match(/aws_account_id/g)).toHaveLength(1);
});

test('the account that [DEFAULT] names for every profile is hidden by its own', async () => {
  await given('credentialsFile', '[DEFAULT]\naws_account_id = 111122223333\n');
  await writeProfiles(files, [update('dev')]);
  expect(credentials()).toMatch(/\[dev\]\n[^[]*aws_account_id = 123456789012\n/);
});

test('where the account in the config file cannot be changed, the credentials file has one that wins', async () => {
  await given('configFile', '[profile dev]\naws_account_id = 111122223333\n');
  chmodSync(files.configFile, 0o444);
  expect(await writeProfiles(files, [update('dev')])).toMatchObject({
    value: [{ ok: true, warnings: [notWritten('aws_account_id = 123456789012', 'it is read-only')] }],
  });
  expect(credentials()).toMatch(/\[dev\]\n[^[]*aws_account_id = 123456789012\n/);
});

test('the account of a process profile is set in the config file', async () => {
  const command = 'credential_process = roleferry credential-process --profile dev\n';
  await given('configFile', `[profile dev]\n${command}aws_account_id = 111122223333\n`);
  const cached = { ...files, cacheFolder: join(home, 'cache') };
  expect(await writeProfiles(cached, [update('dev')])).toMatchObject({ value: [{ ok: true }] });
  expect(config()).toBe(`[profile dev]\n${command}aws_account_id = 123456789012\n`);
});

test('the account goes out with the credentials that it is of, and no other does', async () => {
  const mine = '[mine]\naws_account_id = 111122223333\nregion = x\n';
  await given('credentialsFile', `[dev]\naws_account_id = 1\n${mine}`);
  await writeProfiles(files, [update('dev'), update('mine')]);
  expect(await removeProfile(files, 'dev')).toMatchObject({ ok: true });
  expect(credentials()).not.toContain('[dev]');
  writeFileSync(files.credentialsFile, credentials().replace(/= 123456789012/, '= 111122223333'));
  await removeProfile(files, 'mine');
  expect(credentials()).toBe(mine);
});

const refusedByAwsCli = (file: string, reason: string) =>
  saying('file-not-for-aws-cli', `The AWS CLI cannot read ${file}, and so none of its profiles: ${reason}.`);

test.each([
  ['[a]\n# caf\u00e9\n', 'line 2 has a byte that is not UTF-8'],
  ['[a]\nk = 1\n[a\u00ff]\n', 'line 3 has a byte that is not UTF-8'],
  ['\u00ef\u00bb\u00bf[a]\n', 'it begins with a byte order mark'],
  ['[a]\nk = 1\n[a]\n', 'line 3 repeats a section'],
  ['[a]\nk = 1\nk = 2\n', 'line 3 repeats k'],
  ['[a]\nregion = x\nRegion = y\n', 'line 3 repeats region'],
])('whoever writes hears that the AWS CLI refuses a file with %j in it', async (content, reason) => {
  for (const file of ['credentialsFile', 'configFile'] as const) {
    await given(file, '');
    writeFileSync(files[file], content, 'latin1');
    expect(await writeProfiles(files, [update('dev'), update('x y')])).toMatchObject({
      value: [
        { name: 'dev', ok: true, warnings: [refusedByAwsCli(files[file], reason)] },
        { name: 'x y', ok: false },
      ],
    });
    rmSync(files[file]);
  }
});

test('what is good UTF-8 is no trouble', async () => {
  await given('configFile', '# caf\u00e9 \ud83d\ude00\n[profile x]\nk = \u00fc\n');
  expect(await writeProfiles(files, [update('dev')])).toEqual({
    ok: true,
    value: [{ name: 'dev', ok: true }],
  });
});

test('a credentials file that may not be written leaves the config file alone', async () => {
  await writeProfiles(files, [update('seed')]);
  const before = credentials();
  chmodSync(files.credentialsFile, 0o400);
  expect(await writeProfiles(files, [update('dev', { region: 'eu-west-1' })])).toMatchObject({
    failure: saying('file-not-writable', files.credentialsFile),
  });
  expect([credentials(), existsSync(files.configFile)]).toEqual([before, false]);
});

test('a link to nothing in place of the credentials file leaves the config file alone', async () => {
  await writeProfiles(files, [update('seed')]);
  const link = { ...files, credentialsFile: `${files.credentialsFile}-link` };
  symlinkSync('nowhere', link.credentialsFile);
  expect(await writeProfiles(link, [update('dev', { region: 'eu-west-1' })])).toMatchObject({
    failure: { code: 'file-link-broken' },
  });
  expect(existsSync(files.configFile)).toBe(false);
});

test('a credentials file that may not be written is no matter to a process profile, which has nothing in it', async () => {
  const cached = { ...files, cacheFolder: join(home, 'cache') };
  await given(
    'configFile',
    '[profile dev]\ncredential_process = roleferry credential-process --profile dev\n',
  );
  chmodSync(files.credentialsFile, 0o400);
  expect(await writeProfiles(cached, [update('dev', { region: 'eu-west-1' })])).toMatchObject({
    value: [{ ok: true }],
  });
  expect(config()).toContain('region = eu-west-1');
});

test('both files may be one', async () => {
  const one = { credentialsFile: files.credentialsFile, configFile: files.credentialsFile };
  const result = await writeProfiles(one, [update('dev', { region: 'eu-west-1' })]);
  expect(result).toMatchObject({ ok: true, value: [{ ok: true }] });
  expect(credentials()).toMatch(/^\[dev\]\naws_access_key_id[^[]*\n\n\[profile dev\]\nregion = eu-west-1\n$/);
});

test('a file that cannot be understood is left alone, and the failure names the line', async () => {
  await given('credentialsFile', '[dev]\nwhat\n');
  for (const result of [
    await writeProfiles(files, [update('dev')]),
    await listProfiles(files),
    await removeProfile(files, 'dev'),
  ]) {
    expect(result).toMatchObject({
      ok: false,
      failure: saying('file-not-understood', 'line 2'),
    });
  }
  expect(credentials()).toBe('[dev]\nwhat\n');
});

test('of two updates of one profile the last one is written', async () => {
  const second = update('dev');
  second.credentials = { ...second.credentials, secretAccessKey: 'second' };
  expect(await writeProfiles(files, [update('dev'), second])).toMatchObject({
    value: [{ ok: true }, { ok: true }],
  });
  expect(credentials()).toContain('= second\n');
  expect(credentials()).not.toContain('newsecret');
});

test('of two updates of one profile the region of the first is written where the last has none', async () => {
  await writeProfiles(files, [update('dev', { region: 'eu-west-1' }), update('dev')]);
  expect(config()).toBe('[profile dev]\nregion = eu-west-1\n');
});

test('the list tells what each profile is and nothing secret', async () => {
  await given(
    'credentialsFile',
    `[default]
aws_access_key_id = AKIAHUSH
aws_secret_access_key = hush
[ padded ]
aws_access_key_id = ASIAHUSH
aws_session_token = hush
x_security_token_expires = 2030-01-01T02:00:00+02:00
x_principal_arn = arn:aws:sts::123456789012:assumed-role/R/me
[profile x]
[DEFAULT]
[proc]
credential_process = hush
[default]
region = hush
[sso]
sso_session = hush
[role]
role_arn = hush
[empty]
x_security_token_expires = hush
`,
  );
  const result = await listProfiles(files);
  expect(result).toEqual({
    ok: true,
    value: [
      { name: 'default', kind: 'long-lived' },
      {
        name: 'padded',
        kind: 'temporary',
        expiration: '2030-01-01T00:00:00.000Z',
        principalArn: 'arn:aws:sts::123456789012:assumed-role/R/me',
      },
      { name: 'proc', kind: 'process' },
      { name: 'sso', kind: 'sso' },
      { name: 'role', kind: 'role' },
      { name: 'empty', kind: 'other' },
    ],
  });
  expect(JSON.stringify(result).toLowerCase()).not.toContain('hush');
});

test('no file means no profiles', async () => {
  expect(await listProfiles(files)).toEqual({ ok: true, value: [] });
  expect(await removeProfile(files, 'dev')).toMatchObject({ failure: { code: 'profile-not-found' } });
  expect(existsSync(join(files.credentialsFile, '..'))).toBe(false);
});

test('a profile is taken away with its section, and what is long-lived only when asked', async () => {
  await given('credentialsFile', '[a]\naws_access_key_id = AKIAX\naws_secret_access_key = s\n');
  await writeProfiles(files, [update('dev')]);
  expect(await removeProfile(files, 'dev')).toEqual({ ok: true, value: undefined });
  expect(credentials()).toBe('[a]\naws_access_key_id = AKIAX\naws_secret_access_key = s\n');
  expect(await removeProfile(files, 'dev')).toMatchObject({ failure: { code: 'profile-not-found' } });
  expect(await removeProfile(files, 'a')).toMatchObject({ failure: { code: 'profile-long-lived' } });
  expect((await removeProfile(files, 'a', { replace: true })).ok).toBe(true);
  expect(credentials()).toBe('');
});

test('a broken link is said', async () => {
  await writeProfiles(files, [update('seed')]);
  const link = { ...files, credentialsFile: `${files.credentialsFile}-link` };
  symlinkSync('nowhere', link.credentialsFile);
  expect(await writeProfiles(link, [update('dev')])).toMatchObject({
    ok: false,
    failure: { code: 'file-link-broken' },
  });
});

test('what a program writes into the old file while ours takes its place is kept, however it is written', async () => {
  await given('credentialsFile', '[a]\nk = 1\n');
  const theirs = '[ b ]\n  aws_access_key_id = theirs # c\n\n[a]\nk = 2\n';
  const late = openSync(files.credentialsFile, 'r+');
  const { ino } = fstatSync(late);
  const writeLate = () => {
    if (statSync(files.credentialsFile).ino === ino) return void setImmediate(writeLate);
    ftruncateSync(late);
    writeSync(late, theirs, 0);
    closeSync(late);
  };
  setImmediate(writeLate);
  const written = await writeProfiles(files, [update('dev')]);
  expect(written).toEqual({ ok: true, value: [{ name: 'dev', ok: true }] });
  expect(credentials().startsWith(theirs)).toBe(true);
  expect(credentials()).toContain('[dev]\naws_access_key_id = ASIANEWNEWNEWNEW1234\n');
});

test('for somebody who is gone by then, no region is written either', async () => {
  await given('credentialsFile', '[a]\nk = 1\n');
  const written = await writeProfiles(files, [update('dev', { region: 'eu-west-1' })], () => false);
  expect(written).toMatchObject({ ok: false, failure: { code: 'host-gone' } });
  expect([credentials(), existsSync(files.configFile)]).toEqual(['[a]\nk = 1\n', false]);
});

test('nobody waits for a config file that has all that it is to get', async () => {
  const wanted = ['default', 'dev'].map((name) => update(name, { region: 'eu-west-1', output: 'json' }));
  await writeProfiles(files, wanted);
  const before = statSync(files.configFile);
  await withLock(files.configFile, async () => {
    expect(await writeProfiles(files, [...wanted, update('more')])).toEqual({
      ok: true,
      value: ['default', 'dev', 'more'].map((name) => ({ name, ok: true })),
    });
    return ok(undefined);
  });
  expect(statSync(files.configFile)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
});

test('credentials of a process profile that could not be kept are not said to be written', async () => {
  const cacheFolder = join(home, 'cache');
  await given(
    'configFile',
    '[profile dev]\ncredential_process = roleferry credential-process --profile dev\n',
  );
  const withCache = { ...files, cacheFolder };
  expect(await writeProfiles(withCache, [update('dev')])).toMatchObject({
    value: [{ name: 'dev', ok: true }],
  });
  const [cache = ''] = readdirSync(cacheFolder);
  chmodSync(join(cacheFolder, cache), 0o400);
  const newer = { ...update('dev').credentials, sessionToken: 'newer==' };
  expect(await writeProfiles(withCache, [update('dev', { credentials: newer })])).toMatchObject({
    value: [{ name: 'dev', ok: false, failure: { code: 'file-not-writable' } }],
  });
});

test('an account in a read-only config file is told, and hidden by the credentials file for that profile alone', async () => {
  const account = (name: string, value: string) => `[profile ${name}]\naws_account_id = ${value}\nregion =\n`;
  const own = '[profile d]\nregion = y\n';
  await given('configFile', account('dev', '111122223333') + account('b', '123456789012   # mine') + own);
  chmodSync(files.configFile, 0o444);
  const written = await writeProfiles(files, [
    update('dev', { region: 'x', output: 'json' }),
    update('b', { output: 'json' }),
    update('c'),
    update('d', { region: 'x', output: 'json' }),
  ]);
  const warning = (settings: string) => [
    expect.objectContaining({ params: { profile: expect.any(String), settings } }),
  ];
  expect(written).toMatchObject({
    value: [
      { warnings: warning('region = x, output = json, aws_account_id = 123456789012') },
      { warnings: warning('output = json') },
      {},
      { warnings: warning('output = json') },
    ],
  });
  expect(written.ok && written.value[2]).not.toHaveProperty('warnings');
  expect(credentials().match(/aws_account_id = 123456789012/g)).toHaveLength(1);
});

test('a profile of another account is taken over only when that is wanted', async () => {
  await writeProfiles(files, [update('dev')]);
  const other = { principalArn: 'arn:aws:sts::999988887777:assumed-role/R/me' };
  expect(await writeProfiles(files, [update('dev', other)])).toMatchObject({
    value: [{ failure: { code: 'profile-other-account' } }],
  });
  expect(await writeProfiles(files, [update('dev', { ...other, takeOver: true })])).toMatchObject({
    value: [{ ok: true }],
  });
  expect(credentials()).toContain('999988887777');
});

test('a region that was written is not told', async () => {
  await given('configFile', '[profile a]\nk = 1\n');
  expect(await writeProfiles(files, [update('dev', { region: 'x' })])).toEqual(
    ok([{ name: 'dev', ok: true }]),
  );
  expect(config()).toBe('[profile a]\nk = 1\n\n[profile dev]\nregion = x\n');
});

test('nothing is made where nothing can be written', async () => {
  expect(await writeProfiles(files, [update('a b')])).toMatchObject({ value: [{ ok: false }] });
  expect(readdirSync(home)).toEqual([]);
});

test('what keeps the AWS CLI from reading is told once', async () => {
  await given('credentialsFile', '\ufeff[a]\nk = 1\n');
  const written = await writeProfiles(files, [update('a b'), update('b'), update('c')]);
  expect(written).toMatchObject({
    value: [{ ok: false }, { ok: true, warnings: [{ code: 'file-not-for-aws-cli' }] }, { ok: true }],
  });
  expect(written.ok && written.value[2]).not.toHaveProperty('warnings');
});

test('a profile without credentials of its own is removed with nothing but a clear failure', async () => {
  expect(await removeProfile(files, 'dev')).toMatchObject({
    failure: { code: 'profile-not-found', params: { profile: 'dev' } },
  });
  await given('credentialsFile', '[dev]\nk = 1\n');
  expect(await removeProfile(files, 'none')).toMatchObject({ failure: { code: 'profile-not-found' } });
  mkdirSync(join(home, 'folder'));
  const unreadable = { ...files, credentialsFile: join(home, 'folder') };
  expect(await removeProfile(unreadable, 'dev')).toMatchObject({ failure: { code: 'file-unreadable' } });
});

describe('a process profile', () => {
  const process = (name = 'dev') =>
    `[profile ${name}]\ncredential_process = /x/roleferry credential-process --profile ${name}\n`;
  let withCache: AwsFiles & { cacheFolder: string };
  beforeEach(async () => {
    withCache = { ...files, cacheFolder: join(home, 'cache') };
    await given('configFile', process());
  });

  test('is written to the credentials file where there is no place for it', async () => {
    expect(await writeProfiles(files, [update('dev')])).toMatchObject({ value: [{ ok: true }] });
    expect(credentials()).toContain('[dev]');
  });

  test('of another account stays as it is, and is taken over when that is wanted', async () => {
    await writeProfiles(withCache, [update('dev')]);
    const other = { principalArn: 'arn:aws:sts::999988887777:assumed-role/R/me' };
    expect(await writeProfiles(withCache, [update('dev', other)])).toMatchObject({
      value: [{ failure: { code: 'profile-other-account' } }],
    });
    const kept = () =>
      readFileSync(join(withCache.cacheFolder, readdirSync(withCache.cacheFolder)[0] ?? ''), 'utf8');
    expect(kept()).not.toContain('999988887777');
    expect(await writeProfiles(withCache, [update('dev', { ...other, takeOver: true })])).toMatchObject({
      value: [{ ok: true }],
    });
    expect(kept()).toContain('999988887777');
  });

  test('is refused where its place is a link', async () => {
    symlinkSync(home, withCache.cacheFolder);
    expect(await writeProfiles(withCache, [update('dev')])).toMatchObject({
      value: [{ failure: { code: 'place-is-link' } }],
    });
  });

  test('stays whole when its long-lived keys may not be removed, or nobody wants it removed any more', async () => {
    await writeProfiles(withCache, [update('dev')]);
    const isCached = () => readdirSync(withCache.cacheFolder).length === 1;
    expect(await removeProfile(withCache, 'dev', { stillWanted: () => false })).toMatchObject({
      failure: { code: 'host-gone' },
    });
    rmSync(files.credentialsFile);
    expect(await removeProfile(withCache, 'dev', { stillWanted: () => false })).toMatchObject({
      failure: { code: 'host-gone' },
    });
    expect(isCached()).toBe(true);
    const longLived = '[dev]\naws_access_key_id = AKIAX\n';
    writeFileSync(files.credentialsFile, longLived);
    expect(await removeProfile(withCache, 'dev')).toMatchObject({ failure: { code: 'profile-long-lived' } });
    expect(await removeProfile(withCache, 'dev', { replace: true, stillWanted: () => false })).toMatchObject({
      failure: { code: 'host-gone' },
    });
    expect([isCached(), credentials()]).toEqual([true, longLived]);
  });

  test('is listed once, and no other is left out for it', async () => {
    const principal = 'x_principal_arn = arn:aws:sts::123456789012:assumed-role/R/me\n';
    const keys = 'aws_access_key_id = ASIAX\naws_secret_access_key = s\naws_session_token = t\n';
    await given(
      'credentialsFile',
      `[dev]\n${keys}${principal}[plain]\nregion = x\n` +
        '[long]\naws_access_key_id = AKIAX\nx_security_token_expires = 2030-01-01T00:00:00Z\nx_principal_arn = nonsense\n' +
        '[a]\nx_principal_arn = my-arn:aws:x\n[b]\nx_principal_arn = arn:aws x\n',
    );
    expect(await listProfiles(files)).toEqual({
      ok: true,
      value: [
        { name: 'dev', kind: 'temporary', principalArn: 'arn:aws:sts::123456789012:assumed-role/R/me' },
        { name: 'plain', kind: 'other' },
        { name: 'long', kind: 'long-lived' },
        { name: 'a', kind: 'other' },
        { name: 'b', kind: 'other' },
      ],
    });
  });
});

describe('a profile with fewer rights than its role', () => {
  const listed = async () => {
    const all = await listProfiles(files);
    return all.ok ? all.value.map(({ name, rights }) => [name, rights]) : all;
  };

  test('says so in the file, and in the list', async () => {
    await writeProfiles(files, [update('dev'), update('dev-readonly', { rights: 'read-only' })]);
    expect(credentials()).toContain(
      'x_principal_arn = arn:aws:sts::123456789012:assumed-role/R/me\nx_session_policy = read-only\n',
    );
    expect(await listed()).toEqual([
      ['dev', undefined],
      ['dev-readonly', 'read-only'],
    ]);
  });

  test.each([
    ['a section of its own', ''],
    ['a file that is read as a whole', '[odd]\n  s3 =\n    a = b\n[dev ]\nx = 1\n'],
  ])('no longer says so once it has all rights, in %s', async (_, before) => {
    await given('credentialsFile', before);
    await writeProfiles(files, [update('dev', { rights: 'view-only' }), update('other')]);
    expect(credentials()).toContain('x_session_policy = view-only\n');
    await writeProfiles(files, [update('dev')]);
    expect(credentials()).not.toContain('x_session_policy');
  });

  test('is taken for one of all rights where the file says something that nobody wrote', async () => {
    await writeProfiles(files, [update('dev', { rights: 'policy' })]);
    writeFileSync(files.credentialsFile, credentials().replace('= policy', '= everything'));
    expect(await listed()).toEqual([['dev', undefined]]);
  });

  test('goes out of the file with all that was written', async () => {
    await writeProfiles(files, [update('dev', { rights: 'security-audit' })]);
    await removeProfile(files, 'dev');
    expect(credentials()).not.toContain('x_session_policy');
  });
});
