import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Stage } from '../acceptance/cli-stage.ts';
import { temporarySection } from '../fixtures/built-cli.ts';
import { bundle } from '../fixtures/bundle-host.ts';
import { machineMissing, onMachineWith } from '../fixtures/with-machine-policy.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';

const role = (name: string, account = accounts.development) => iamArn(account, `role/${name}`);

let folder: string;
let stage: Stage;
let program: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
  await bundle(
    fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url)),
    join(folder, 'roleferry.cjs'),
  );
  await bundle(
    fileURLToPath(new URL('../../src/cli/profile-use/process-main.ts', import.meta.url)),
    join(folder, 'credential-process.cjs'),
  );
  program = [process.execPath, join(folder, 'roleferry.cjs')];
  stage = await Stage.open(program);
}, 60_000);

afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

beforeEach(() => stage.clean());

const soon = () => new Date(Date.now() + 1_800_000).toISOString();
const put = (credentials: string) => writeFileSync(stage.home.credentialsFile, credentials);
const asked = () => stage.rehearsal.requests.map(({ form }) => form.get('RoleArn'));
const durations = () => stage.rehearsal.requests.map(({ form }) => form.get('DurationSeconds'));
const issuerOf = (response: string) =>
  /<(?:saml2?:)?Issuer[^>]*>([^<]+)</.exec(Buffer.from(response, 'base64').toString('utf8'))?.[1] ?? '';

/** Runs the command line on a machine with this policy. */
async function run(policy: object | string, args: string[], user?: string, env = {}) {
  const scratch = mkdtempSync(join(folder, 'machine-'));
  const [file = '', ...first] = onMachineWith(policy, scratch, program);
  const input = user === undefined ? '' : stage.rehearsal.issueResponse({ user });
  const machine = new Stage(stage.rehearsal, stage.home, [file, ...first]);
  return { ...(await machine.run(args, { input, env })), scratch, input };
}

