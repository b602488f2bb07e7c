import { readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { startBroker } from '../fixtures/broker-process.ts';
import { brokerKeys, machineAudience, stageConfig } from '../fixtures/broker-stage.ts';
import { madeExecutable, makeExecutable, noExecutables } from '../fixtures/made-executable.ts';
import { startTokenIssuer } from '../fixtures/token-issuer.ts';
import { skippedBecause } from '../needs.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { Stage } from './cli-stage.ts';

const developer = iamArn(accounts.development, 'role/Developer');
const nodes = JSON.parse(
  readFileSync(
    fileURLToPath(new URL('../../scripts/package/executables/nodes.json', import.meta.url)),
    'utf8',
  ),
);
const { billOfMaterials } = await import(
  new URL('../../scripts/package/bill-of-materials.mjs', import.meta.url).href
);

// Here, PATH has what is in every Linux, and no Node. test/e2e/executable.test.ts has it with a browser.
describe.skipIf(skippedBecause(noExecutables))('the single executable, on a machine without Node', () => {
  let file: string;
  let stage: Stage;

  beforeAll(async () => {
    file = await madeExecutable('linux-x64');
    stage = await Stage.open([file]);
    stage.home.env.PATH = join(stage.home.path, 'bin');
  }, 180_000);
  afterAll(() => stage?.close());
  beforeEach(() => stage.clean());

  const saml = (env: Record<string, string> = {}) =>
    stage.run(['saml', '--profile', 'dev', '--role-arn', developer], {
      input: stage.rehearsal.issueResponse({ user: 'alice' }),
      env,
    });

  it('has at most 100 MB', () => {
    expect(statSync(file).size).toBeLessThanOrEqual(100_000_000);
  });

  it('has the same bytes when it is made again', { timeout: 180_000 }, async () => {
    const again = join(stage.home.path, 'again');
    await makeExecutable('linux-x64', again);
    expect(readFileSync(again).equals(readFileSync(file))).toBe(true);
    rmSync(again);
  });

  it('writes the profile of a login, and tools get it by every way', async () => {
    expect(await saml()).toMatchObject({ status: 0 });
    const keyId = /^aws_access_key_id = (ASIA\w+)$/m.exec(stage.credentials())?.[1] ?? 'none';
    const shown = await stage.run([
      'exec',
      'dev',
      '--',
      '/bin/sh',
      '-c',
      'echo "$AWS_ACCESS_KEY_ID"; exit 7',
    ]);
    expect(shown).toMatchObject({ status: 7, stdout: `${keyId}\n` });
    const printed = await stage.run(['env', 'dev', '--shell', 'bash']);
    expect(printed.stdout).toContain(keyId);
    // As configure-process writes it, and as a user may: two programs, see src/cli/executable/which-program.ts.
    for (const options of [['--profile', 'dev'], ['dev']]) {
      const given = await stage.run(['credential-process', ...options]);
      expect(JSON.parse(given.stdout)).toMatchObject({ Version: 1, AccessKeyId: keyId });
    }
  });

  it('says what is wrong as the command line on Node does, with its status', async () => {
    expect(await stage.run(['exec', 'other', '--', 'true'])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('other'),
    });
    expect((await stage.run(['no-such-command'])).status).toBe(2);
  });

  it('does not listen to NODE_OPTIONS, but hands it on to the command that it runs', async () => {
    const preloaded = join(stage.home.path, 'preloaded.cjs');
    writeFileSync(preloaded, 'console.log("preloaded"); process.exit(3);');
    for (const NODE_OPTIONS of [`--require=${preloaded}`, '--no-such-option']) {
      const { status, stdout } = await stage.run(['--version'], { env: { NODE_OPTIONS } });
      expect({ status, stdout }).toEqual({ status: 0, stdout: `${version}\n` });
    }
    await saml();
    const command = ['exec', 'dev', '--', '/bin/sh', '-c', 'echo "$NODE_OPTIONS"'];
    const { stdout } = await stage.run(command, { env: { NODE_OPTIONS: '--max-old-space-size=64' } });
    expect(stdout).toBe('--max-old-space-size=64\n');
  });

  it('trusts an authority of NODE_EXTRA_CA_CERTS, and without it not', async () => {
    const authority = join(stage.home.path, 'authority.pem');
    writeFileSync(authority, stage.rehearsal.caCertificatePem);
    const AWS_ENDPOINT_URL_STS = `https://localhost:${stage.rehearsal.port}`;
    expect((await saml({ AWS_ENDPOINT_URL_STS })).stderr).toContain('certificate');
    expect(stage.credentials()).toBe('');
    expect(await saml({ AWS_ENDPOINT_URL_STS, NODE_EXTRA_CA_CERTS: authority })).toMatchObject({ status: 0 });
    expect(stage.credentials()).toContain('[dev]');
  });

  it('is the broker by its first argument', async () => {
    expect(await stage.run(['broker', '--version'])).toMatchObject({ status: 0, stdout: `${version}\n` });
  });

  it('is the broker by a link of its name, which hands out credentials', async () => {
    const issuer = await startTokenIssuer();
    const link = join(stage.home.path, 'roleferry-broker');
    symlinkSync(file, link);
    const config = join(stage.home.path, 'broker.json');
    writeFileSync(config, JSON.stringify(stageConfig('http://127.0.0.1:9', issuer.url)));
    const broker = await startBroker([link], config, { ...stage.env, ...brokerKeys });
    const token = await issuer.token({ aud: machineAudience, sub: 'repo:example/shop' });
    const answer = await fetch(`http://${broker.listen}/v1/roles/deploy`, {
      headers: { authorization: token },
    });
    expect(await answer.json()).toMatchObject({ AccessKeyId: expect.stringMatching(/^ASIA/) });
    expect(await broker.end('SIGTERM')).toBe(0);
    await issuer.close();
  });
});

describe('the bill of materials', () => {
  it('names the Node of each executable, with version, licence and hash', () => {
    const { components } = billOfMaterials(['linux-x64', 'darwin-arm64']);
    for (const { package: name, version: ofNode, integrity } of [nodes['linux-x64'], nodes['darwin-arm64']]) {
      const content = Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
      expect(components).toContainEqual(
        expect.objectContaining({
          name,
          version: ofNode,
          hashes: [{ alg: 'SHA-512', content }],
          licenses: [{ license: { id: 'MIT' } }],
        }),
      );
    }
  });
});
