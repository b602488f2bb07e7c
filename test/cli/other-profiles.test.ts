import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltCli, buildCli, type CliHome, temporarySection } from '../fixtures/built-cli.ts';

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
}, 60_000);
afterAll(() => cli.close());

const role = 'arn:aws:iam::123456789012:role/team/Deployer';
const chained = `[profile chained]\nrole_arn = ${role}\nsource_profile = dev\n`;
const sso =
  '[profile corp]\nsso_session = corp\nsso_account_id = 210987654321\nsso_role_name = ReadOnly\n' +
  '[sso-session corp]\nsso_start_url = https://corp.example/start\nsso_region = us-east-1\n';
const tokenProfile = (file: string) =>
  `[profile web]\nrole_arn = ${role}\nweb_identity_token_file = ${file}\n`;
const tokenIn = (home: CliHome) => join(home.path, 'token');
const login = '[profile console]\nlogin_session = arn:aws:iam::123456789012:user/jo\n';
const printing = (answer: object) => `credential_process = /bin/echo '${JSON.stringify(answer)}'\n`;
const keys = { Version: 1, AccessKeyId: 'ASIAEXAMPLEEXAMPLE34', SecretAccessKey: 'hush' };
const temporary = { ...keys, SessionToken: 'token', Expiration: '2099-01-01T00:00:00Z' };
const foreign = `[profile foreign]\nregion = eu-west-1\n${printing(temporary)}`;

const env = ['--', process.execPath, '-e', 'console.log(JSON.stringify(process.env))'];

function refused(home: CliHome, name: string, words: string | RegExp, command?: string) {
  const before = home.files();
  for (const args of [
    ['exec', name, '--', 'echo', 'ran'],
    ['env', name],
    ['shell', name],
  ]) {
    const done = home.run(args);
    expect(done).toMatchObject({ status: 1, stdout: '' });
    expect(done.stderr).toMatch(/^roleferry: .+\nhint: .+\n$/);
    expect(done.stderr).toMatch(words);
    if (command !== undefined) expect(done.stderr).toMatch(new RegExp(`: ${command}\n$`));
  }
  expect(home.files()).toEqual(before);
}

