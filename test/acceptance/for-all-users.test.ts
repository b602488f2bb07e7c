import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumExtensionId } from '../../src/core/product.ts';
import { frame, HostProcess } from '../fixtures/host-process.ts';
import { skippedBecause } from '../needs.ts';

// As docs/administrators.md has it: a root-owned host, tried in a mount namespace with its own /opt and /etc/opt.
const nobody = 65534;
const dist = fileURLToPath(new URL('../../dist/node', import.meta.url));

const reason =
  process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0
    ? undefined
    : 'only root can mount an /opt of its own';

describe.skipIf(skippedBecause(reason))('a host that an administrator installed for all users', () => {
  let folder: string;
  let home: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'roleferry-all-'));
    chmodSync(folder, 0o755);
    home = join(folder, 'home');
    execFileSync('cp', ['-r', dist, join(folder, 'node')]);
    execFileSync('mkdir', ['-p', join(home, '.config/google-chrome'), join(home, '.aws')]);
    execFileSync('cp', [process.execPath, join(folder, 'node-program')]);
    execFileSync('chown', ['-R', `${nobody}`, home]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const wrapper = () =>
    `#!/bin/sh\nunset NODE_OPTIONS\nexec '${folder}/node-program' '/opt/roleferry/native-host.cjs' "$@"\n`;
  const manifest = JSON.stringify({
    name: 'roleferry',
    description: 'Writes AWS profiles for the Roleferry extension',
    path: '/opt/roleferry/roleferry-host',
    type: 'stdio',
    allowed_origins: [`chrome-extension://${chromiumExtensionId}/`],
  });

  /** What runs a shell script as an ordinary user on a machine where the host is installed for all; `prepare` as root. */
  function onThatMachine(script: string, prepare = 'true'): string[] {
    writeFileSync(join(folder, 'wrapper'), wrapper());
    writeFileSync(join(folder, 'manifest'), manifest);
    writeFileSync(join(folder, 'script'), `${script}\n`, { mode: 0o644 });
    const asRoot = [
      'mount -t tmpfs -o mode=755 none /opt && mkdir -p /etc/opt && mount -t tmpfs -o mode=755 none /etc/opt',
      'mkdir -p /opt/roleferry /etc/opt/chrome/native-messaging-hosts',
      `cp ${folder}/node/native-host.cjs /opt/roleferry/`,
      `cp ${folder}/wrapper /opt/roleferry/roleferry-host && chmod 755 /opt/roleferry/roleferry-host`,
      `cp ${folder}/manifest /etc/opt/chrome/native-messaging-hosts/roleferry.json`,
      prepare,
      `exec setpriv --reuid ${nobody} --regid ${nobody} --clear-groups sh ${folder}/script "$@"`,
    ].join(' && ');
    return ['unshare', '--mount', 'sh', '-c', asRoot, 'sh'];
  }

  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };

  function run(script: string, prepare?: string) {
    const [file = '', ...args] = onThatMachine(script, prepare);
    return spawnSync(file, args, { env: { HOME: home, ...env }, cwd: folder, encoding: 'utf8' });
  }
  const cli = () => `'${folder}/node-program' '${folder}/node/roleferry.cjs'`;

  it('is found by doctor, which has heard it and does not ask for another installation', () => {
    const { status, stdout } = run(`${cli()} doctor`);
    expect(stdout).toContain('the native host is installed for all users: /etc/opt/chrome');
    expect(stdout).toContain('started as Chrome would, the host answers');
    expect(stdout).not.toMatch(/^✗/m);
    expect(status).toBe(0);
  });

  it('serves a company’s own build alone where the record beside it says so, and doctor is content', async () => {
    const own = 'abcdefghijklmnopabcdefghijklmnop';
    const record = { extensionIds: [own], builtInIds: false, manifests: [], folders: [] };
    writeFileSync(join(folder, 'own-manifest'), manifest.replace(chromiumExtensionId, own));
    writeFileSync(join(folder, 'host.json'), JSON.stringify(record), { mode: 0o644 });
    const prepare = [
      `cp ${folder}/own-manifest /etc/opt/chrome/native-messaging-hosts/roleferry.json`,
      `cp ${folder}/host.json /opt/roleferry/host.json`,
    ].join(' && ');
    const { stdout } = run(`${cli()} doctor`, prepare);
    expect(stdout).toContain(`Chrome lets the extension chrome-extension://${own}/ start the host`);
    expect(stdout).toContain('started as Chrome would, the host answers');
    expect(stdout).not.toMatch(/^✗/m);
    const product = `chrome-extension://${chromiumExtensionId}/`;
    const command = onThatMachine(`exec /opt/roleferry/roleferry-host ${product}`, prepare);
    const host = new HostProcess({ command, home, env });
    await host.send(frame({ version: 1, id: '1', type: 'hello' }));
    expect(await host.next()).toMatchObject({ failure: { code: 'origin-not-allowed' } });
    await host.end();
  });

  it('keeps sign-in links and process profiles of a user in that user’s own folder, where the CLI finds them', async () => {
    const requests = [
      { type: 'settings', signInLinks: [{ profile: 'dev', url: 'https://idp.example/aws' }] },
      {
        type: 'write-profiles',
        profiles: [
          {
            name: 'dev',
            credentials: {
              accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
              secretAccessKey: 'wJalrXUtnFEMI/K7MDENG',
              sessionToken: 'FwoGZXIvYXdzEXAMPLETOKEN==',
              expiration: '2090-01-01T00:00:00Z',
            },
            principalArn: 'arn:aws:sts::123456789012:assumed-role/Admin/ann',
          },
        ],
      },
    ];
    expect(run(`${cli()} configure-process dev`).status).toBe(0);
    const command = onThatMachine('exec /opt/roleferry/roleferry-host "$@"');
    const host = new HostProcess({ command, home, env });
    for (const [index, request] of requests.entries()) {
      await host.send(frame({ version: 1, id: `${index}`, ...request }));
      expect(await host.next()).toMatchObject({ ok: true });
    }
    await host.end();
    const { stdout } = run(`${cli()} credential-process --profile dev`);
    expect(stdout).toContain('ASIAIOSFODNN7EXAMPLE');
    const record = JSON.parse(readFileSync(join(home, '.local/share/roleferry/host.json'), 'utf8'));
    expect(record.signInLinks).toEqual([{ profile: 'dev', url: 'https://idp.example/aws' }]);
  });

  it.each([
    ['others can change', 'chmod 757 /opt/roleferry/roleferry-host'],
    ['a user owns', `chown ${nobody} /opt/roleferry/roleferry-host`],
  ])('is not trusted by doctor when it is a program that %s', (_, prepare) => {
    const { status, stdout } = run(`${cli()} doctor`, prepare);
    expect(stdout).toContain('which others than an administrator can change');
    expect(stdout).toContain('ask the administrator who installed it for all users');
    expect(status).toBe(1);
  });
});
