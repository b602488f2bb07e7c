import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { makeScratchHome, type ScratchHome } from './scratch-home.ts';
import { type Rehearsal, startRehearsal } from './server.ts';
import { openShell } from './shell.ts';

const aws = needs('aws');
let rehearsal: Rehearsal;
let home: ScratchHome;
let shell: { close(): Promise<void> };
let file: string;
beforeEach(async () => {
  rehearsal = await startRehearsal();
  home = await makeScratchHome();
  file = join(home.path, 'for a shell', 'env');
  shell = await openShell({ rehearsal, home }, file);
});
afterEach(async () => {
  await shell.close();
  expect(existsSync(file)).toBe(false);
  await home.close();
  await rehearsal.close();
});

const inShell = async (script: string, env: Record<string, string> = {}) =>
  (
    await promisify(execFile)('/bin/sh', ['-c', `. "$0"; ${script}`, file], {
      env: { PATH: '/usr/bin:/bin', ...env },
    })
  ).stdout;

it.skipIf(aws.missing)(
  'a terminal that sources the file reaches the rehearsal with plain AWS commands',
  async () => {
    const { accessKeyId, secretAccessKey } = rehearsal.world.iamUsers[0] ?? {
      accessKeyId: '',
      secretAccessKey: '',
    };
    writeFileSync(
      home.credentialsFile,
      `[dev]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\nregion = eu-central-1\n`,
    );
    const said = await inShell(`${aws.path} sts get-caller-identity --profile dev`);
    expect(JSON.parse(said).Arn).toBe(rehearsal.world.iamUsers[0]?.arn);
    expect(rehearsal.requests.map(({ host }) => host)).toEqual(['sts.eu-central-1.amazonaws.com']);
  },
);

it('a terminal that sources the file keeps nothing of its own AWS settings', async () => {
  const said = await inShell('env', { AWS_PROFILE: 'work', AWS_SECRET_ACCESS_KEY: 'mine', HOME: '/home/me' });
  expect(said).toContain(`HOME=${home.path}\n`);
  expect(said).not.toMatch(/AWS_PROFILE|AWS_SECRET|mine/);
  expect(readFileSync(file, 'utf8')).toContain(`PATH='${home.path}/bin':`);
});