describe('exec, shell and env of a profile that is not Roleferry’s', () => {
  it('run with what its credential_process prints', () => {
    const home = cli.newHome({ config: foreign });
    const given = JSON.parse(home.run(['exec', 'foreign', ...env]).stdout);
    expect(given).toMatchObject({
      AWS_ACCESS_KEY_ID: 'ASIAEXAMPLEEXAMPLE34',
      AWS_SECRET_ACCESS_KEY: 'hush',
      AWS_SESSION_TOKEN: 'token',
      AWS_CREDENTIAL_EXPIRATION: '2099-01-01T00:00:00.000Z',
      AWS_REGION: 'eu-west-1',
      ROLEFERRY_PROFILE: 'foreign',
    });
    const printed = home.run(['env', 'foreign', '--shell', 'bash']);
    expect(printed).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("AWS_SESSION_TOKEN='token'"),
    });
    const shell = home.run(['shell', 'foreign'], { SHELL: '/bin/true' });
    expect(shell).toMatchObject({ status: 0, stderr: expect.stringMatching(/^shell with foreign, \d+ h/) });
  });

  it('take credentials of it that have no token and no end, and leave none of another behind', () => {
    const home = cli.newHome({ config: `[profile foreign]\n${printing(keys)}` });
    const others = { AWS_SESSION_TOKEN: 'other', AWS_CREDENTIAL_EXPIRATION: '2098-01-01T00:00:00Z' };
    const given = JSON.parse(home.run(['exec', 'foreign', ...env], others).stdout);
    expect(given).toMatchObject({ AWS_ACCESS_KEY_ID: 'ASIAEXAMPLEEXAMPLE34' });
    expect(Object.keys(given).filter((name) => name in others)).toEqual([]);
    const printed = home.run(['env', 'foreign', '--shell', 'bash'], others);
    expect(printed.stdout).not.toMatch(/TOKEN|EXPIRATION/);
    expect(printed.stderr).toContain('unset AWS_SESSION_TOKEN');
    const shell = home.run(['shell', 'foreign'], { SHELL: '/bin/true' });
    expect(shell).toMatchObject({ status: 0, stderr: 'shell with foreign; exit ends it\n' });
  });

  it.each([
    [
      'says why it failed, and not what its command line is',
      "/bin/sh -c 'echo locked >&2; exit 3' hush",
      /failed: locked$/m,
    ],
    ['prints no JSON', '/bin/echo hello', /invalid JSON/],
    ['is not there', '/nowhere/tool', /not found|No such file/],
    [
      'prints credentials that have expired',
      `/bin/echo '${JSON.stringify({ ...temporary, Expiration: '2020-01-01T00:00:00Z' })}'`,
      /expired/,
    ],
  ])('fail when its credential_process %s', (_, line, words) => {
    const home = cli.newHome({ config: `[profile foreign]\ncredential_process = ${line}\n` });
    refused(home, 'foreign', words);
    expect(home.run(['env', 'foreign']).stderr).not.toContain('hush');
  });

  it('say which login of the AWS CLI renews it', () => {
    const home = cli.newHome({ config: sso + login });
    refused(home, 'corp', 'from aws sso login', 'aws sso login --profile corp');
    refused(home, 'console', 'from aws login', 'aws login --profile console');
    const through = `[profile chained]\nrole_arn = ${role}\nsource_profile = corp\n${sso}`;
    refused(cli.newHome({ config: through }), 'chained', 'aws sso login', 'aws sso login --profile corp');
  });

  it.each([
    ['names a source that is nowhere', chained, 'names dev as its source_profile'],
    ['names itself', chained.replace('= dev', '= chained'), 'would come from themselves'],
    [
      'leads in a circle',
      `${chained}[profile dev]\nrole_arn = ${role}\nsource_profile = chained\n`,
      'would come from themselves: dev',
    ],
    [
      'names no source',
      `[profile chained]\nrole_arn = ${role}\n`,
      'neither source_profile nor credential_source',
    ],
    [
      'names a kind of source that there is not',
      `[profile chained]\nrole_arn = ${role}\ncredential_source = environment\n`,
      'credential_source is environment, which is none of Environment, ',
    ],
    [
      'has an account and no role of Identity Center',
      '[profile chained]\nsso_account_id = 1\n',
      'sso_role_name is missing',
    ],
    [
      'names a session that is nowhere',
      `${sso.replace('[profile corp]\nsso_session = corp', '[profile chained]\nsso_session = other')}`,
      'no section \\[sso-session other\\]',
    ],
    [
      'has only a region',
      '[profile chained]\nregion = x\n',
      'There are no credentials for the profile chained',
    ],
    [
      'has a source that has only a region',
      `${chained}[profile dev]\nregion = x\n`,
      'There are no credentials for the profile dev',
    ],
    [
      'reads a token file that is nowhere',
      `[profile chained]\nrole_arn = ${role}\nweb_identity_token_file = /nowhere\n`,
      'no such file\\.\nhint: Check web_identity_token_file in the config file',
    ],
  ])('fail when it %s', (_, config, words) => {
    refused(cli.newHome({ config }), 'chained', new RegExp(words));
  });

  it.each([
    ['is empty', (home: CliHome) => writeFileSync(tokenIn(home), '\n'), 'it is empty'],
    ['is a folder', (home: CliHome) => mkdirSync(tokenIn(home)), 'it is a folder'],
    ['is a link that leads to itself', (home: CliHome) => symlinkSync('token', tokenIn(home)), 'ELOOP'],
    [
      'is behind a file',
      (home: CliHome) => {
        writeFileSync(tokenIn(home), 'x');
        writeFileSync(home.configFile, tokenProfile(`${tokenIn(home)}/token`));
      },
      'a part of its path is not a folder',
    ],
  ])('say so when the token file %s, and doctor does', (_, make, reason) => {
    const home = cli.newHome({ config: '' });
    writeFileSync(home.configFile, tokenProfile(tokenIn(home)));
    make(home);
    const words = new RegExp(`profile web gets .* for the token in ${home.path}/token.*: .*${reason}`);
    refused(home, 'web', words);
    expect(home.run(['doctor']).stdout).toMatch(words);
  });

  it.skipIf(process.getuid?.() === 0)('say so when the token file may not be read', () => {
    const home = cli.newHome({ config: '' });
    writeFileSync(home.configFile, tokenProfile(tokenIn(home)));
    writeFileSync(tokenIn(home), 'x', { mode: 0 });
    refused(home, 'web', 'which cannot be read: permission denied');
  });

  it('say how to use long-lived keys instead, which they hand out to nobody', () => {
    const credentials = '[me]\naws_access_key_id = AKIAEXAMPLEEXAMPLE12\naws_secret_access_key = hush\n';
    const home = cli.newHome({ credentials });
    const hint = 'roleferry user ROLE-ARN NAME --source-profile me --profile OTHER';
    refused(home, 'me', 'The profile me holds long-lived keys, which Roleferry gives to no program', hint);
    expect(home.run(['serve', 'me']).stderr).toContain(hint);
  });

  it('heed AWS_EC2_METADATA_DISABLED as botocore does, and so does doctor', () => {
    const config = `[profile ec2]\nrole_arn = ${role}\ncredential_source = Ec2InstanceMetadata\n`;
    const home = cli.newHome({
      config: `${config}[profile second]\nrole_arn = ${role}\nsource_profile = ec2\n`,
    });
    const disabled = { AWS_EC2_METADATA_DISABLED: 'True' };
    for (const name of ['ec2', 'second']) {
      expect(home.run(['exec', name, '--', 'echo', 'ran'], disabled)).toEqual({
        status: 1,
        stdout: '',
        stderr:
          'roleferry: The profile ec2 gets its credentials from the instance metadata of this machine, and AWS_EC2_METADATA_DISABLED forbids asking for them.\n' +
          'hint: Unset AWS_EC2_METADATA_DISABLED, or use another profile.\n',
      });
    }
    expect(home.run(['doctor'], disabled).stdout).toContain('AWS_EC2_METADATA_DISABLED forbids');
    expect(home.run(['doctor'], { AWS_EC2_METADATA_DISABLED: 'false' }).stdout).not.toContain('METADATA');
  });

  it('say that the session of Roleferry has expired with whose credentials it would assume its role', () => {
    const credentials = temporarySection('dev', { expiration: '2020-01-01T00:00:00Z' });
    refused(cli.newHome({ config: chained, credentials }), 'chained', /credentials of dev expired/);
  });
});

