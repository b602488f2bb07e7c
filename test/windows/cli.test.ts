import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporarySection } from '../fixtures/built-cli.ts';
import { needs } from '../needs.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { Windows } from './wine.ts';

const { missing } = needs('wine');
const botocore = needs('botocore');

describe.skipIf(missing)('on Windows', () => {
  let windows: Windows;
  let rehearsal: Rehearsal;
  const file = (name: string) => join(windows.home, '.aws', name);
  beforeAll(async () => {
    [windows, rehearsal] = await Promise.all([Windows.open({ user: 'Jo & Co ^' }), startRehearsal()]);
    mkdirSync(join(windows.home, '.aws'));
    expect(await windows.roleferry(['install', '--browser', 'chrome'])).toMatchObject({ status: 0 });
  });
  afterAll(() => Promise.all([windows.close(), rehearsal.close()]));
  beforeEach(() => {
    writeFileSync(file('credentials'), temporarySection('dev'));
    writeFileSync(file('config'), '[profile dev]\r\nregion = eu-central-1\r\n');
  });

  const atRehearsal = () => ({ AWS_ENDPOINT_URL_STS: rehearsal.stsHttpUrl });

  describe('roleferry saml', () => {
    it('writes a profile from a login', async () => {
      const done = await windows.roleferry(['saml', '--profile', 'new'], {
        input: rehearsal.issueResponse({ user: 'alice' }),
        env: atRehearsal(),
      });
      expect(done).toMatchObject({ status: 0, stdout: expect.stringMatching(/^wrote new: /) });
      expect(readFileSync(file('credentials'), 'utf8')).toMatch(
        /^\[new\]\naws_access_key_id = ASIA\w{16}\n/m,
      );
    });
  });

  describe('roleferry user', () => {
    it('writes a profile of a role that the keys in the environment may assume', async () => {
      const role = iamArn(accounts.production, 'role/Deploy');
      const env = {
        ...atRehearsal(),
        AWS_ACCESS_KEY_ID: 'AKIAREHEARSALURSULA1',
        AWS_SECRET_ACCESS_KEY: 'rehearsal/only/secret/of/ursula/00000001',
      };
      const done = await windows.roleferry(['user', role, 'jo', '--profile', 'deploy'], { env });
      expect(done).toMatchObject({ status: 0, stdout: expect.stringContaining(`wrote deploy: ${role}`) });
      expect(readFileSync(file('credentials'), 'utf8')).toContain('assumed-role/Deploy/jo\n');
    });
  });

  describe('roleferry list', () => {
    it('shows the profile', async () => {
      const { stdout } = await windows.roleferry(['list']);
      expect(stdout).toMatch(/^dev +111122223333 +Developer/m);
    });
  });

  describe('roleferry exec', () => {
    it.each([0, 7, 255])('ends with the status %d of the command', async (status) => {
      const call = ['exec', 'dev', '--', 'cmd', '/c', `exit ${status}`];
      expect(await windows.roleferry(call)).toEqual({ status, stdout: '', stderr: '' });
    });

    it('gives the command the credentials', async () => {
      const call = ['exec', 'dev', '--', 'cmd', '/c', 'echo %AWS_ACCESS_KEY_ID% %AWS_REGION%'];
      expect((await windows.roleferry(call)).stdout.trim()).toBe('ASIAEXAMPLEEXAMPLE12 eu-central-1');
    });

    it('says that there is no such command, like a shell', async () => {
      const done = await windows.roleferry(['exec', 'dev', '--', 'no-such-program']);
      expect(done).toMatchObject({
        status: 127,
        stdout: '',
        stderr: expect.stringContaining('no-such-program'),
      });
    });

    it('does not run a program of the current folder', async () => {
      const here = join(windows.home, 'repository');
      mkdirSync(here);
      writeFileSync(join(here, 'tool.exe'), 'MZ');
      const done = await windows.roleferry(['exec', 'dev', '--', 'tool'], { cwd: here });
      expect(done).toMatchObject({ status: 127 });
    });
  });

  describe('roleferry env', () => {
    it('prints lines that cmd.exe runs', async () => {
      const { stdout } = await windows.roleferry(['env', 'dev', '--shell', 'cmd']);
      const batch = '@echo off\r\necho %AWS_ACCESS_KEY_ID% %AWS_SECRET_ACCESS_KEY% %AWS_SESSION_TOKEN%\r\n';
      writeFileSync(join(windows.home, 'vars.bat'), `@echo off\r\n${stdout}${batch}`);
      expect((await windows.run('cmd', ['/c', 'vars.bat'])).stdout.trim()).toBe(
        'ASIAEXAMPLEEXAMPLE12 abcdefghijklmnopqrstuvwxyz0123456789+/ab FwoGZXIvYXdzEXAMPLE+/token==',
      );
    });

    it('is for PowerShell, unless another shell is named', async () => {
      const { stdout } = await windows.roleferry(['env', 'dev']);
      expect(stdout).toContain("$Env:AWS_ACCESS_KEY_ID = 'ASIAEXAMPLEEXAMPLE12'\n");
    });
  });

  describe('the line of roleferry configure-process', () => {
    let line: string;
    beforeEach(async () => {
      expect(await windows.roleferry(['configure-process', 'dev'])).toMatchObject({ status: 0 });
      line = /^credential_process = (.*?)\r?$/m.exec(readFileSync(file('config'), 'utf8'))?.[1] ?? '';
    });
    const answer = {
      Version: 1,
      AccessKeyId: 'ASIAEXAMPLEEXAMPLE12',
      Expiration: '2099-01-01T00:00:00.000Z',
    };

    it.skipIf(botocore.missing)('runs as botocore splits it', async () => {
      const script =
        'import json, sys; from botocore.compat import compat_shell_split; print(json.dumps(compat_shell_split(sys.argv[1], "win32")))';
      const words = JSON.parse(execFileSync(botocore.path, ['-c', script, line], { encoding: 'utf8' }));
      expect(words).toEqual([
        'C:\\users\\Jo & Co ^\\AppData\\Local\\roleferry\\roleferry.cmd',
        'credential-process',
        '--profile',
        'dev',
      ]);
      const { status, stdout } = await windows.run(words[0], words.slice(1));
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject(answer);
    });

    it('runs as the SDK for JavaScript runs it, through cmd.exe', async () => {
      const { status, stdout } = await windows.exec(line);
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject(answer);
    });

    it('says that there are no credentials, and ends with a status that tells so', async () => {
      writeFileSync(file('credentials'), '');
      const done = await windows.exec(line.replace('--profile dev', '--profile other'));
      expect(done).toMatchObject({ stdout: '', stderr: expect.stringContaining('other') });
      expect(done.status).not.toBe(0);
    });
  });

  describe('roleferry credential-process', () => {
    it('prints what AWS tools read', async () => {
      const { status, stdout } = await windows.roleferry(['credential-process', '--profile', 'dev']);
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ Version: 1, AccessKeyId: 'ASIAEXAMPLEEXAMPLE12' });
    });
  });

  describe('roleferry serve', () => {
    it('hands out the credentials to who has its token', async () => {
      // Programs under Wine cannot always connect to each other, so this one asks from outside.
      const serving = windows.start(windows.node, [
        windows.product('roleferry.cjs'),
        ...['serve', 'dev', '--shell', 'cmd'],
      ]);
      const variable = (name: string) =>
        new RegExp(`^set "${name}=(.*)"`, 'm').exec(serving.said().stdout)?.[1] ?? '';
      const uri = await vi.waitUntil(() => variable('AWS_CONTAINER_CREDENTIALS_FULL_URI'), 60_000);
      const authorization = variable('AWS_CONTAINER_AUTHORIZATION_TOKEN');
      expect((await fetch(uri)).status).not.toBe(200);
      const answer = await fetch(uri, { headers: { authorization } });
      expect(await answer.json()).toMatchObject({ AccessKeyId: 'ASIAEXAMPLEEXAMPLE12' });
      serving.child.kill();
      await serving.ended;
    });

    it('ends with the status of a command that it starts', async () => {
      const done = await windows.roleferry(['serve', 'dev', '--', 'cmd', '/c', 'exit 5']);
      expect(done).toMatchObject({ status: 5, stdout: '' });
    });
  });
});
