import {
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
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsFilesIn } from '../../../test/fixtures/aws-files.ts';
import type { AwsFiles } from '../files/locate.ts';
import { listProfiles } from '../list-profiles.ts';
import { removeProfile } from '../remove-profile.ts';
import { profilesInCache, readCache, removeCache, writeCache } from './cache.ts';

let home: string;
let files: AwsFiles & { cacheFolder: string };
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'roleferry-'));
  files = awsFilesIn(home);
  writeFileSync(files.configFile, config('dev'));
});
afterEach(() => rmSync(home, { recursive: true }));

const config = (name: string) =>
  `[profile ${name}]\ncredential_process = roleferry credential-process --profile ${name}\n`;
const cached = {
  credentials: {
    accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
    secretAccessKey: 'secret',
    sessionToken: 'token',
    expiration: '2030-01-01T00:00:00Z',
  },
  principalArn: 'arn:aws:sts::111122223333:assumed-role/Developer/jo@example.com',
};

it('gives back what was kept, and nothing once it is dropped', async () => {
  expect(await readCache(files, 'dev')).toEqual({ ok: true, value: undefined });
  expect(await removeCache(files, 'dev')).toEqual({ ok: true, value: false });
  await writeCache(files, 'dev', cached);
  expect(await readCache(files, 'dev')).toEqual({ ok: true, value: cached });
  expect(await removeCache(files, 'dev')).toEqual({ ok: true, value: true });
  expect(await readCache(files, 'dev')).toEqual({ ok: true, value: undefined });
});

it.each(['a/b', '../../etc/passwd', 'con', `${'a'.repeat(128)}`, 'Dev'])(
  'keeps %s apart from the others, in its own folder',
  async (name) => {
    await writeCache(files, 'dev', cached);
    await writeCache(files, name, { ...cached, principalArn: `${cached.principalArn}2` });
    expect(await readCache(files, 'dev')).toEqual({ ok: true, value: cached });
    expect(readdirSync(files.cacheFolder)).toHaveLength(2);
    expect(readdirSync(home).toSorted()).toEqual(['cache', 'config']);
  },
);

it('is the same by every path to the config file', async () => {
  symlinkSync(files.configFile, join(home, 'link'));
  await writeCache(files, 'dev', cached);
  expect(await readCache({ ...files, configFile: join(home, 'link') }, 'dev')).toEqual({
    ok: true,
    value: cached,
  });
});

it('says why when it cannot be read or written', async () => {
  writeFileSync(files.cacheFolder, 'in the way');
  expect(await writeCache(files, 'dev', cached)).toMatchObject({ failure: { code: 'file-not-writable' } });
  expect(await readCache(files, 'dev')).toMatchObject({ failure: { code: 'file-unreadable' } });
});

describe('behind a link in its place', () => {
  const elsewhere = () => join(home, 'elsewhere');
  const links: Record<string, () => void> = {
    'the folder': () => {
      renameSync(files.cacheFolder, elsewhere());
      symlinkSync(elsewhere(), files.cacheFolder);
    },
    'the file': () => {
      const [name = ''] = readdirSync(files.cacheFolder);
      renameSync(join(files.cacheFolder, name), elsewhere());
      symlinkSync(elsewhere(), join(files.cacheFolder, name));
    },
  };

  it.each(Object.keys(links))('nothing is read, written or deleted: %s is a link', async (what) => {
    await writeCache(files, 'dev', cached);
    links[what]?.();
    const isLink = { ok: false, failure: { code: 'place-is-link', params: { path: expect.any(String) } } };
    expect(await readCache(files, 'dev')).toMatchObject(isLink);
    expect(
      await writeCache(files, 'dev', { ...cached, principalArn: `${cached.principalArn}2` }),
    ).toMatchObject(isLink);
    expect(await removeCache(files, 'dev')).toMatchObject(isLink);
    expect(await removeProfile(files, 'dev')).toMatchObject(isLink);
    expect(await profilesInCache(files, 0)).toEqual([]);
    expect(await listProfiles(files)).toEqual({ ok: true, value: [{ name: 'dev', kind: 'process' }] });
    const kept = what === 'the file' ? elsewhere() : join(elsewhere(), readdirSync(elsewhere())[0] ?? '');
    expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual({ profile: 'dev', ...cached });
  });

  it('nothing is made where the link leads nowhere yet', async () => {
    symlinkSync(elsewhere(), files.cacheFolder);
    expect(await writeCache(files, 'dev', cached)).toMatchObject({ failure: { code: 'place-is-link' } });
    expect(readdirSync(home).toSorted()).toEqual(['cache', 'config']);
  });

  it('a profile of the credentials file is removed all the same', async () => {
    mkdirSync(elsewhere());
    symlinkSync(elsewhere(), files.cacheFolder);
    writeFileSync(
      files.credentialsFile,
      '[tmp]\naws_access_key_id = ASIAEXAMPLEEXAMPLE12\naws_secret_access_key = s\naws_session_token = x\n',
    );
    expect(await removeProfile(files, 'tmp')).toEqual({ ok: true, value: undefined });
    expect(readFileSync(files.credentialsFile, 'utf8')).toBe('');
  });
});