const everyKind = {
  credentials: temporarySection('dev'),
  config: [
    chained,
    sso,
    login,
    foreign,
    '[default]\nregion = eu-west-1\n',
    `[profile machine]\nrole_arn = ${role}\ncredential_source = Ec2InstanceMetadata\n`,
    `[profile web]\nrole_arn = ${role}\nweb_identity_token_file = /token\n`,
    '[profile own]\ncredential_process = roleferry credential-process --profile own\n',
    '[profile through]\nsource_profile = corp\nrole_arn = arn:aws:iam::123456789012:role/Through\n',
    '[services s]\ns3 =\n  endpoint_url = https://example.org\n',
  ].join(''),
};

describe('roleferry list', () => {
  it('shows every kind of profile, each by where its credentials come from', () => {
    const { status, stdout, stderr } = cli.newHome(everyKind).run(['list']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.replace(/\d+ h( \d+ min)?$/m, '9 h').split('\n')).toEqual([
      'PROFILE  ACCOUNT       ROLE       TIME LEFT',
      'dev      111122223333  Developer  9 h',
      'chained  123456789012  Deployer   from dev',
      'corp     210987654321  ReadOnly   from aws sso login',
      'console  123456789012             from aws login',
      'foreign                           from another program',
      'default                           settings only',
      'machine  123456789012  Deployer   from Ec2InstanceMetadata',
      'web      123456789012  Deployer   from a web identity token',
      'own                               no credentials yet',
      'through  123456789012  Through    from corp',
      '',
    ]);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('tells programs the source, the source profile and what renews it', () => {
    const listed = JSON.parse(cli.newHome(everyKind).run(['list', '--json']).stdout);
    const shown = listed.map((one: Record<string, unknown>) =>
      [one.profile, one.kind, one.source, one.sourceProfile, one.renewal].join(' '),
    );
    expect(shown).toEqual([
      'dev temporary keys  ',
      'chained role role dev ',
      'corp sso sso  aws sso login --profile corp',
      'console sso login  aws login --profile console',
      'foreign process process  ',
      'default other none  ',
      'machine role role  ',
      'web role web-identity  ',
      'own process roleferry  ',
      'through role role corp aws sso login --profile corp',
    ]);
  });

  it('reads them where AWS_CONFIG_FILE says, and does without that file', () => {
    const home = cli.newHome({ config: foreign });
    const elsewhere = {
      AWS_CONFIG_FILE: home.configFile,
      AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
    };
    expect(cli.newHome().run(['list', '--names'], elsewhere).stdout).toBe('foreign\n');
    expect(home.run(['list', '--names'], { AWS_CONFIG_FILE: '/nowhere/config' }).stdout).toBe('');
  });

  it('lets no name of a profile steer a terminal', () => {
    const home = cli.newHome({ config: '[profile "a\u001b[31mb"]\nregion = x\n' });
    for (const args of [[], ['--names'], ['--json']]) {
      expect(home.run(['list', ...args]).stdout).not.toMatch(/[^\P{Cc}\n]/u);
    }
  });
});

it('completion offers them, but for names that a shell would read as two', () => {
  const home = cli.newHome({ config: `${foreign}${chained}[profile "my own"]\nregion = x\n` });
  expect(home.run(['complete', '--', 'exec', '']).stdout.split('\n')).toEqual(['foreign', 'chained', '']);
});

describe('roleferry doctor', () => {
  const profilesOf = (home: CliHome) =>
    JSON.parse(home.run(['doctor', '--json']).stdout).filter(
      ({ check }: { check: string }) => check === 'profiles',
    );

  it('says which profiles a login of the AWS CLI renews, and how', () => {
    const found = profilesOf(
      cli.newHome({
        config: everyKind.config
          .replace(/\[profile own\]\n.*\n/, '')
          .replace('/token\n', `${process.execPath}\n`),
        credentials: everyKind.credentials,
      }),
    );
    expect(found).toEqual([
      {
        check: 'profiles',
        level: 'ok',
        message: 'aws sso login renews corp and 1 more, as in: aws sso login --profile corp',
      },
      {
        check: 'profiles',
        level: 'ok',
        message: 'aws login renews console, as in: aws login --profile console',
      },
    ]);
  });

  it('warns of profiles whose settings lead to no credentials', () => {
    const found = profilesOf(cli.newHome({ config: `${chained}[profile bare]\nrole_arn = ${role}\n` }));
    expect(found).toMatchObject([
      { level: 'warning', message: expect.stringContaining('names dev as its source_profile') },
      { level: 'warning', message: expect.stringContaining('neither source_profile nor credential_source') },
    ]);
  });
});

it('login leads to the login of the AWS CLI, and opens nothing', () => {
  const home = cli.newHome({ config: sso });
  const done = home.run(['login', 'corp'], { BROWSER: '/bin/false' });
  expect(done).toMatchObject({
    status: 1,
    stdout: '',
    stderr:
      'roleferry: The profile corp is renewed by the AWS CLI, not by Roleferry.\n' +
      'hint: Log in with it: aws sso login --profile corp\n',
  });
});

it('configure-process says that --replace does not take them aside, and what works with them', () => {
  const home = cli.newHome({ config: sso });
  const before = home.files();
  for (const args of [['corp'], ['corp', '--replace']]) {
    expect(home.run(['configure-process', ...args])).toEqual({
      status: 1,
      stdout: '',
      stderr:
        `roleferry: AWS tools get the credentials of corp from elsewhere: sso_session, sso_account_id, sso_role_name in ${home.configFile}. --replace does not set that aside.\n` +
        'hint: roleferry exec, env, shell and serve use such a profile as it is. To let logins write it, choose another name, or take that out in an editor.\n',
    });
  }
  expect(home.files()).toEqual(before);
});

it('none of them is overwritten', () => {
  const home = cli.newHome(everyKind);
  for (const name of ['chained', 'corp', 'console', 'foreign', 'machine', 'web']) {
    const before = home.files();
    const done = home.run(['configure-process', name]);
    expect(done).toMatchObject({ status: 1, stdout: '' });
    expect(home.files()).toEqual(before);
  }
});