describe.skipIf(machineMissing())('the command line on a machine with a policy', () => {
  it('saml: asks AWS for nothing and writes nothing that is forbidden', async () => {
    const policies: [object | string, string][] = [
      [{ allowedAccounts: [accounts.production] }, `does not allow account ${accounts.development}`],
      [{ allowedIssuers: ['https://other.example'] }, 'does not allow the identity provider '],
      [{ allowedPartitions: ['aws-cn'] }, 'does not allow the partition aws'],
      [{ forbidProfiles: true }, 'does not allow credentials in files'],
      [{ audit: { file: '/dev/null/x' } }, 'wants a line in /dev/null/x'],
      ['[]', 'The policy of this machine, /etc/roleferry/policy.json, cannot be used'],
    ];
    for (const [policy, why] of policies) {
      const { status, stdout, stderr } = await run(policy, ['saml'], 'alice');
      expect([status, stdout, stderr]).toEqual([1, '', expect.stringContaining(why)]);
      expect(asked()).toEqual([]);
      expect(stage.contents()).toEqual({});
    }
  });

  it('saml and user: ask AWS at FIPS endpoints alone, and nobody where there is none', async () => {
    const region = ['--region', 'eu-west-1'];
    const saml = await run({ fips: true }, ['saml', ...region], 'alice');
    const user = await run({ fips: true }, ['user', role('Developer'), 'jo', ...region], undefined, {
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE12',
      AWS_SECRET_ACCESS_KEY: 'x',
    });
    for (const { status, stderr } of [saml, user]) {
      expect([status, stderr]).toEqual([1, expect.stringContaining('STS has none in eu-west-1')]);
    }
    expect(asked()).toEqual([]);
  });

  it('saml: writes what is allowed, and the line for it says by whom', async () => {
    const response = stage.rehearsal.issueResponse({ user: 'alice' });
    const scratch = mkdtempSync(join(folder, 'audit-'));
    const audit = { file: join(scratch, 'audit.log') };
    const policy = { allowedAccounts: [accounts.development], allowedIssuers: [issuerOf(response)], audit };
    expect(await run(policy, ['saml', '-p', 'dev'], 'alice')).toMatchObject({ status: 0, stderr: '' });
    expect(stage.credentials()).toContain('[dev]');
    expect(JSON.parse(readFileSync(audit.file, 'utf8'))).toMatchObject({
      program: 'cli',
      outcome: 'allowed',
      profile: 'dev',
      account: accounts.development,
      role: 'Developer',
      session: 'alice@rehearsal.test',
      issuer: issuerOf(response),
    });
  });

  it('saml: writes nothing when no line can be written after all', async () => {
    const { status, stderr } = await run({ audit: { file: '/dev/full' } }, ['saml'], 'alice');
    expect([status, stderr]).toEqual([1, expect.stringContaining('there is no space left')]);
    expect(stage.contents()).toEqual({});
  });

  it('saml: of all roles takes those that are allowed', async () => {
    const policy = { allowedAccounts: [accounts.production] };
    const { status, stderr } = await run(policy, ['saml', '--all-roles'], 'carol');
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(`${role('Developer')}: Your administrator`),
    ]);
    expect(asked().every((arn) => arn?.includes(accounts.production))).toBe(true);
    expect(stage.credentials()).toContain(accounts.production);
    expect(stage.credentials()).not.toContain(accounts.development);
  });

  it('saml: a role with a fixed profile goes nowhere else', async () => {
    const response = stage.rehearsal.issueResponse({ user: 'alice' });
    const providerArn = /arn:aws:iam::\d+:saml-provider\/[\w.-]+/.exec(
      Buffer.from(response, 'base64').toString('utf8'),
    )?.[0];
    const fixed = { issuer: issuerOf(response), providerArn, roleArn: role('Developer'), profile: 'work' };
    const policy = { profiles: [fixed] };
    const { stderr } = await run(policy, ['saml', '-p', 'dev'], 'alice');
    expect(stderr).toContain('has set where this goes: work');
    expect(asked()).toEqual([]);
    expect(await run(policy, ['saml', '-p', 'work'], 'alice')).toMatchObject({ status: 0 });
  });

  it('saml and user: ask with the session policy that is demanded, or a narrower one, and never with a wider one', async () => {
    const [look, audit] = ['ReadOnlyAccess', 'SecurityAudit'].map(
      (name) => `arn:aws:iam::aws:policy/${name}`,
    );
    const arns = () =>
      stage.rehearsal.requests.map(({ form }) => [
        form.get('PolicyArns.member.1.arn'),
        form.get('PolicyArns.member.2.arn'),
      ]);
    const policy = { sessionPolicies: [{ roleName: 'Developer', policyArns: [look, audit] }] };
    expect(await run(policy, ['saml', '-p', 'dev'], 'alice')).toMatchObject({ status: 0, stderr: '' });
    expect(await run(policy, ['saml', '-p', 'look', '--read-only'], 'alice')).toMatchObject({ status: 0 });
    expect(arns()).toEqual([
      [look, audit],
      [look, null],
    ]);
    expect(stage.credentials()).toMatch(/\[dev\][^[]*x_session_policy = policy/);
    const wide = ['--policy-arn', 'arn:aws:iam::aws:policy/AdministratorAccess'];
    const saml = await run(policy, ['saml', ...wide], 'alice');
    const user = await run(policy, ['user', role('Developer'), 'jo', ...wide]);
    for (const { status, stdout, stderr } of [saml, user]) {
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toContain('only with a session policy');
      expect(stderr).toContain(`${look}, ${audit}`);
    }
    expect(arns()).toHaveLength(2);
  });

  it('exec: assumes the role of another profile with the session policy that is demanded', async () => {
    put('[me]\naws_access_key_id = AKIAEXAMPLEEXAMPLE12\naws_secret_access_key = x\n');
    const wanted = role('Deploy', accounts.production);
    writeFileSync(stage.home.configFile, `[profile deploy]\nrole_arn = ${wanted}\nsource_profile = me\n`);
    const look = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    await run({ sessionPolicies: [{ roleName: 'Deploy', policyArns: [look] }] }, [
      'exec',
      'deploy',
      '--',
      'true',
    ]);
    const arns = stage.rehearsal.requests.map(({ form }) => form.get('PolicyArns.member.1.arn'));
    expect([asked(), arns]).toEqual([[wanted], [look]]);
  });

  it('saml: asks for no longer a session than is allowed, and says so to who wanted more', async () => {
    const policy = { maxSessionDuration: 1800 };
    expect(await run(policy, ['saml'], 'alice')).toMatchObject({ status: 0, stderr: '' });
    const { status, stderr } = await run(policy, ['saml', '--duration', '7200'], 'alice');
    expect([status, stderr]).toEqual([0, 'the policy of this machine limits sessions to 30 min, not 2 h\n']);
    expect(await run(policy, ['saml', '--duration', '900'], 'alice')).toMatchObject({ stderr: '' });
    expect(durations()).toEqual(['1800', '1800', '900']);
  });

  it('saml --exec: runs a command where there may be nothing in files, and not for a forbidden account', async () => {
    const line = 'printf \'%s\' "$AWS_ACCESS_KEY_ID"';
    const allowed = await run({ forbidProfiles: true }, ['saml', '--exec', line], 'alice');
    expect(allowed).toMatchObject({ status: 0, stdout: expect.stringMatching(/^ASIA/) });
    const forbidden = await run({ allowedAccounts: [] }, ['saml', '--exec', line], 'alice');
    expect(forbidden).toMatchObject({ status: 1, stdout: '' });
    expect(asked()).toHaveLength(1);
    expect(stage.contents()).toEqual({});
  });

  it('user: asks AWS for nothing that is forbidden; issuers do not count, as there is none', async () => {
    const wanted = role('Developer');
    put('[default]\naws_access_key_id = AKIAEXAMPLEEXAMPLE12\naws_secret_access_key = secret\n');
    const before = stage.contents();
    for (const policy of [{ allowedAccounts: [] }, { forbidProfiles: true }, '{']) {
      expect(await run(policy, ['user', wanted, 'jo'])).toMatchObject({ status: 1, stdout: '' });
    }
    expect(asked()).toEqual([]);
    expect(stage.contents()).toEqual(before);
    await run({ allowedIssuers: [], maxSessionDuration: 900 }, ['user', wanted, 'jo']);
    expect([asked(), durations()]).toEqual([[wanted], ['900']]);
  });

  it.each(['exec', 'env', 'credential-process'])(
    '%s: hands out nothing that is forbidden now, though it was written before',
    async (command) => {
      const args =
        command === 'exec'
          ? ['exec', '-p', 'dev', '--', '/bin/sh', '-c', 'echo $AWS_ACCESS_KEY_ID']
          : [command, '--profile', 'dev'];
      put(temporarySection('dev', { expiration: soon() }));
      expect(await run({ allowedAccounts: ['111122223333'] }, args)).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('ASIAEXAMPLEEXAMPLE12'),
      });
      const refusals: [object | string, string][] = [
        [{ allowedAccounts: ['999999999999'] }, 'does not allow account 111122223333'],
        [{ forbidProfiles: true }, 'does not allow credentials in files'],
        [{ maxSessionDuration: 900 }, 'sessions of more than 15 minutes'],
        ['{', '/etc/roleferry/policy.json, cannot be used: it is not JSON'],
      ];
      for (const [policy, why] of refusals) {
        const { status, stdout, stderr } = await run(policy, args);
        expect([status, stdout, stderr]).toEqual([1, '', expect.stringContaining(why)]);
      }
    },
  );

  it('console: gives credentials that are forbidden now to nobody, not to AWS either', async () => {
    put(temporarySection('dev', { expiration: soon() }));
    const env = { AWS_ENDPOINT_URL_SIGNIN: stage.rehearsal.stsHttpUrl };
    const console = (policy: object | string) => run(policy, ['console', 'dev', '--print'], undefined, env);
    for (const policy of [{ allowedAccounts: ['999999999999'] }, { forbidProfiles: true }, '{']) {
      expect(await console(policy)).toMatchObject({ status: 1, stdout: '' });
    }
    expect(stage.rehearsal.requests).toEqual([]);
    // That they are none which the stand-in for AWS gave is found out there.
    expect((await console({ allowedAccounts: ['111122223333'] })).stderr).toContain('opens no console');
    expect(stage.rehearsal.requests.map(({ path }) => path)).toEqual(['/federation']);
  });

  it('login: opens nothing where the login could not be saved', async () => {
    const link = ['--link', 'https://idp.example/aws', '--timeout', '1'];
    const opened = join(folder, 'opened');
    const browser = join(folder, 'browser');
    writeFileSync(browser, `#!/bin/sh\nwhile [ ! -e "${opened}" ]; do : >"${opened}"; done\n`, {
      mode: 0o755,
    });
    const login = (policy: object | string) =>
      run(policy, ['login', '-p', 'dev', ...link], undefined, { BROWSER: browser });
    for (const policy of [{ forbidProfiles: true }, '{']) {
      const { status, stdout } = await login(policy);
      expect([status, stdout, existsSync(opened)]).toEqual([1, '', false]);
    }
    await login({ allowedAccounts: [] });
    expect(existsSync(opened)).toBe(true);
  });

  it('configure-process: makes none where there may be nothing in files; forget works all the same', async () => {
    put(temporarySection('dev', { expiration: soon() }));
    const policy = { forbidProfiles: true, allowedAccounts: [] };
    const { status, stderr } = await run(policy, ['configure-process', 'dev']);
    expect([status, stderr]).toEqual([1, expect.stringContaining('does not allow credentials in files')]);
    expect(stage.contents().config).toBeUndefined();
    expect(await run('{', ['forget', 'dev'])).toMatchObject({ status: 0, stdout: 'forgot dev\n' });
    expect(stage.credentials()).toBe('');
  });

  it('doctor: tells in plain words what the policy fixes, or what is wrong with it', async () => {
    const look = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const found = async (policy: object | string) => {
      const { stdout } = await run(policy, ['doctor', '--json']);
      const findings: { check: string; level: string; message: string }[] = JSON.parse(stdout);
      return findings.flatMap(({ check, level, message }) =>
        check === 'policy' ? [`${level}: ${message}`] : [],
      );
    };
    expect(await found({})).toEqual([
      'ok: this machine has a policy, /etc/roleferry/policy.json, but it sets nothing',
    ]);
    expect(await found({ allowedIssuers: ['https://idp.example'] })).toContain(
      'warning: allowedIssuers in /etc/roleferry/policy.json stands alone, and an assertion names its issuer itself',
    );
    expect(
      await found({
        allowedAccounts: ['111122223333', '444455556666'],
        allowedIssuers: ['https://idp.example'],
        allowedPartitions: [],
        profiles: [{ issuer: 'i', providerArn: 'p', roleArn: role('Admin'), profile: 'work' }],
        forbidProfiles: true,
        maxSessionDuration: 5400,
        sessionPolicies: [
          { roleName: 'Developer', accounts: ['111122223333'], policyArns: [look] },
          { policy: '{"Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}' },
        ],
        copyButton: false,
        audit: { file: '/dev/null/x' },
      }),
    ).toEqual([
      'ok: this machine has a policy, /etc/roleferry/policy.json',
      'ok: policy: only the accounts 111122223333, 444455556666',
      'ok: policy: only the identity providers https://idp.example',
      'ok: policy: no partitions',
      `ok: policy: the profile work is only for ${role('Admin')}, and that role only for it`,
      'ok: policy: no credentials in files',
      'ok: policy: sessions of 1 h 30 min at most',
      `ok: policy: Developer in 111122223333 only with the session policy ${look}`,
      'ok: policy: all roles only with the session policy a policy as JSON',
      'ok: policy: each written profile is logged in /dev/null/x',
      expect.stringContaining('broken: The policy of this machine wants a line in /dev/null/x'),
      'warning: copyButton in /etc/roleferry/policy.json has no effect here: host and command line ignore it',
    ]);
    expect(await found('{"allowedAccount":[]}')).toEqual([
      expect.stringMatching(/^broken: .*unknown or invalid: allowedAccount\./),
    ]);
  });
});
