import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Stage } from '../acceptance/cli-stage.ts';
import { bundle } from '../fixtures/bundle-host.ts';
import { needs } from '../needs.ts';
import { stsError } from '../rehearsal/fault.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';

const role = (name: string) => iamArn(accounts.production, `role/${name}`);
const python = needs('python3');
const device = iamArn(accounts.development, 'mfa/ursula');
const keys = {
  AWS_ACCESS_KEY_ID: 'AKIAREHEARSALURSULA1',
  AWS_SECRET_ACCESS_KEY: 'rehearsal/only/secret/of/ursula/00000001',
};
const profileWithKeys = (name: string) =>
  `[${name}]\naws_access_key_id = ${keys.AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${keys.AWS_SECRET_ACCESS_KEY}\n`;

let folder: string;
let stage: Stage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
  await bundle(
    fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url)),
    join(folder, 'roleferry.cjs'),
  );
  stage = await Stage.open([process.execPath, join(folder, 'roleferry.cjs'), 'user']);
}, 60_000);

afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

beforeEach(() => stage.clean());

const user = (args: string[], env: Record<string, string> = keys) => stage.run(args, { env });
const write = (credentials: string) => writeFileSync(stage.home.credentialsFile, credentials);

/** Nothing was written, and what was said is one line with a hint, and no secret. */
async function refused(args: string[], env: Record<string, string> = keys) {
  const before = stage.contents();
  const { status, stdout, stderr } = await user(args, env);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^(Asking .+\n)?roleferry: .+\nhint: .+\n$/);
  expect(stderr).not.toContain(keys.AWS_SECRET_ACCESS_KEY);
  expect(stage.contents()).toEqual(before);
  return [status, stderr];
}

