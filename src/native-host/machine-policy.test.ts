import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundle } from '../../test/fixtures/bundle-host.ts';
import { frame, HostProcess } from '../../test/fixtures/host-process.ts';
import { saying } from '../../test/fixtures/said.ts';
import { machineMissing, onMachineWith } from '../../test/fixtures/with-machine-policy.ts';

let folder: string;
let hostFile: string;
let home: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
  hostFile = join(folder, 'native-host.cjs');
  await bundle(fileURLToPath(new URL('main.ts', import.meta.url)), hostFile);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  home = mkdtempSync(join(folder, 'home-'));
});

const start = (policy: object | string) =>
  new HostProcess({ command: onMachineWith(policy, home, [process.execPath, hostFile]), home });

const login = { issuer: 'https://idp.example', providerArn: 'arn:aws:iam::123456789012:saml-provider/Idp' };
const write = (id: string, name: string, { account = '123456789012', ...more } = {}) => ({
  version: 1,
  id,
  type: 'write-profiles',
  profiles: [
    {
      name,
      credentials: {
        accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYSECRETKEY0',
        sessionToken: 'FwoGZXIvYXdzEXAMPLETOKEN==',
        expiration: new Date(Date.now() + 3_600_000).toISOString(),
      },
      principalArn: `arn:aws:sts::${account}:assumed-role/Admin/ann`,
      ...more,
    },
  ],
});
const credentials = () => {
  const file = join(home, '.aws', 'credentials');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};
const code = (answer: unknown) =>
  (answer as { value?: { profiles: { failure?: { code: string } }[] } }).value?.profiles[0]?.failure?.code;

describe.skipIf(machineMissing())('a host on a machine with a policy', () => {
  it('writes what that allows, whatever its extension asks for', async () => {
    const audit = join(home, 'audit.log');
    const host = start({
      allowedAccounts: ['123456789012'],
      allowedIssuers: [login.issuer],
      audit: { file: audit },
    });
    const ask = async (request: unknown) => {
      await host.send(frame(request));
      return code(await host.next());
    };
    expect(await ask(write('1', 'good', { source: login } as object))).toBeUndefined();
    expect(await ask(write('2', 'strange', { account: '999999999999', source: login } as object))).toBe(
      'policy-forbids',
    );
    const other = { ...login, issuer: 'https://evil.example' };
    expect(await ask(write('3', 'issuer', { source: other } as object))).toBe('policy-forbids');
    expect(await ask(write('4', 'unsaid'))).toBe('machine-policy-source-unknown');
    await host.send(frame({ version: 1, id: '5', type: 'remove-profile', name: 'good' }));
    expect(await host.next()).toMatchObject({ ok: true });
    expect(await host.end()).toMatchObject({ code: 0, strayBytes: 0 });
    expect(credentials()).toBe('');
    const lines = readFileSync(audit, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line)).map(({ profile, outcome }) => [profile, outcome])).toEqual([
      ['good', 'allowed'],
      ['strange', 'refused'],
      ['issuer', 'refused'],
      ['unsaid', 'refused'],
    ]);
  });

  it('writes nothing where the policy cannot be understood, and says what is wrong with which file', async () => {
    const host = start('{"allowedAcounts":[]}');
    await host.send(frame(write('1', 'dev')));
    expect(await host.next()).toMatchObject({
      failure: saying('machine-policy-invalid', /\/etc\/roleferry\/policy\.json.*allowedAcounts/),
    });
    await host.end();
    expect(credentials()).toBe('');
  });

  it('that is killed at any moment has written no profile without its line', async () => {
    const audit = join(home, 'audit.log');
    writeFileSync(audit, '');
    chmodSync(audit, 0o622);
    let written = 0;
    for (let round = 0; round < 4; round++) {
      const host = start({ audit: { file: audit } });
      await host.send(frame({ version: 1, id: 'h', type: 'hello' }));
      await host.next();
      for (let one = 0; one <= round; one++) await host.send(frame(write(`${one}`, `p${round}-${one}`)));
      if (round % 2 === 1) await host.next();
      if (host.pid !== undefined) process.kill(host.pid, 'SIGKILL');
      await host.end();
      const names = [...credentials().matchAll(/^\[(.*)\]$/gm)].map(([, name]) => name);
      written = names.length;
      const told = readFileSync(audit, 'utf8')
        .trimEnd()
        .split('\n')
        .flatMap((line) => (line === '' ? [] : [JSON.parse(line).profile]));
      expect(told).toEqual(expect.arrayContaining(names));
    }
    expect(written).toBeGreaterThan(0);
  });
});