it('says whose credentials have not expired', async () => {
  const until = (expiration: string) => ({ ...cached, credentials: { ...cached.credentials, expiration } });
  await writeCache(files, 'dev', until('2030-01-01T00:00:00Z'));
  await writeCache(files, 'old', until('2029-01-01T00:00:00Z'));
  writeFileSync(join(files.cacheFolder, 'damaged.json'), '{');
  const [name = ''] = readdirSync(files.cacheFolder);
  writeFileSync(join(files.cacheFolder, 'copy.bak'), readFileSync(join(files.cacheFolder, name)));
  expect(await profilesInCache(files, Date.UTC(2028, 0, 1))).toHaveLength(2);
  expect(await profilesInCache(files, Date.UTC(2029, 0, 1))).toEqual(['dev']);
  expect(await profilesInCache(files, Date.UTC(2030, 0, 1))).toEqual([]);
  expect(await profilesInCache({ ...files, cacheFolder: join(home, 'none') }, 0)).toEqual([]);
});

it('says why it cannot be dropped', async () => {
  await writeCache(files, 'dev', cached);
  const [name = ''] = readdirSync(files.cacheFolder);
  rmSync(join(files.cacheFolder, name));
  mkdirSync(join(files.cacheFolder, name, 'x'), { recursive: true });
  expect(await removeCache(files, 'dev')).toMatchObject({ failure: { code: 'file-not-writable' } });
  writeFileSync(files.credentialsFile, '[dev]\naws_session_token = t\n');
  expect(await removeProfile(files, 'dev')).toMatchObject({ failure: { code: 'file-not-writable' } });
});

it('is the same for a config file that is not there yet, whatever links lead to it', async () => {
  mkdirSync(join(home, 'real'));
  symlinkSync(join(home, 'real'), join(home, 'link'));
  await writeCache({ ...files, configFile: join(home, 'real', 'new', 'config') }, 'dev', cached);
  expect(await readCache({ ...files, configFile: join(home, 'link', 'new', 'config') }, 'dev')).toEqual({
    ok: true,
    value: cached,
  });
});

it('is nowhere without a folder for it', async () => {
  const { cacheFolder: _, ...bare } = files;
  await writeCache(bare, 'dev', cached);
  expect(await readCache(bare, 'dev')).toEqual({ ok: true, value: undefined });
  expect(await removeCache(bare, 'dev')).toEqual({ ok: true, value: false });
  expect(readdirSync(home)).toEqual(['config']);
});

it('shows in the list of profiles, after those of the credentials file, without its secrets', async () => {
  writeFileSync(
    files.configFile,
    `${config('dev')}${config('new')}${config('padded').replace(']', ' ]')}[profile other]\ncredential_process = /bin/other\n`,
  );
  writeFileSync(files.credentialsFile, '[dev]\ncli_pager = less\n[mine]\naws_access_key_id = AKIAX\n');
  await writeCache(files, 'dev', cached);
  const listed = await listProfiles(files);
  expect(listed).toEqual({
    ok: true,
    value: [
      { name: 'mine', kind: 'long-lived' },
      { name: 'dev', kind: 'process', expiration: '2030-01-01T00:00:00Z', principalArn: cached.principalArn },
      { name: 'new', kind: 'process' },
      { name: 'padded', kind: 'process' },
    ],
  });
});
