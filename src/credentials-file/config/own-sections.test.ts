import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AwsFiles } from '../files/locate.ts';
import { removeProfile } from '../remove-profile.ts';
import { writeProfiles } from '../write-profiles.ts';
import { setRegion } from './regions.ts';

let home: string;
let files: Required<Pick<AwsFiles, 'cacheFolder'>> & AwsFiles;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'roleferry-'));
  files = {
    credentialsFile: join(home, 'credentials'),
    configFile: join(home, 'config'),
    cacheFolder: join(home, 'cache'),
  };
});

afterEach(() => rmSync(home, { recursive: true }));

const write = (name: string, region = 'eu-west-1', output?: string) =>
  writeProfiles(files, [
    {
      name,
      credentials: {
        accessKeyId: 'ASIANEWNEWNEWNEW1234',
        secretAccessKey: 'newsecret',
        sessionToken: 'newtoken==',
        expiration: '2030-01-01T00:00:00Z',
      },
      principalArn: 'arn:aws:sts::123456789012:assumed-role/R/me',
      region,
      ...(output && { output }),
    },
  ]);
const renamed = (name: string, stillWanted = () => true) =>
  removeProfile(files, name, { renamed: true, stillWanted });
const config = () => readFileSync(files.configFile, 'utf8');
const given = (content: string) => writeFileSync(files.configFile, content);
const mine = '# mine\n[default]\noutput = json\n';

describe('the section of a profile that has another name now', () => {
  it('goes out of the config file where Roleferry added it, and leaves the rest to the byte', async () => {
    given(`${mine}\n[profile other]\nregion=x\n`);
    await write('dev');
    expect(config()).toContain('\n[profile dev]\nregion = eu-west-1\n');
    expect(await renamed('dev')).toEqual({ ok: true, value: undefined });
    expect(config()).toBe(`${mine}\n[profile other]\nregion=x\n`);
    expect(readdirSync(files.cacheFolder)).toEqual([]);
  });

  it('goes from between others, together with one of the blank lines around it', async () => {
    given(mine);
    await write('dev');
    given(`${config()}\n# about other\n[profile other]\nregion=x\n`);
    await renamed('dev');
    expect(config()).toBe(`${mine}\n# about other\n[profile other]\nregion=x\n`);
  });

  it('goes though Roleferry has changed its region, or added to it, since', async () => {
    await write('dev');
    await setRegion(files, 'dev', 'us-west-2', () => true);
    await write('dev', 'us-west-2', 'json');
    expect(config()).toBe('[profile dev]\nregion = us-west-2\noutput = json\n');
    await renamed('dev');
    expect(config()).toBe('');
  });

  it('goes too where a changed region made it', async () => {
    given(mine);
    await setRegion(files, 'dev', 'us-west-2', () => true);
    await renamed('dev');
    expect(config()).toBe(mine);
  });

  it('goes though its credentials are not in the file any more', async () => {
    await write('dev');
    await removeProfile(files, 'dev');
    expect(config()).toContain('[profile dev]');
    expect(await renamed('dev')).toMatchObject({ ok: false, failure: { code: 'profile-not-found' } });
    expect(config()).toBe('');
  });

  it('stays where the profile was removed under the same name, as forgetting does', async () => {
    await write('dev');
    await removeProfile(files, 'dev');
    expect(config()).toBe('[profile dev]\nregion = eu-west-1\n');
  });

  it.each([
    ['a setting', '[profile dev]\nregion = eu-west-1\noutput = json\n'],
    ['a setting below a blank line', '[profile dev]\nregion = eu-west-1\n\noutput = json\n'],
    ['nested settings', '[profile dev]\nregion = eu-west-1\ns3 =\n  a = b\n'],
    ['a comment', '[profile dev]\n# near the customers\nregion = eu-west-1\n'],
    ['a comment below', '[profile dev]\nregion = eu-west-1\n# near the customers\n'],
    ['a comment behind the region', '[profile dev]\nregion = eu-west-1 # near\n'],
    ['a comment behind the name', '[profile dev] # near\nregion = eu-west-1\n'],
    ['another region', '[profile dev]\nregion = us-east-1\n'],
    ['other blanks', '[profile dev]\nregion=eu-west-1\n'],
    ['a second section', '[profile dev]\nregion = eu-west-1\n\n[profile "dev"]\noutput = json\n'],
  ])('stays as it is where somebody wrote %s into it', async (_, content) => {
    await write('dev');
    given(content);
    expect(await renamed('dev')).toMatchObject({ ok: true });
    expect(config()).toBe(content);
  });

  it('stays where somebody else made it, though Roleferry gave it its region', async () => {
    given('[profile dev]\n');
    await write('dev');
    await renamed('dev');
    expect(config()).toBe('[profile dev]\nregion = eu-west-1\n');
    given('[profile dev]\noutput = json\n');
    await setRegion(files, 'dev', 'us-west-2', () => true);
    given('[profile dev]\nregion = us-west-2\n');
    await renamed('dev');
    expect(config()).toBe('[profile dev]\nregion = us-west-2\n');
  });

  it('stays with the config file of another place, whose profile of that name is another one', async () => {
    await write('dev');
    const there = { ...files, configFile: join(home, 'other') };
    writeFileSync(there.configFile, config());
    await removeProfile(there, 'dev', { renamed: true });
    expect(readFileSync(there.configFile, 'utf8')).toBe(config());
  });

  it('stays where nobody waits for the answer any more', async () => {
    await write('dev');
    let asked = 0;
    // The credentials go first, then the config file.
    await renamed('dev', () => ++asked < 3);
    expect(config()).toContain('[profile dev]');
  });

  it('stays with long-lived keys, which are never removed', async () => {
    await write('dev');
    const keys = '[dev]\naws_access_key_id = AKIAOTHEROTHEROTHER1\naws_secret_access_key = s\n';
    writeFileSync(files.credentialsFile, keys);
    expect(await renamed('dev')).toMatchObject({ ok: false, failure: { code: 'profile-long-lived' } });
    expect(config()).toContain('[profile dev]');
  });

  it('stays in a file that cannot be understood, and the failure names the line', async () => {
    await write('dev');
    given(`${config()}[profile\n`);
    expect(await renamed('dev')).toMatchObject({ ok: false, failure: { code: 'file-not-understood' } });
    expect(config()).toContain('[profile dev]');
  });
});

describe('what is noted of sections', () => {
  it('is nothing without a place for it: then none of them ever goes', async () => {
    const { cacheFolder: _, ...without } = files;
    await setRegion(without, 'dev', 'us-west-2', () => true);
    await removeProfile(without, 'dev', { renamed: true });
    expect(config()).toBe('[profile dev]\nregion = us-west-2\n');
  });

  it('is not written through a link, and the region all the same', async () => {
    mkdirSync(join(home, 'elsewhere'));
    symlinkSync(join(home, 'elsewhere'), files.cacheFolder);
    await setRegion(files, 'dev', 'us-west-2', () => true);
    expect(readdirSync(join(home, 'elsewhere'))).toEqual([]);
    expect(config()).toContain('us-west-2');
  });

  it('is nothing where the note is damaged, until the next one', async () => {
    await write('dev');
    const [note = ''] = readdirSync(files.cacheFolder);
    writeFileSync(join(files.cacheFolder, note), '{"');
    await renamed('dev');
    expect(config()).toContain('[profile dev]');
    await write('look');
    await renamed('look');
    expect(config()).toBe('[profile dev]\nregion = eu-west-1\n');
    expect(existsSync(join(files.cacheFolder, note))).toBe(false);
  });
});
