import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/cli/doctor/finding.ts';
import { cliForTest } from '../fixtures/cli.ts';
import { frame, HostProcess } from '../fixtures/host-process.ts';

const cli = cliForTest();
const inHome = (path: string) => join(cli.home, path);

const write = {
  version: 1,
  id: '1',
  type: 'write-profiles',
  profiles: [
    {
      name: 'dev',
      credentials: {
        accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYSECRETKEY0',
        sessionToken: 'FwoGZXIvYXdzEXAMPLETOKEN==',
        expiration: '2090-01-01T00:00:00Z',
      },
      principalArn: 'arn:aws:sts::123456789012:assumed-role/Admin/ann',
    },
  ],
};

/** Has the installed host write the profile dev, started as a browser does: with nothing of what the shell sets. */
async function browserWrites(env: Record<string, string> = {}): Promise<unknown> {
  const command = [inHome('.local/share/roleferry/roleferry-host')];
  const host = new HostProcess({ command, home: cli.home, env });
  await host.send(frame(write));
  const answer = await host.next();
  await host.end();
  return answer;
}

describe('browser, shell and AWS tools mean the same files', () => {
  it('where only the shell has AWS_CONFIG_FILE, a process profile stays one for the browser', async () => {
    mkdirSync(inHome('work'));
    const shell = { AWS_CONFIG_FILE: inHome('work/config') };
    const installed = cli.runWith(shell, 'install', '--browser', 'chromium');
    expect(installed).toMatchObject({ status: 0, stderr: expect.stringContaining(inHome('work/config')) });
    expect(cli.runWith(shell, 'configure-process', 'dev').status).toBe(0);
    expect(await browserWrites()).toMatchObject({ ok: true, value: { profiles: [{ ok: true }] } });
    expect(existsSync(inHome('.aws/credentials'))).toBe(false);
    expect(cli.runWith(shell, 'credential-process', '--profile', 'dev').stdout).toContain(
      'ASIAIOSFODNN7EXAMPLE',
    );
  });

  it('what install has once been told of the config file holds until it is told otherwise', () => {
    const recorded = () =>
      JSON.parse(readFileSync(inHome('.local/share/roleferry/host.json'), 'utf8')).configFile;
    cli.run('install', '--browser', 'chromium', '--config-file', 'mine');
    expect(recorded()).toBe(inHome('mine'));
    cli.run('install', '--browser', 'chromium');
    expect(recorded()).toBe(inHome('mine'));
    cli.run('install', '--browser', 'chromium', '--config-file', '');
    expect(recorded()).toBeUndefined();
  });

  it('doctor names each file that browsers and this shell do not share, with the command that helps', () => {
    cli.run('install', '--browser', 'chromium');
    const shell = { AWS_CONFIG_FILE: inHome('other'), AWS_SHARED_CREDENTIALS_FILE: inHome('keys') };
    const findings: Finding[] = JSON.parse(cli.runWith(shell, 'doctor', '--json').stdout);
    const warned = findings.filter(({ level }) => level === 'warning').map(({ remedy }) => remedy);
    expect(warned).toContain(
      `to use this shell's file in browsers too: roleferry install --config-file ${inHome('other')}`,
    );
    expect(warned).toContain(
      `to use this shell's file in browsers too: roleferry install --credentials-file ${inHome('keys')}`,
    );
  });

  it.each([
    ['the shell', { XDG_DATA_HOME: '/nowhere/data' }, {}],
    ['the browser', {}, { XDG_DATA_HOME: '/nowhere/data' }],
  ])('XDG_DATA_HOME of %s alone hides no credentials from AWS tools', async (_, shell, browser) => {
    expect(cli.runWith(shell, 'install', '--browser', 'chromium').status).toBe(0);
    expect(cli.runWith(shell, 'configure-process', 'dev').status).toBe(0);
    expect(await browserWrites(browser)).toMatchObject({ ok: true });
    for (const env of [shell, browser, {}]) {
      const { stdout } = cli.runWith(env, 'credential-process', '--profile', 'dev');
      expect(stdout).toContain('ASIAIOSFODNN7EXAMPLE');
    }
  });
});

describe('a place for the files that AWS tools do not agree on', () => {
  const env = { AWS_SHARED_CREDENTIALS_FILE: '$HOME/x/creds' };

  it.each([
    ['list'],
    ['env', '--profile', 'dev'],
    ['exec', '--profile', 'dev', '--', 'true'],
    ['saml', '--profile', 'dev'],
    ['user', 'arn:aws:iam::111122223333:role/Dev', 'jo', '--profile', 'dev'],
    ['request', 'https://broker.example', '--profile', 'dev'],
    ['configure-process', 'dev'],
    ['credential-process', '--profile', 'dev'],
    ['credential-process', '--profile', 'dev', '--login'],
    ['forget', 'dev'],
    ['uninstall'],
  ])('is refused by roleferry %s before anything is done', (...args) => {
    const { status, stdout, stderr } = cli.runWith(env, ...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(
      /^roleferry: AWS_SHARED_CREDENTIALS_FILE is \$HOME\/x\/creds, and AWS tools do not agree/,
    );
    expect(existsSync(inHome('$HOME'))).toBe(false);
  });

  it('is what roleferry doctor calls broken', () => {
    const { status, stdout } = cli.runWith(env, 'doctor', '--json');
    const ofFiles = JSON.parse(stdout).filter(({ check }: Finding) => check === 'files');
    expect({ status, ofFiles }).toMatchObject({ status: 1, ofFiles: [{ level: 'broken' }] });
    expect(ofFiles[0].message).toContain('AWS tools do not agree');
  });

  it('is refused by aws_role_credentials likewise', () => {
    const program = cli.program.replace('roleferry.cjs', 'aws_role_credentials.cjs');
    const run = spawnSync(process.execPath, [program, 'saml', '--profile', 'dev'], {
      env: { HOME: cli.home, ...env },
      cwd: cli.home,
      encoding: 'utf8',
    });
    expect(run).toMatchObject({ status: 1, stderr: expect.stringContaining('AWS tools do not agree') });
  });

  it('is refused to the browser, and nothing is written', async () => {
    cli.run('install', '--browser', 'chromium');
    expect(await browserWrites(env)).toMatchObject({ ok: false, failure: { code: 'path-variable' } });
    expect(existsSync(inHome('$HOME'))).toBe(false);
    expect(existsSync(inHome('.aws'))).toBe(false);
  });

  it('cannot be given to install', () => {
    expect(cli.run('install', '--credentials-file', '$HOME/creds').status).toBe(2);
    expect(cli.run('install', '--config-file', '~/config').status).toBe(2);
    expect(cli.runWith({ AWS_CONFIG_FILE: '~bob/config' }, 'install', '--browser', 'chromium').status).toBe(
      1,
    );
    expect(existsSync(inHome('.local'))).toBe(false);
  });
});
