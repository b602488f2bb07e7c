import { execFile } from 'node:child_process';
import { stat, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { openStage, type Stage } from './stage.ts';

const run = promisify(execFile);
const missing = needs('chromium').missing || needs('certutil').missing;
const aws = needs('aws');

describe.skipIf(missing)('the main job, in a real browser', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await openStage();
  });

  afterEach(() => stage?.close());

  it('asks once for the profile name, writes nothing before, and everything else stays as it was', async () => {
    const old = '# mine\r\n[other]\naws_access_key_id = AKIAOTHEROTHEROTHER1\n  s3 =\n    a = b';
    await writeFile(stage.home.credentialsFile, old, { mode: 0o600 });
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    await popup.reads('Developer');
    expect(await popup.text()).toContain('1111-2222-3333');
    expect(await stage.credentialsFile()).toBe(old);
    expect(await popup.profileName()).toBe('developer');
    await popup.typeProfileName('dev');
    await popup.press('Save');
    await popup.reads('Saved.');
    const file = await stage.credentialsFile();
    expect(file.startsWith(old)).toBe(true);
    expect(file).toMatch(/\[dev\]\r?\naws_access_key_id = ASIA\w{16}\r?\n/);
    expect((await stat(stage.home.credentialsFile)).mode & 0o777).toBe(0o600);
  });

  it.skipIf(aws.missing)('writes a profile with which the real AWS CLI makes a signed call', async () => {
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    await popup.typeProfileName('dev');
    await popup.press('Save');
    await popup.reads('Saved.');
    const args = ['sts', 'get-caller-identity', '--profile', 'dev', '--region', 'us-east-1', '--output', 'text'];
    const { stdout } = await run(aws.path, [...args, '--endpoint-url', stage.rehearsal.stsHttpUrl], {
      env: stage.home.env,
    });
    expect(stdout).toContain('arn:aws:sts::111122223333:assumed-role/Developer/alice');
  });

  it('writes by itself at the second login', async () => {
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    await popup.typeProfileName('dev');
    await popup.press('Save');
    await popup.reads('Saved.');
    const first = await stage.credentialsFile();
    const written = stage.rehearsal.requests.length;
    await stage.logIn('alice');
    await popup.reads('Saved.');
    await expect.poll(() => stage.credentialsFile()).not.toBe(first);
    expect(stage.rehearsal.requests.length).toBeGreaterThan(written);
  });
});