describe('roleferry user writes a profile', () => {
  it('of a role that the keys in the environment may assume', async () => {
    expect(await user([role('Deploy'), 'jo', '--profile', 'deploy', '--region', 'eu-west-1'])).toEqual({
      status: 0,
      signal: null,
      stdout: `wrote deploy: ${role('Deploy')}, 59 min left\n`,
      stderr: '',
    });
    expect(stage.credentials()).toMatch(/^\[deploy\]\naws_access_key_id = ASIA\w{16}\n/);
    expect(stage.credentials()).toContain('assumed-role/Deploy/jo\n');
    expect(stage.contents().config).toBe('[profile deploy]\nregion = eu-west-1\n');
    expect(stage.rehearsal.requests[0]?.headers.authorization).toContain('/eu-west-1/sts/aws4_request');
  });

  it('with the default profile of the AWS files, called sts when nothing is said', async () => {
    write(profileWithKeys('default'));
    expect(await user([role('Deploy'), 'jo', '-q'], {})).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(stage.credentials()).toMatch(/^\[default\]\n.+\n.+\n\n\[sts\]\n/);
  });

  it('with the source profile that is named, whatever the environment has', async () => {
    write(profileWithKeys('ursula'));
    const other = { AWS_ACCESS_KEY_ID: 'AKIAOTHEROTHEROTHER1', AWS_SECRET_ACCESS_KEY: 'x' };
    const given = await user([role('Deploy'), 'jo', '--source-profile', 'ursula'], other);
    expect(given).toMatchObject({ status: 0, stderr: '' });
  });

  it('with a source profile that asks a program, or that assumes a role itself', async () => {
    const output = JSON.stringify({
      Version: 1,
      AccessKeyId: keys.AWS_ACCESS_KEY_ID,
      SecretAccessKey: keys.AWS_SECRET_ACCESS_KEY,
    });
    const file = join(folder, 'output.json');
    writeFileSync(file, output);
    writeFileSync(
      stage.home.configFile,
      `[profile asks]\ncredential_process = cat ${file}\n` +
        `[profile chained]\nrole_arn = ${role('Deploy')}\nsource_profile = asks\nregion = us-east-1\n`,
    );
    expect(await user([role('Deploy'), 'jo', '--source-profile', 'asks'], {})).toMatchObject({ status: 0 });
    const [status, stderr] = await refused([role('Deploy'), 'jo', '--source-profile', 'chained'], {});
    expect([status, stderr]).toEqual([1, expect.stringContaining('does not let these credentials assume')]);
    const arns = stage.rehearsal.requests.map(
      ({ form, status }) => `${form.get('RoleSessionName')} ${status}`,
    );
    expect(arns).toEqual(['jo 200', expect.stringMatching(/^aws-sdk-js-\S+ 200$/), 'jo 403']);
  });

  it('and says whom it asks where that is not AWS', async () => {
    const url = stage.rehearsal.stsHttpUrl.replace('127.0.0.1', 'localhost');
    expect(await user([role('Deploy'), 'jo'], { ...keys, AWS_ENDPOINT_URL_STS: url })).toMatchObject({
      status: 0,
      stderr: `Asking ${new URL(url).host} instead of AWS STS (AWS_ENDPOINT_URL_STS).\n`,
    });
  });

  it('with fewer rights than the role, where the command line narrows them', async () => {
    const policy = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 's3:Get*', Resource: '*' },
    };
    const file = join(folder, 'policy.json');
    writeFileSync(file, `\ufeff${JSON.stringify(policy, null, 4)}\n`);
    const own = `arn:aws:iam::${accounts.production}:policy/team/Look`;
    const narrow = ['--read-only', '--policy-arn', own, '--policy'];
    const asked = {
      'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/ReadOnlyAccess',
      'PolicyArns.member.2.arn': own,
      Policy: JSON.stringify(policy),
    };
    expect(await user([role('Deploy'), 'jo', ...narrow, file])).toMatchObject({ status: 0, stderr: '' });
    const input = JSON.stringify(policy, null, 2);
    const piped = await stage.run([role('Deploy'), 'jo', ...narrow, '-'], { env: keys, input });
    expect(piped).toMatchObject({ status: 0, stderr: '' });
    const forms = stage.rehearsal.requests.map(({ form }) => Object.fromEntries(form));
    expect(forms).toEqual([expect.objectContaining(asked), expect.objectContaining(asked)]);
  });

  it('for the duration and with the external id that are named', async () => {
    await user([role('Deploy'), 'jo', '--duration', '14400']);
    const partner = [role('Partner'), 'jo', '--external-id', 'rehearsal-partner'];
    expect(await user(partner)).toMatchObject({ status: 0, stderr: '' });
    expect(stage.rehearsal.requests.map(({ form }) => form.get('DurationSeconds'))).toEqual(['14400', null]);
  });

  it('with an MFA code from the command line', async () => {
    const args = [role('Emergency'), 'jo', '--mfa-serial-number', device, '--mfa-token', '123456'];
    expect(await user(args)).toMatchObject({ status: 0, stderr: '' });
  });

  it.skipIf(python.missing)('with an MFA code that it asks for on the terminal', async () => {
    const question = `MFA code of ${device}: `;
    const { status, shown } = await stage.runOnTerminal(
      [role('Emergency'), 'jo', '--mfa-serial-number', device],
      [
        [question, '12345\n'],
        [question, '123456\n'],
      ],
      { env: keys },
    );
    expect([status, shown]).toEqual([
      0,
      `${question}12345\nA code has six digits.\n${question}123456\nwrote sts: ${role('Emergency')}, 59 min left\n`,
    ]);
  });

  it('whose account is the one that its new credentials are of', async () => {
    write('[deploy]\naws_account_id = 111122223333\n');
    expect(await user([role('Deploy'), 'jo', '--profile', 'deploy'])).toMatchObject({ status: 0 });
    expect(stage.credentials()).toContain(`[deploy]\naws_account_id = ${accounts.production}\n`);
  });

  it('and says that the AWS CLI cannot read the file', async () => {
    write('[a]\n[a]\n');
    const { status, stdout, stderr } = await user([role('Deploy'), 'jo', '--profile', 'deploy']);
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^wrote deploy: /)]);
    expect(stderr).toMatch(/^warning: The AWS CLI cannot read .*: line 2 repeats .*\nhint: .+\n$/);
  });

  it('of another partition with credentials of that one', async () => {
    const china = 'arn:aws-cn:iam::222233334444';
    write(`[china]\naws_access_key_id = ASIAX\naws_secret_access_key = x\naws_session_token = t\n`);
    const args = [`${china}:role/Developer`, 'jo', '--source-profile', 'china'];
    // The rehearsal does not know these keys: it was asked all the same.
    expect(await user(args, {})).toMatchObject({ status: 1 });
    expect(stage.rehearsal.requests).toHaveLength(1);
  });

  it('for nothing but one command with --exec', async () => {
    const before = stage.contents();
    const given = await user([role('Deploy'), 'jo', '--exec', 'echo $AWS_ACCESS_KEY_ID; exit 3']);
    expect(given).toMatchObject({ status: 3, stdout: expect.stringMatching(/^ASIA\w{16}\n$/), stderr: '' });
    expect(stage.contents()).toEqual(before);
  });
});

