import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { chromiumExtensionId, firefoxExtensionId } from '../../src/core/product.ts';
import { frame, HostProcess } from '../fixtures/host-process.ts';
import { madeExecutable, noExecutables } from '../fixtures/made-executable.ts';
import { needs, skippedBecause } from '../needs.ts';

const run = promisify(execFile);
const { makeDeb } = await import(new URL('../../scripts/package/linux/make-deb.mjs', import.meta.url).href);
const missing = needs('dpkg').missing || needs('unshare').missing || skippedBecause(noExecutables);
const hello = (id: string) => frame({ version: 1, id, type: 'hello' });

// Into a folder that is a machine of its own, with this one's libraries: nothing of the machine that tests run on changes.
describe.skipIf(missing)('the Debian package', () => {
  let folder: string;
  let machine: string;
  let executable: string;
  let before: string[];
  const at = (path: string) => join(machine, path);
  const manifests = ['etc/opt/chrome', 'etc/chromium', 'etc/opt/edge', 'usr/lib/mozilla'].map(
    (place) => `${place}/native-messaging-hosts/roleferry.json`,
  );

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'roleferry-deb-'));
    machine = join(folder, 'machine');
    executable = await madeExecutable('linux-x64');
    for (const name of ['info', 'updates', 'triggers', 'parts', 'alternatives'])
      mkdirSync(at(`var/lib/dpkg/${name}`), { recursive: true });
    writeFileSync(at('var/lib/dpkg/status'), '');
    mkdirSync(at('home/jo/.config/google-chrome'), { recursive: true });
    mkdirSync(at('home/jo/.mozilla/firefox'), { recursive: true });
    mkdirSync(at('home/jo/.aws'), { mode: 0o700 });
    await inMachine('true');
    before = contents();
    packageOf('0.0.9');
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What is on that machine, but for dpkg's own notes. */
  const contents = () =>
    readdirSync(machine, { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.startsWith('var/lib/dpkg'))
      .sort();

  /** Not compressed, which is most of the work. */
  function packageOf(ofVersion: string, name = `${ofVersion}.deb`): string {
    const file = join(folder, name);
    const copyright = 'Apache-2.0\n';
    makeDeb({ file, executable, version: ofVersion, architecture: 'amd64', copyright, compression: 'none' });
    return file;
  }

  const dpkg = (...args: string[]) =>
    run(needs('unshare').path, [
      ...['-rm', needs('dpkg').path, `--root=${machine}`, '--log=/dev/null', '--force-script-chrootless'],
      ...['--force-depends', '--force-bad-path', '--force-confold', ...args],
    ]);

  /** What runs a program there. Only libraries, /proc and /dev are this machine's. */
  function onMachine(...command: string[]): string[] {
    const script = `
      set -e
      machine=$1
      shift
      for place in /lib64 /lib/x86_64-linux-gnu /usr/lib/x86_64-linux-gnu /proc /dev; do
        mkdir -p "$machine$place"
        mount --rbind "$place" "$machine$place"
      done
      exec chroot "$machine" "$@"`;
    return [needs('unshare').path, '-rm', '/bin/sh', '-c', script, 'sh', machine, ...command];
  }

  function inMachine(...command: string[]) {
    const [file = '', ...args] = onMachine(...command);
    const env = { HOME: '/home/jo', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };
    return run(file, args, { env }).catch((error: { code: number; stdout: string; stderr: string }) => error);
  }

  /** The host as a browser starts it: by a manifest. */
  function hostOf(manifest: string): HostProcess {
    const { path, allowed_origins: [origin] = [] } = JSON.parse(readFileSync(at(manifest), 'utf8'));
    const args = origin === undefined ? [`/${manifest}`, firefoxExtensionId] : [origin];
    return new HostProcess({
      command: onMachine(path),
      home: '/home/jo',
      args,
      env: { PATH: '/usr/sbin:/usr/bin:/bin' },
    });
  }

  it('has the same bytes when it is made again', () => {
    const again = packageOf('0.0.9', 'again.deb');
    expect(readFileSync(again).equals(readFileSync(join(folder, '0.0.9.deb')))).toBe(true);
  });

  it('brings the host for every browser, the programs, man page and completions, all of root', async () => {
    await dpkg('--install', join(folder, '0.0.9.deb'));
    const { stdout } = await run('dpkg-deb', ['--contents', join(folder, '0.0.9.deb')]);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.filter((line) => !/^([-d]rw[x-]r-[x-]r-[x-]|lrwxrwxrwx) root\/root /.test(line))).toEqual(
      [],
    );
    const installed = [
      ...manifests,
      'usr/lib/roleferry/roleferry',
      'usr/lib/roleferry/roleferry-host',
      'usr/bin/roleferry',
      'usr/bin/roleferry-broker',
      'usr/bin/aws_role_credentials',
      'usr/share/man/man1/roleferry.1.gz',
      'usr/share/bash-completion/completions/roleferry',
      'usr/share/zsh/vendor-completions/_roleferry',
      'usr/share/fish/vendor_completions.d/roleferry.fish',
      'usr/share/doc/roleferry/copyright',
    ];
    const shown = contents();
    expect(shown).toEqual(expect.arrayContaining(installed));
    expect((await inMachine('/usr/bin/roleferry', '--version')).stdout).toBe(`${version}\n`);
    expect((await inMachine('/usr/bin/roleferry-broker', '--version')).stdout).toBe(`${version}\n`);
  });

  it.each(['etc/opt/chrome', 'usr/lib/mozilla'])(
    'has the host answer a browser by the manifest in %s',
    async (place) => {
      const host = hostOf(`${place}/native-messaging-hosts/roleferry.json`);
      await host.send(hello('1'));
      expect(await host.next()).toMatchObject({ ok: true, value: { hostVersion: version } });
      expect(await host.end()).toMatchObject({ code: 0, strayBytes: 0 });
    },
  );

  it('is in order by doctor, for a user who has installed nothing', async () => {
    const { stdout } = await inMachine('/usr/bin/roleferry', 'doctor');
    expect(stdout).toContain('the native host is installed for all users: /etc/opt/chrome');
    expect(stdout).toContain('started as Chrome would, the host answers');
    expect(stdout).toContain('started as Firefox would, the host answers');
    expect(stdout).not.toMatch(/^✗/m);
  });

  it('is updated while a browser has the host open, and leaves what the administrator changed', async () => {
    const id = 'abcdefghijklmnopabcdefghijklmnop';
    const chrome = manifests[0] ?? '';
    const open = hostOf(chrome);
    await open.send(hello('1'));
    expect(await open.next()).toMatchObject({ ok: true });
    // As deploy/fleet/ansible.yml does.
    const own = readFileSync(at(chrome), 'utf8').replace(chromiumExtensionId, id);
    writeFileSync(at(chrome), own);
    const record = { extensionIds: [id], builtInIds: false, manifests: [], folders: [] };
    writeFileSync(at('usr/lib/roleferry/host.json'), JSON.stringify(record));
    await dpkg('--install', packageOf(version));
    expect((await dpkg('--status', 'roleferry')).stdout).toContain(`Version: ${version}\n`);
    expect(readFileSync(at(chrome), 'utf8')).toBe(own);
    await open.send(hello('2'));
    expect(await open.next()).toMatchObject({ ok: true });
    expect((await open.end()).code).toBe(0);
    const next = hostOf(chrome);
    await next.send(hello('3'));
    expect(await next.next()).toMatchObject({ ok: true });
    await next.end();
    const other = hostOf(manifests[1] ?? '');
    await other.send(hello('4'));
    expect(await other.next()).toMatchObject({ failure: { code: 'origin-not-allowed' } });
    await other.end();
  });

  it('leaves settings of the administrator when it is removed, and nothing when it is purged', async () => {
    await dpkg('--remove', 'roleferry');
    expect(existsSync(at('usr/lib/roleferry/roleferry'))).toBe(false);
    expect(existsSync(at('usr/bin/roleferry'))).toBe(false);
    expect(existsSync(at('usr/lib/roleferry/host.json'))).toBe(true);
    await dpkg('--purge', 'roleferry');
    expect(contents()).toEqual(before);
  });
});
