import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsFilesIn } from '../../../test/fixtures/aws-files.ts';
import type { AwsFiles } from '../files/locate.ts';
import { listProfiles } from '../list-profiles.ts';
import { readCache, writeCache } from '../process/cache.ts';
import { makeOnDemand } from './make-on-demand.ts';
import { askForProfile, readQuestions } from './questions.ts';
import { removeOnDemand } from './remove-on-demand.ts';
import { renameOnDemand } from './rename-on-demand.ts';

let home: string;
let files: AwsFiles & { cacheFolder: string };
const program = '/home/jo/.local/share/roleferry/roleferry';
const before = '# mine\n[default]\nregion = us-east-1';

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'roleferry-'));
  files = awsFilesIn(home);
  writeFileSync(files.configFile, before);
  await makeOnDemand(files, [{ name: 'a', region: 'eu-west-1' }, { name: 'b' }], program);
});
afterEach(() => rmSync(home, { recursive: true }));

const config = () => readFileSync(files.configFile, 'utf8');
const rename = (from: string, to: string, stillWanted = () => true) =>
  renameOnDemand(files, { from, to }, program, stillWanted);
const section = (name: string) =>
  `[profile ${name}]\ncredential_process = ${program} credential-process --profile ${name} --login\n`;
const cached = {
  credentials: {
    accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
    secretAccessKey: 'secret',
    sessionToken: 'token',
    expiration: '2030-01-01T00:00:00Z',
  },
  principalArn: 'arn:aws:sts::111122223333:assumed-role/Developer/jo@example.com',
};

describe('an on-demand profile that gets another name', () => {
  it('keeps its place and its region in the config file, and asks Roleferry under the new name', async () => {
    expect(await rename('a', 'dev')).toEqual({ ok: true, value: undefined });
    expect(config()).toBe(`${before}\n\n${section('dev')}region = eu-west-1\n\n${section('b')}`);
    expect(await listProfiles(files)).toMatchObject({
      value: [
        { name: 'dev', onDemand: true },
        { name: 'b', onDemand: true },
      ],
    });
  });

  it('is undone like any other: the file is as it was before all of them, to the byte', async () => {
    await rename('a', 'dev');
    await rename('b', 'a');
    expect(await removeOnDemand(files)).toMatchObject({ ok: true });
    expect(config()).toBe(before);
  });

  it('takes along its credentials and what tools asked of it', async () => {
    await writeCache(files, 'a', cached);
    await askForProfile(files, 'a', Date.now());
    const [asked] = await readQuestions(files);
    await rename('a', 'dev');
    expect(await readCache(files, 'dev')).toEqual({ ok: true, value: cached });
    expect(await readCache(files, 'a')).toEqual({ ok: true, value: undefined });
    const moved = await readQuestions(files);
    expect(moved).toMatchObject([{ profile: 'dev', id: asked?.id }]);
    expect(moved[0]?.askedAt).toBeCloseTo(asked?.askedAt ?? 0, -1);
  });

  it('takes along what somebody wrote into its section, comments too', async () => {
    writeFileSync(
      files.configFile,
      config().replace('[profile b]\n', '[profile b] # mine\noutput = json\n# why\n'),
    );
    expect(await rename('b', 'dev')).toMatchObject({ ok: true });
    expect(config()).toContain('[profile dev] # mine\noutput = json\n# why\ncredential_process = ');
    expect(config()).not.toContain('[profile b]');
  });

  it.each<[string, string, string, string]>([
    ['one of the config file', 'a', 'b', 'profiles-exist'],
    ['one of the credentials file', 'a', 'keys', 'profiles-exist'],
    ['one that a shell would read as something else', 'a', '-x', 'profile-name-invalid'],
    ['one that is no name', 'a', 'x y', 'profile-name-invalid'],
  ])('is refused the name %s, and stays as it is', async (_, from, to, code) => {
    writeFileSync(files.credentialsFile, '[keys]\naws_access_key_id = AKIAOTHEROTHEROTHER1\n');
    const config0 = config();
    expect(await rename(from, to)).toMatchObject({ ok: false, failure: { code } });
    expect(config()).toBe(config0);
  });

  it('is one that Roleferry made: others are left alone', async () => {
    const own = `\n[profile own]\ncredential_process = ${program} credential-process --profile own\n`;
    writeFileSync(files.configFile, config() + own);
    for (const name of ['own', 'default', 'nobody'])
      expect(await rename(name, 'dev')).toMatchObject({ failure: { code: 'profile-not-found' } });
    writeFileSync(files.configFile, `${before}\n[profile a]\ncredential_process = other\n`);
    expect(await rename('a', 'dev')).toMatchObject({ failure: { code: 'profile-not-found' } });
  });

  it('stays where a part of it would be left behind, or nobody waits for the answer', async () => {
    const config0 = config();
    expect(await rename('a', 'dev', () => false)).toMatchObject({ failure: { code: 'host-gone' } });
    expect(config()).toBe(config0);
    writeFileSync(files.configFile, `${config0}\n[profile "a"]\noutput = json\n`);
    expect(await rename('a', 'dev')).toMatchObject({ failure: { code: 'file-not-understood' } });
    expect(config()).toContain(section('a'));
    writeFileSync(files.configFile, config0);
    expect(await removeOnDemand(files)).toEqual({ ok: true, value: ['a', 'b'] });
    expect(config()).toBe(before);
  });
});
