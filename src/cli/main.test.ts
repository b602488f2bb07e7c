import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundle } from '../native-host/bundle-for-test.ts';
import { frame, HostProcess } from '../native-host/host-process-for-test.ts';
import { commands } from './commands.ts';

let folder: string;
let home: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
  const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  await bundle(source('main.ts'), join(folder, 'roleferry.mjs'));
  await bundle(source('../native-host/main.ts'), join(folder, 'native-host.mjs'));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  home = mkdtempSync(join(folder, 'home-'));
});

function roleferry(...args: string[]) {
  const options = { env: { HOME: home }, cwd: home, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(folder, 'roleferry.mjs'), ...args],
    options,
  );
  expect(stderr).not.toMatch(/^\s+at /m);
  return { status, stdout, stderr };
}
const manifest = () => join(home, '.config/chromium/NativeMessagingHosts/roleferry.json');

describe('roleferry', () => {
  it('prints its version', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    for (const option of ['--version', '-V']) {
      expect(roleferry(option)).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    }
  });

  it('lists its commands in its help', () => {
    const { status, stdout, stderr } = roleferry('--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const unwrapped = stdout.replace(/\s+/g, ' ');
    for (const { name } of commands) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    for (const { summary } of commands) expect(unwrapped).toContain(` ${summary} `);
    expect(stdout).toContain('Examples:');
  });

  it.each(commands.map(({ name }) => name))('has options and examples in the help of %s', (name) => {
    const help = roleferry(name, '--help');
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toContain('Examples:');
    expect(roleferry('help', name)).toEqual(help);
  });

  it('prints help on stderr and fails when it is not told what to do', () => {
    expect(roleferry()).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('Usage:') });
  });

  it.each([
    [['instal'], "unknown command 'instal'", 'did you mean install?'],
    [['--versoin'], "unknown option '--versoin'", 'did you mean --version?'],
    [['dance'], "unknown command 'dance'", 'see roleferry --help'],
    [['install', '--browsr', 'x'], "unknown option '--browsr'", 'did you mean --browser?'],
    [['uninstall', 'now'], "too many arguments for 'uninstall'", 'see roleferry uninstall --help'],
    [['install', '--browser', 'netscape'], "'netscape' is invalid", 'see roleferry install --help'],
    [['install', '--extension-id', '*'], 'not the id of an extension', '32 letters'],
    [['install', '--browser', 'firefox', '--user-data-dir', '.'], 'Firefox', 'roleferry install --help'],
  ])('takes %j for a mistake and says what to do', (args, what, hint) => {
    const { status, stdout, stderr } = roleferry(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    const [first, second, ...more] = stderr.trimEnd().split('\n');
    expect(first).toMatch(/^roleferry: /);
    expect(first).toContain(what);
    expect(second).toMatch(/^hint: /);
    expect(second).toContain(hint);
    expect(more).toEqual([]);
    expect(readdirSync(home)).toEqual([]);
  });
});

describe('roleferry install', () => {
  it('says what it wrote for whom, and nothing else', () => {
    mkdirSync(join(home, '.config/chromium'), { recursive: true });
    const { status, stdout, stderr } = roleferry('install');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`wrote ${manifest()} (Chromium)`);
  });

  it('says that everything is up to date when it is', () => {
    mkdirSync(join(home, '.config/chromium'), { recursive: true });
    roleferry('install');
    expect(roleferry('install')).toMatchObject({ status: 0, stderr: 'already up to date\n' });
  });

  it('registers a host that works', async () => {
    expect(roleferry('install', '--browser', 'chromium').status).toBe(0);
    const { path } = JSON.parse(readFileSync(manifest(), 'utf8'));
    const host = new HostProcess({ command: [path], home, env: { PATH: '' } });
    await host.send(frame({ version: 1, id: '1', type: 'hello' }));
    expect(await host.next()).toMatchObject({ id: '1', ok: true });
    expect(await host.end()).toMatchObject({ code: 0, strayBytes: 0 });
  });

  it('fails with a hint when there is no browser', () => {
    const { status, stdout, stderr } = roleferry('install');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^roleferry: No browser was found .*Chrome.*\nhint: .*--browser.*\n$/);
  });

  it('takes a user data folder from where it is called', () => {
    expect(roleferry('install', '--user-data-dir', 'data').status).toBe(0);
    expect(existsSync(join(home, 'data/NativeMessagingHosts/roleferry.json'))).toBe(true);
  });
});

describe('roleferry uninstall', () => {
  it('undoes install, says what it removed and what is left to do', () => {
    roleferry('install', '--browser', 'chromium');
    const { status, stdout, stderr } = roleferry('uninstall');
    expect(status).toBe(0);
    expect(stderr).toBe('next: remove Roleferry from the extensions of your browsers\n');
    expect(stdout).toContain(`removed ${manifest()}\n`);
    expect(readdirSync(home)).toEqual([]);
  });

  it('is content when there is nothing to remove', () => {
    expect(roleferry('uninstall')).toEqual({ status: 0, stdout: '', stderr: 'nothing to remove\n' });
  });
});
