import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumExtensionId, firefoxExtensionId } from '../../src/core/product.ts';
import { needs } from '../needs.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const load = (script: string) => import(new URL(`../../scripts/fleet/${script}`, import.meta.url).href);
const { makeFleet } = await load('make-fleet.mjs');
const { readCompanyKey } = await load('company-key.mjs');

const ansible = needs('ansible');
const missing = ansible.missing || needs('unshare').missing || needs('zip').missing;

const policy = { allowedAccounts: ['111122223333'], required: ['allowedAccounts'] };

// As docs/rollout.md has it, on a machine whose /etc and /usr/lib/roleferry are seen by nobody else.
describe.skipIf(missing)('the playbook of the rollout', () => {
  let folder: string;
  let extensionId: string;
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'roleferry-rollout-'));
    const pem = join(folder, 'company.pem');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(pem, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    const key = readCompanyKey(pem);
    extensionId = key.extensionId;
    const updateUrl = 'https://intranet.example.com/roleferry/updates.xml';
    makeFleet({ folder: join(folder, 'packages/fleet'), key, updateUrl, policy });
    prepare();
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  /** The machine before: what the package brings, as far as the playbook changes it, and a user's profile. */
  function prepare(): void {
    for (const place of ['opt/chrome', 'chromium', 'opt/edge']) {
      const hosts = join(folder, 'etc', place, 'native-messaging-hosts');
      mkdirSync(hosts, { recursive: true });
      const manifest = {
        name: 'roleferry',
        path: '/usr/lib/roleferry/roleferry-host',
        type: 'stdio',
        allowed_origins: [`chrome-extension://${chromiumExtensionId}/`],
      };
      writeFileSync(join(hosts, 'roleferry.json'), JSON.stringify(manifest));
    }
    mkdirSync(join(folder, 'home/.aws'), { recursive: true });
    const profile = [
      '[dev]',
      'aws_access_key_id = ASIAIOSFODNN7EXAMPLE',
      'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG',
      'aws_session_token = FwoGZXIvYXdzEXAMPLETOKEN==',
      'x_principal_arn = arn:aws:sts::111122223333:assumed-role/Dev/jo',
      'x_security_token_expires = 2090-01-01T00:00:00Z',
      '',
    ];
    writeFileSync(join(folder, 'home/.aws/credentials'), profile.join('\n'), { mode: 0o600 });
  }

  /** Runs a program on that machine: these folders of /etc are its own, and kept from one run to the next. */
  function onMachine(...command: string[]) {
    const script = `
      set -e
      base=$1
      shift
      mkdir -p "$base/real"
      mount --rbind /etc "$base/real"
      mount -t tmpfs -o mode=755 tmpfs /etc
      ln -s "$base"/real/* "$base"/real/.[!.]* /etc/
      for name in roleferry opt chromium firefox; do
        rm -f "/etc/$name"
        mkdir -p "$base/etc/$name" "/etc/$name"
        mount --bind "$base/etc/$name" "/etc/$name"
      done
      exec "$@"`;
    return run(needs('unshare').path, ['-rm', '/bin/sh', '-c', script, 'sh', folder, ...command], {
      env: {
        HOME: join(folder, 'home'),
        PATH: process.env.PATH,
        LANG: 'C.UTF-8',
        ANSIBLE_PIPELINING: '1',
        ANSIBLE_REMOTE_TEMP: join(folder, 'temporary'),
      },
    });
  }

  /** Runs the playbook on that machine, but for installing the package. */
  async function rollOut(): Promise<void> {
    const vars = `packages=${folder}/packages host_folder=${folder}/lib`;
    const { stdout } = await onMachine(
      ansible.path,
      ...['--connection', 'local', '--inventory', 'localhost,', '--skip-tags', 'package'],
      ...['--extra-vars', `${vars} ansible_python_interpreter=/usr/bin/python3`],
      join(root, 'deploy/fleet/ansible.yml'),
    );
    expect(stdout).toMatch(/unreachable=0\s+failed=0/);
  }

  const cli = (...args: string[]) =>
    onMachine(process.execPath, join(root, 'dist/node/roleferry.cjs'), ...args);

  it('puts every policy in its place, readable by all and writable by root alone', {
    timeout: 240_000,
  }, async () => {
    await rollOut();
    const places = {
      'policy.json': 'etc/roleferry/policy.json',
      'chrome.json': 'etc/chromium/policies/managed/roleferry.json',
      'edge.json': 'etc/opt/edge/policies/managed/roleferry.json',
      'firefox-policies.json': 'etc/firefox/policies/policies.json',
    };
    for (const [name, place] of Object.entries(places)) {
      expect(read(place)).toBe(read(`packages/fleet/policies/${name}`));
      expect(statSync(join(folder, place)).mode & 0o777).toBe(0o644);
    }
    expect(read('etc/opt/chrome/policies/managed/roleferry.json')).toBe(
      read('packages/fleet/policies/chrome.json'),
    );
  });

  it('has the host serve the company’s own extension alone', () => {
    for (const place of ['opt/chrome', 'chromium', 'opt/edge']) {
      const manifest = JSON.parse(read(`etc/${place}/native-messaging-hosts/roleferry.json`));
      expect(manifest.allowed_origins).toEqual([`chrome-extension://${extensionId}/`]);
    }
    expect(JSON.parse(read('lib/host.json'))).toMatchObject({
      extensionIds: [extensionId, firefoxExtensionId],
      builtInIds: false,
    });
  });

  it('leaves a machine on which the doctor sees the policy, and profiles can be used', async () => {
    expect((await cli('exec', 'dev', '--', 'echo', 'works')).stdout).toBe('works\n');
    const { stdout } = await cli('doctor', '--json').catch((error) => error);
    const findings: { check: string; level: string; message: string }[] = JSON.parse(stdout);
    const ofPolicy = findings.filter(({ check }) => check === 'policy');
    expect(ofPolicy.map(({ level }) => level)).toEqual(['ok', 'ok']);
    expect(ofPolicy.map(({ message }) => message)).toContain('policy: only the accounts 111122223333');
  });

  it('hands nothing out any more once the machine has the policy that stops everything', async () => {
    const policyOfMachine = join(folder, 'etc/roleferry/policy.json');
    copyFileSync(join(folder, 'packages/fleet/stop/policy.json'), policyOfMachine);
    await expect(cli('exec', 'dev', '--', 'echo', 'works')).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('administrator'),
    });
  });
});
