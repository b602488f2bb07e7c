import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRegions, setRegion } from './regions.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roleferry-regions-'));
  file = join(folder, 'config');
});
afterEach(() => rm(folder, { recursive: true }));

const content = () => readFile(file, 'utf8');
const set = (region: string, wanted = true) =>
  setRegion({ credentialsFile: file, configFile: file }, 'dev', region, () => wanted);

describe('the regions of a config file', () => {
  it('are told by profile, however a section is written', async () => {
    await writeFile(
      file,
      '[default]\nregion = us-west-2\n[profile dev]\nRegion=eu-central-1\n[profile "ops"]\nregion = cn-north-1\n[profile bare]\noutput=json\n',
    );
    expect(await readRegions(file)).toEqual({ default: 'us-west-2', dev: 'eu-central-1', ops: 'cn-north-1' });
  });

  it('leave out what is no region, and what is no name of a profile', async () => {
    await writeFile(
      file,
      '[profile dev]\nregion = $(id)\n[profile a b]\nregion = eu-west-1\n[profile x]\nregion =\n[profile y]\nregion = Frankfurt\n',
    );
    expect(await readRegions(file)).toEqual({});
  });

  it('are none where there is no file', async () => {
    expect(await readRegions(file)).toEqual({});
  });
});

describe('a region that is changed on purpose', () => {
  it('takes the place of the other one, and every other line stays', async () => {
    await writeFile(
      file,
      '# mine\n[profile dev]\nregion = us-west-2\noutput = json\n\n[profile ops]\nregion = us-west-2\n',
    );
    expect(await set('eu-central-1')).toMatchObject({ ok: true });
    expect(await content()).toBe(
      '# mine\n[profile dev]\nregion = eu-central-1\noutput = json\n\n[profile ops]\nregion = us-west-2\n',
    );
  });

  it('comes to a profile that has none, and to a file that is not there', async () => {
    await set('eu-central-1');
    expect(await content()).toBe('[profile dev]\nregion = eu-central-1\n');
  });

  it('is not written once nobody wants it, nor into a file that nobody understands', async () => {
    expect(await set('eu-central-1', false)).toMatchObject({ failure: { code: 'host-gone' } });
    await writeFile(file, '[profile dev\n');
    expect(await set('eu-central-1')).toMatchObject({ failure: { code: 'file-not-understood' } });
    expect(await content()).toBe('[profile dev\n');
  });
});
