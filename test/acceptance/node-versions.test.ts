import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pinned from '../../scripts/set-up/other-nodes.json' with { type: 'json' };
import { frame, HostProcess } from '../fixtures/host-process.ts';
import { admin, offering, provider } from '../fixtures/response-xml.ts';

const inRepository = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const roleferry = inRepository('dist/node/roleferry.cjs');

const profileWrite = {
  name: 'dev',
  credentials: {
    accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
    secretAccessKey: 'secretsecretsecretsecretsecretsecretsecr',
    sessionToken: 'tokentokentoken',
    expiration: '2099-01-01T00:00:00Z',
  },
  principalArn: 'arn:aws:sts::111122223333:assumed-role/Developer/jo',
};

/** Why this Node cannot be tried here, if so; on CI that is an error. See scripts/set-up/other-nodes.mjs. */
function missing(version: string, node: string): boolean {
  if (existsSync(node)) return false;
  const reason = `Node ${version} is not in node_modules/.cache/nodes; npm test fetches it on Linux x64`;
  if (process.env.CI === 'true') throw new Error(reason);
  console.warn(`Skipped: ${reason}`);
  return true;
}

describe.each(Object.keys(pinned['linux-x64']))('on Node %s', (version) => {
  const node = inRepository(`node_modules/.cache/nodes/${version}`);
  const skipped = missing(version, node);
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'roleferry-node-'));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  const run = (args: string[], input = '') => {
    const { status, stdout, stderr } = spawnSync(node, [roleferry, ...args], {
      env: { HOME: home },
      cwd: home,
      encoding: 'utf8',
      input,
    });
    return { status, stdout, stderr };
  };
  const manifest = () =>
    JSON.parse(readFileSync(join(home, '.config/chromium/NativeMessagingHosts/roleferry.json'), 'utf8'));

  it.skipIf(skipped)('says its version', () => {
    expect(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout).toBe(`v${version}\n`);
    expect(run(['--version'])).toMatchObject({ status: 0, stderr: '' });
  });

  it.skipIf(skipped)('takes a command line that is wrong for a mistake', () => {
    expect(run(['dance'])).toMatchObject({ status: 2, stdout: '' });
  });

  it.skipIf(skipped)('says what an assertion holds', () => {
    const response = Buffer.from(offering(`${admin},${provider}`)).toString('base64');
    const { status, stdout, stderr } = run(['inspect', '--json'], response);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout).roles).toEqual([{ roleArn: admin, providerArn: provider }]);
  });

  it.skipIf(skipped)('installs a host that starts on this very Node and writes a profile', async () => {
    expect(run(['install', '--browser', 'chromium'])).toMatchObject({ status: 0 });
    const { path } = manifest();
    expect(readFileSync(path, 'utf8')).toContain(node);
    const host = new HostProcess({ command: [path], home, env: { PATH: '' } });
    await host.send(frame({ version: 1, id: 'a', type: 'hello' }));
    expect(await host.next()).toMatchObject({ id: 'a', ok: true });
    await host.send(frame({ version: 1, id: 'b', type: 'write-profiles', profiles: [profileWrite] }));
    expect(await host.next()).toMatchObject({ id: 'b', ok: true, value: { profiles: [{ ok: true }] } });
    expect(await host.end()).toMatchObject({ code: 0, strayBytes: 0 });
    expect(host.stderr).toBe('');
    expect(statSync(join(home, '.aws/credentials')).mode & 0o777).toBe(0o600);
  });

  it.skipIf(skipped)('lists that profile and hands it over', () => {
    expect(run(['list'])).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(/^dev +111122223333 +Developer/m),
    });
    expect(run(['env', '--profile', 'dev'])).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining('ASIAEXAMPLEEXAMPLE12'),
    });
    expect(
      run(['exec', '--profile', 'dev', '--', node, '-p', 'process.env.AWS_SESSION_TOKEN']),
    ).toMatchObject({
      status: 0,
      stdout: 'tokentokentoken\n',
    });
  });

  it.skipIf(skipped)('is in order, as the doctor finds', () => {
    expect(run(['doctor'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`Node ${version}, ${node}`),
    });
  });

  it.skipIf(skipped)('forgets the profile and takes itself out again', () => {
    expect(run(['forget', '--all'])).toMatchObject({ status: 0, stdout: 'forgot dev\n' });
    expect(run(['uninstall'])).toMatchObject({ status: 0 });
  });
});
