import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { bundle } from '../fixtures/bundle-host.ts';
import { frame, HostProcess } from '../fixtures/host-process.ts';
import { putInPath } from '../fixtures/in-path.ts';

let folder: string;
let home: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
  const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  await bundle(source('../../src/cli/main.ts'), join(folder, 'roleferry.cjs'));
  putInPath(join(folder, 'roleferry.cjs'));
  await bundle(source('../../src/cli/profile-use/process-main.ts'), join(folder, 'credential-process.cjs'));
  await bundle(source('../../src/native-host/main.ts'), join(folder, 'native-host.cjs'));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  home = mkdtempSync(join(folder, 'home-'));
});

function roleferry(...args: string[]) {
  const options = { env: { HOME: home, PATH: join(folder, 'bin') }, cwd: home, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(folder, 'roleferry.cjs'), ...args],
    options,
  );
  expect(stderr).not.toMatch(/^\s+at /m);
  return { status, stdout, stderr };
}
const manifest = () => join(home, '.config/chromium/NativeMessagingHosts/roleferry.json');

describe('roleferry', () => {
  it.skipIf(process.getuid?.() !== 0)(
    'says that there is no home folder, where neither HOME nor the system names one',
    () => {
      chmodSync(folder, 0o755);
      const nobody = { uid: 54_321, gid: 54_321, env: {}, cwd: '/', encoding: 'utf8' } as const;
      for (const args of [
        ['list'],
        ['credential-process', '--profile', 'dev'],
        ['saml', '--profile', 'dev'],
        ['doctor'],
      ]) {
        const { status, stdout, stderr } = spawnSync(
          process.execPath,
          [join(folder, 'roleferry.cjs'), ...args],
          nobody,
        );
        expect({ args, status, stdout }).toEqual({ args, status: 1, stdout: '' });
        expect(stderr).toMatch(/^roleferry: There is no home folder: .*\nhint: Set HOME/);
      }
      expect(spawnSync(process.execPath, [join(folder, 'roleferry.cjs'), '--help'], nobody).status).toBe(0);
    },
  );

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

  it.each(commands.map(({ name }) => name))('has %s in the table of docs/cli.md', (name) => {
    const guide = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
    expect(guide).toMatch(new RegExp(`^\\|.*\`${name}\`.*\\|.*\\|$`, 'm'));
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
    [['help', 'nope'], "unknown command 'nope'", 'see roleferry --help'],
    [['help', 'policy', 'nope'], "unknown command 'nope'", 'see roleferry policy --help'],
    [['policy', 'help', 'nope'], "unknown command 'nope'", 'see roleferry policy --help'],
    [['policy', 'saml-trust'], "'--provider-arn <arn>' not", 'see roleferry policy saml-trust --help'],
    [
      ['exec', '-p', 'dev', 'ls', '-la'],
      "unknown option '-la'",
      'roleferry exec [options] [profile] -- <command>',
    ],
    [['exec', 'ls', '--time'], "unknown option '--time'", 'options after --'],
    [['exec', '--profil', 'dev', '--', 'ls'], "unknown option '--profil'", 'did you mean --profile?'],
    [['completion', 'foo'], ": value 'foo' is invalid for argument 'shell'", 'roleferry completion --help'],
    [['install', '--browsr', 'x'], "unknown option '--browsr'", 'did you mean --browser?'],
    [['uninstall', 'now'], "too many arguments for 'uninstall'", 'see roleferry uninstall --help'],
    [['install', '--browser', 'netscape'], "'netscape' is invalid", 'see roleferry install --help'],
    [['install', '--extension-id', '*'], 'not an extension ID', '32 letters'],
    [['install', '--user-data-dir', ''], 'It is empty.', 'see roleferry install --help'],
    [['uninstall', '--user-data-dir', ''], 'It is empty.', 'see roleferry uninstall --help'],
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

  it('names the commands that work where PATH does not lead to it', () => {
    const file = join(folder, 'roleferry.cjs');
    const elsewhere = (...args: string[]) =>
      spawnSync(process.execPath, [file, ...args], { env: { HOME: home }, cwd: home, encoding: 'utf8' });
    const call = `${process.execPath} ../roleferry.cjs`;
    expect(elsewhere('uninstall', 'now').stderr).toContain(`hint: see ${call} uninstall --help\n`);
    expect(elsewhere('exec', 'nope', '--', 'ls').stderr).toContain(`${call} list\n`);
    expect(elsewhere('doctor').stdout).toContain(`→ run: ${call} install\n`);
    expect(elsewhere('exec', '--help').stdout).toMatch(
      new RegExp(`\nTo run this copy, type this instead of roleferry: ${call}\n$`),
    );
    expect(roleferry('exec', '--help').stdout).not.toContain('To run this copy');
  });

  it('keeps an error one line, though what was typed has several, and keeps its hint', () => {
    for (const word of ['a\nb', 'a\n(Did you mean \u001b[31mb?)']) {
      const { status, stderr } = roleferry('completion', word);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^roleferry: [^\n]*'a\ufffd[^\n]*\nhint: see roleferry completion --help\n$/);
      expect(stderr).not.toContain('\u001b');
    }
    expect(roleferry('lis\nt').stderr).toMatch(/^roleferry: [^\n]*'lis\ufffdt'[^\n]*\nhint: [^\n]*\n$/);
  });

  it.each([
    [
      ['help', 'policy', 'saml-trust'],
      ['policy', 'saml-trust', '--help'],
    ],
    [
      ['policy', 'help', 'saml-trust'],
      ['policy', 'saml-trust', '--help'],
    ],
    [['help', 'help'], ['--help']],
    [['help'], ['--help']],
  ])('prints for %j the help of that', (args, same) => {
    const help = roleferry(...same);
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(roleferry(...args)).toEqual(help);
  });

  /** What goes through `sh`, with `$rf` for the program. */
  function inShell(line: string) {
    const rf = `'${process.execPath}' '${join(folder, 'roleferry.cjs')}'`;
    const { status, stdout, stderr } = spawnSync('sh', ['-c', line.replace('$rf', rf)], {
      env: { HOME: home },
      cwd: home,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  it.each(['--help', '--version', 'list --json', 'man-page', 'completion bash', 'policy saml-trust --help'])(
    'says that what %s prints cannot be written',
    (args) => {
      const { status, stderr } = inShell(`$rf ${args} > /dev/full`);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^roleferry: Not all of the output .* no space left\.\nhint: .*\n$/);
    },
  );

  it('says that only the beginning of what it prints found room in the file', () => {
    const { status, stderr } = inShell('ulimit -f 1; $rf man-page > page');
    expect(readFileSync(join(home, 'page'), 'utf8')).toMatch(/^\.TH ROLEFERRY/);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^roleferry: Not all of the output .* EFBIG\.\nhint: .*\n$/);
  });

  it('prints the same into a file as into a pipe', () => {
    const { stdout } = roleferry('man-page');
    expect(inShell('echo before > page; $rf man-page >> page').status).toBe(0);
    expect(readFileSync(join(home, 'page'), 'utf8')).toBe(`before\n${stdout}`);
  });

  it('ends quietly when whoever reads has had enough', () => {
    expect(inShell('{ $rf man-page; echo $? >&2; } | true')).toEqual({
      status: 0,
      stdout: '',
      stderr: '0\n',
    });
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
    expect(stderr).toBe('next: remove the Roleferry extension from your browsers\n');
    expect(stdout).toContain(`removed ${manifest()}\n`);
    expect(readdirSync(home)).toEqual([]);
  });

  it('is content when there is nothing to remove', () => {
    expect(roleferry('uninstall')).toEqual({ status: 0, stdout: '', stderr: 'nothing to remove\n' });
  });
});