describe('roleferry user changes no file', () => {
  beforeEach(() => write('# mine\n[other]\nkey = 1\n'));

  it('when there are no credentials to ask with', async () => {
    expect(await refused([role('Deploy'), 'jo'], {})).toEqual([
      1,
      expect.stringContaining('There are no credentials to ask AWS with: Could not load'),
    ]);
  });

  it('when AWS_PROFILE names a profile that is not there, and says which', async () => {
    const [status, stderr] = await refused([role('Deploy'), 'jo'], { AWS_PROFILE: 'nobody' });
    expect([status, stderr]).toEqual([1, expect.stringContaining('AWS_PROFILE is nobody')]);
  });

  it('when the credentials of a role are to give more than an hour, whatever the next role grants', async () => {
    const chained =
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.';
    stage.rehearsal.onSts = () => stsError(400, 'ValidationError', chained);
    const [status, stderr] = await refused([role('Deploy'), 'jo', '--duration', '3601']);
    expect([status, stderr]).toEqual([1, expect.stringContaining('at most one hour')]);
    expect(stderr).not.toContain('Raise the maximum');
  });

  it('when the source profile is not there, even if the environment has credentials', async () => {
    const [status, stderr] = await refused([role('Deploy'), 'jo', '--source-profile', 'nobody']);
    expect([status, stderr]).toEqual([1, expect.stringContaining('[nobody]')]);
    expect(stage.rehearsal.requests).toEqual([]);
  });

  it('when the program of the source profile fails, of which it tells no word', async () => {
    writeFileSync(
      stage.home.configFile,
      '[profile asks]\ncredential_process = sh -c "echo hush >&2; exit 1"\n',
    );
    const [status, stderr] = await refused([role('Deploy'), 'jo', '--source-profile', 'asks'], {});
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining('credential_process of the profile failed'),
    ]);
    expect(stderr).not.toContain('hush');
  });

  it.each<[string, string[], Record<string, string>, string]>([
    [
      'the role does not trust the caller',
      [role('ReadOnly'), 'jo'],
      keys,
      'assume arn:aws:iam::444455556666:role/ReadOnly',
    ],
    ['the role wants MFA', [role('Emergency'), 'jo'], keys, 'does not let these credentials assume'],
    ['the external id is not said', [role('Partner'), 'jo'], keys, 'does not let these credentials assume'],
    [
      'the code is wrong',
      [role('Emergency'), 'jo', '--mfa-serial-number', device, '--mfa-token', '000000'],
      keys,
      'MFA code',
    ],
    [
      'the role grants less',
      [role('Deploy'), 'jo', '--duration', '43200'],
      keys,
      'refuses a session of 43200 seconds',
    ],
    [
      'the keys are unknown',
      [role('Deploy'), 'jo'],
      { ...keys, AWS_ACCESS_KEY_ID: 'AKIANOBODYNOBODY1234' },
      'security token included in the request is invalid',
    ],
    [
      'the secret is wrong',
      [role('Deploy'), 'jo'],
      { ...keys, AWS_SECRET_ACCESS_KEY: 'wrong' },
      'does not match',
    ],
    [
      'AWS cannot be reached',
      [role('Deploy'), 'jo'],
      { ...keys, AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' },
      '127.0.0.1:9 could not be reached: the connection was refused',
    ],
  ])('when %s', async (_, args, env, words) => {
    expect(await refused(args, env)).toEqual([1, expect.stringContaining(words)]);
  });

  it.each([['AWS_CONFIG_FILE'], ['AWS_SHARED_CREDENTIALS_FILE']])(
    'when %s is a pipe or a device, and says so at once',
    async (name) => {
      const pipe = join(folder, name);
      execFileSync('mkfifo', [pipe]);
      for (const file of [pipe, '/dev/full']) {
        for (const args of [[], ['--exec', 'echo ran']]) {
          const given = await refused([role('Deploy'), 'jo', ...args], { ...keys, [name]: file });
          expect(given).toEqual([1, expect.stringContaining(`${file} cannot be read: it is a device or a`)]);
        }
      }
      expect(stage.rehearsal.requests).toEqual([]);
    },
  );

  it('when STS answers for another role, or for a session of another name', async () => {
    for (const session of ['ReadOnly/jo', 'Deploy/eve']) {
      const arn = `arn:aws:sts::${accounts.production}:assumed-role/${session}`;
      stage.rehearsal.onSts = () => ({
        status: 200,
        headers: { 'content-type': 'text/xml' },
        body: `<AssumeRoleResponse><AssumeRoleResult><AssumedRoleUser><Arn>${arn}</Arn></AssumedRoleUser><Credentials><AccessKeyId>ASIAKIDAKIDAKID1</AccessKeyId><SecretAccessKey>abc</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2031-01-02T03:04:05Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
      });
      expect(await refused([role('Deploy'), 'jo'])).toEqual([
        1,
        expect.stringContaining(`answered with ${arn}`),
      ]);
    }
  });

  it('when another machine would be asked over plain http', async () => {
    const env = { ...keys, AWS_ENDPOINT_URL_STS: 'http://sts.rehearsal.test:1/' };
    const given = await refused([role('Deploy'), 'jo'], env);
    expect(given).toEqual([1, expect.stringContaining('asked at sts.rehearsal.test:1 over http')]);
  });

  it('when certificates are not checked', async () => {
    const given = await refused([role('Deploy'), 'jo'], { ...keys, NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    expect(given).toEqual([1, expect.stringContaining('NODE_TLS_REJECT_UNAUTHORIZED=0 is set')]);
    expect(stage.rehearsal.requests).toEqual([]);
  });

  it('when the source credentials have expired', async () => {
    stage.rehearsal.onSts = () => stsError(403, 'ExpiredToken', 'The security token is expired');
    expect(await refused([role('Deploy'), 'jo'])).toEqual([1, expect.stringContaining('is expired')]);
  });

  it('when the profile holds long-lived keys', async () => {
    write(profileWithKeys('me'));
    const args = [role('Deploy'), 'jo', '--source-profile', 'me', '--profile', 'me'];
    expect(await refused(args, {})).toEqual([1, expect.stringContaining('a long-lived access key')]);
  });

  it.each<[string, string[], string, string]>([
    [
      'the MFA device',
      ['--mfa-serial-number', 'arn:aws-cn:iam::222233334444:mfa/jo', '--mfa-token', '123456'],
      '',
      '',
    ],
    [
      'the session in the source profile',
      ['--source-profile', 'me'],
      '[me]\naws_access_key_id = ASIAX\naws_secret_access_key = x\naws_session_token = t\nx_principal_arn = arn:aws-cn:sts::222233334444:assumed-role/Developer/jo\n',
      '',
    ],
    [
      'the role of the source profile',
      ['--source-profile', 'me'],
      '[keys]\naws_access_key_id = AKIAX\naws_secret_access_key = x\n',
      '[profile me]\nrole_arn = arn:aws-cn:iam::222233334444:role/Developer\nsource_profile = keys\n',
    ],
    [
      'the session in the default profile',
      [],
      '[default]\naws_access_key_id = ASIAX\naws_secret_access_key = x\naws_session_token = t\nx_principal_arn = arn:aws-cn:sts::222233334444:assumed-role/Developer/jo\n',
      '',
    ],
  ])(
    'and asks nobody where %s is of another partition than the role',
    async (_, args, credentials, config) => {
      write(credentials);
      writeFileSync(stage.home.configFile, config);
      const [status, stderr] = await refused([role('Deploy'), 'jo', ...args], {});
      expect([status, stderr]).toEqual([2, expect.stringContaining('is not in the partition aws-cn')]);
      expect(stage.rehearsal.requests).toEqual([]);
    },
  );

  it.each<[string, string[], string]>([
    ['a role of a partition that nobody knows', ['arn:aws-moon:iam::111122223333:role/x', 'jo'], 'aws-moon'],
    ['a role that is none', ['arn:aws:iam::1:user/x', 'jo'], 'A role is arn:aws:iam'],
    ['a session name that is none', [role('Deploy'), 'j o'], '2 to 64 letters'],
    ['no session name', [role('Deploy')], "missing required argument 'session-name'"],
    ['a source profile without a name', [role('Deploy'), 'jo', '--source-profile', ''], 'It is empty.'],
    ['an external id that is empty', [role('Partner'), 'jo', '--external-id', ''], 'It is empty.'],
    ['a device without a name', [role('Deploy'), 'jo', '--mfa-serial-number', ''], 'It is empty.'],
    ['a code that is none', [role('Deploy'), 'jo', '--mfa-token', '12'], 'six digits'],
    [
      'a code without its device',
      [role('Deploy'), 'jo', '--mfa-token', '123456'],
      'needs --mfa-serial-number',
    ],
    [
      'a device without a code and without a terminal',
      [role('Emergency'), 'jo', '--mfa-serial-number', device],
      'needs a code, and none was given',
    ],
    [
      'a managed policy of another partition',
      [role('Deploy'), 'jo', '--policy-arn', 'arn:aws-cn:iam::aws:policy/ReadOnlyAccess'],
      'the role is in the partition aws',
    ],
    [
      'a managed policy of another account',
      [role('Deploy'), 'jo', '--policy-arn', 'arn:aws:iam::999988887777:policy/Look'],
      'not in the account of the role',
    ],
    [
      'a policy that is named without its ARN',
      [role('Deploy'), 'jo', '--policy-arn', 'ReadOnlyAccess'],
      'not the ARN of a managed policy',
    ],
    [
      'one policy twice',
      [role('Deploy'), 'jo', '--read-only', '--policy-arn', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
      'is named twice',
    ],
    ['a policy that is not one', [role('Deploy'), 'jo', '--policy', '/dev/null'], 'it is not JSON'],
    ['a policy without end', [role('Deploy'), 'jo', '--policy', '/dev/zero'], 'has 65537 characters'],
    ['a policy without a name', [role('Deploy'), 'jo', '--policy', ''], 'It is empty.'],
  ])('and asks nobody with %s', async (_, args, words) => {
    expect(await refused(args)).toEqual([2, expect.stringContaining(words)]);
    expect(stage.rehearsal.requests).toEqual([]);
  });
});

it('roleferry user says that the file of a policy is not there, before it asks', async () => {
  const file = join(folder, 'nothing.json');
  expect(await refused([role('Deploy'), 'jo', '--policy', file])).toEqual([
    1,
    `roleferry: ${file} cannot be read: there is no such file.\nhint: Check its name for a typo.\n`,
  ]);
  expect(stage.rehearsal.requests).toEqual([]);
});

describe('settings of the AWS SDK that it does not take', () => {
  const chained = (lines: string) => {
    writeFileSync(
      stage.home.configFile,
      `[default]\n${lines}\n[profile chained]\nrole_arn = ${role('Deploy')}\nsource_profile = ursula\n${lines}\n`,
    );
    write(profileWithKeys('ursula'));
    return [role('Deploy'), 'jo', '--source-profile', 'chained'];
  };

  it('are told with their place, and AWS is not asked', async () => {
    const [status, stderr] = await refused(chained('defaults_mode = foo'), {});
    expect(status).toBe(1);
    expect(stderr).toContain(
      `does not accept defaults_mode = foo (profile default in ${stage.home.configFile})`,
    );
    expect(stage.rehearsal.requests).toEqual([]);
  });

  it.each(['region = not a region!', 'region = eu_west_1', 'region = -'])(
    'are told in its words where the source profile has them: %s',
    async (line) => {
      const [status, stderr] = await refused(chained(line), {});
      expect(status).toBe(1);
      expect(stderr).toMatch(/not a valid hostname component|region/i);
      expect(stderr).not.toContain('unexpected');
    },
  );

  it.each([
    'retry_mode = foo',
    'max_attempts = x',
    'use_fips_endpoint = maybe',
    'sts_regional_endpoints = foo',
  ])('never come to something unexpected: %s', async (line) => {
    const { stderr } = await user(chained(line), {});
    expect(stderr).not.toContain('unexpected');
  });
});
