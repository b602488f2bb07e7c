import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shownProfile, type WrittenProfile, watchProfiles, writtenProfiles } from './credentials-watch.ts';

describe('the profiles of a credentials file', () => {
  it('are shown without what is secret in them', () => {
    const text =
      '# mine\r\n[ dev ]\r\naws_access_key_id = ASIAEXAMPLE\r\naws_secret_access_key=abcdSECRET=\r\nunknown = wxyzSECRET\r\nregion = eu-west-1\r\n';
    const [dev] = writtenProfiles(text);
    expect(shownProfile(dev as WrittenProfile)).toBe(
      '[dev]\naws_access_key_id = ASIA…\naws_secret_access_key = …\nunknown = …\nregion = eu-west-1',
    );
  });

  it('show nothing secret of a line that is no setting', () => {
    expect(shownProfile({ name: 'dev', lines: ['SECRETSECRET'] })).not.toContain('SECRET');
  });
});

describe('watching a credentials file', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roleferry-watch-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('tells of the profile that was written, and not of those that were there', async () => {
    const file = join(folder, 'credentials');
    await writeFile(file, '[old]\na = 1\n[dev]\na = 1\n');
    const names: string[] = [];
    await new Promise<void>((resolve) => {
      const watcher = watchProfiles(file, ({ name }) => {
        names.push(name);
        watcher.close();
        resolve();
      });
      const fresh = join(folder, 'fresh');
      void writeFile(fresh, '[old]\na = 1\n[dev]\na = 2\n').then(() => rename(fresh, file));
    });
    expect(names).toEqual(['dev']);
  });

  it('starts before there is a file', async () => {
    const file = join(folder, 'credentials');
    const profile = await new Promise<WrittenProfile>((resolve) => {
      const watcher = watchProfiles(file, (written) => {
        watcher.close();
        resolve(written);
      });
      const fresh = join(folder, 'fresh');
      void writeFile(fresh, '[dev]\na = 1\n').then(() => rename(fresh, file));
    });
    expect(profile).toEqual({ name: 'dev', lines: ['a = 1'] });
  });
});
