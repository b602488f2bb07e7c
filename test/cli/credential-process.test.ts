import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shellWord } from '../../src/core/words/shell-word.ts';
import { writeProfiles } from '../../src/credentials-file/write-profiles.ts';
import { awsFilesOf } from '../../src/native-host/registration/aws-files.ts';
import { type BuiltCli, buildCli, type CliHome, temporarySection } from '../fixtures/built-cli.ts';

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
}, 60_000);
afterAll(() => cli.close());

const future = '2099-01-01T00:00:00.000Z';
const longLived = '[mine]\naws_access_key_id = AKIAEXAMPLEEXAMPLE12\naws_secret_access_key = s\n';
const aFailure = /^roleferry: .+\nhint: .+\n$/;

const read = (file: string) => readFileSync(file, 'utf8');
const cacheFolder = (home: CliHome) => join(home.path, '.local/share/roleferry/cache');
const commandLine = (home: string, name: string) =>
  `${home}/.local/share/roleferry/roleferry credential-process --profile ${name}`;

/** What the host does for a login. */
const deliver = (
  home: CliHome,
  name: string,
  accessKeyId: string,
  account = '111122223333',
  more: object = {},
) =>
  writeProfiles(awsFilesOf(join(home.path, '.local/share/roleferry'), home.filesEnv), [
    {
      name,
      credentials: {
        accessKeyId,
        secretAccessKey: 'secret',
        sessionToken: 'token',
        expiration: '2099-06-01T00:00:00Z',
      },
      principalArn: `arn:aws:sts::${account}:assumed-role/Developer/jo`,
      ...more,
    },
  ]);

const printed = (home: CliHome, name: string, env: Record<string, string> = {}) => {
  const { status, stdout, stderr } = home.run(['credential-process', '--profile', name], env);
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
};

/** Runs what must fail and change nothing. */
function refused(home: CliHome, args: string[], words: string, status = 1): void {
  const before = home.files();
  const done = home.run(args);
  expect(done).toMatchObject({ status, stdout: '', stderr: expect.stringContaining(words) });
  expect(done.stderr).toMatch(aFailure);
  expect(home.files()).toEqual(before);
}

describe('roleferry credential-process', () => {
  it('prints what an AWS tool wants, from the credentials file where nothing else is said', () => {
    const home = cli.newHome({ credentials: temporarySection('dev') });
    expect(printed(home, 'dev')).toEqual({
      Version: 1,
      AccessKeyId: 'ASIAEXAMPLEEXAMPLE12',
      SecretAccessKey: 'abcdefghijklmnopqrstuvwxyz0123456789+/ab',
      SessionToken: 'FwoGZXIvYXdzEXAMPLE+/token==',
      Expiration: future,
      AccountId: '111122223333',
    });
  });

  it.each([
    [['--profile', 'dev'], 0],
    [['--profile', 'gone'], 1],
    [['--profile', '../"x'], 1],
    [['--profile', ''], 2],
  ])('does the same for %j as for other ways to say so, which take longer to understand', (args, status) => {
    const home = cli.newHome({ credentials: temporarySection('dev') });
    const [, name = ''] = args;
    const done = home.run(['credential-process', ...args]);
    expect(done.status).toBe(status);
    expect(done.stderr).toMatch(status === 0 ? /^$/ : aFailure);
    expect(home.run(['credential-process', '-p', name])).toEqual(done);
    expect(home.run(['credential-process', `--profile=${name}`])).toEqual(done);
  });

  it.each([[['--profile', 'dev', 'more']], [['--profile']]])('refuses the command line %j', (args) => {
    const home = cli.newHome({ credentials: temporarySection('dev') });
    const done = home.run(['credential-process', ...args]);
    expect(done).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(aFailure) });
  });

  it.each([
    ['expired', temporarySection('dev', { expiration: '2020-01-01T00:00:00Z' }), 'expired at 2020-01-01'],
    ['missing', longLived, 'There is no profile dev'],
    ['someone else’s', longLived.replace('mine', 'dev'), 'long-lived access key'],
    ['undated', temporarySection('dev').replace(/x_security.*\n/, ''), 'does not say when'],
    ['in a file that is broken', '[dev\n', 'line 1 cannot be understood'],
  ])('fails on stderr alone when they are %s', (_, credentials, words) => {
    refused(cli.newHome({ credentials }), ['credential-process', '--profile', 'dev'], words);
  });

  it('wants to be told which profile, whatever the environment says', () => {
    const done = cli.newHome().run(['credential-process'], { AWS_PROFILE: 'dev' });
    expect(done).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(aFailure) });
  });
});

describe('roleferry configure-process', () => {
  const config = '# mine\n[default]\nregion = us-east-1\n\n[profile dev]\n# here\nregion = eu-west-1\n';

  it('writes one line, and moves the credentials that would win over it', () => {
    const home = cli.newHome({ credentials: `${longLived}\n${temporarySection('dev')}`, config });
    expect(home.run(['configure-process', 'dev'])).toMatchObject({
      status: 0,
      stdout: `dev in ${home.configFile} now uses credential_process\n`,
      stderr: '',
    });
    expect(read(home.configFile)).toBe(`${config}credential_process = ${commandLine(home.path, 'dev')}\n`);
    expect(read(home.credentialsFile)).toBe(longLived);
    expect(printed(home, 'dev')).toMatchObject({ AccessKeyId: 'ASIAEXAMPLEEXAMPLE12', Expiration: future });
    const [file = ''] = readdirSync(cacheFolder(home));
    expect(statSync(join(cacheFolder(home), file)).mode & 0o777).toBe(0o600);
    expect(statSync(cacheFolder(home)).mode & 0o777).toBe(0o700);
  });

  it('can be undone, to the byte', () => {
    const credentials = `${longLived}\n${temporarySection('dev', { expiration: future })}`;
    for (const before of [config, undefined, '[profile other]\nregion = x-y-1\n']) {
      const home = cli.newHome({ credentials, ...(before !== undefined && { config: before }) });
      home.run(['configure-process', 'dev']);
      const done = home.run(['configure-process', 'dev', '--undo']);
      expect(done).toMatchObject({ status: 0, stderr: '' });
      expect(read(home.configFile)).toBe(before ?? '');
      expect(read(home.credentialsFile)).toBe(credentials);
      expect(readdirSync(cacheFolder(home))).toEqual([]);
      refused(home, ['configure-process', 'dev', '--undo'], 'does not get its credentials from Roleferry');
    }
  });

  it('may be run again, with another mind about logins', () => {
    const home = cli.newHome({ config });
    home.run(['configure-process', 'dev']);
    home.run(['configure-process', 'dev', '--login']);
    home.run(['configure-process', 'default', '--login']);
    expect(read(home.configFile)).toBe(
      config
        .replace(
          'us-east-1\n',
          `us-east-1\ncredential_process = ${commandLine(home.path, 'default')} --login\n`,
        )
        .concat(`credential_process = ${commandLine(home.path, 'dev')} --login\n`),
    );
  });

  it('refuses the name that is no profile for AWS tools', () => {
    refused(cli.newHome({ config }), ['configure-process', 'DEFAULT'], 'settings of all profiles', 2);
  });

  it('takes nothing that is someone’s to lose, unless told to', () => {
    const other = '[profile dev]\ncredential_process = /bin/other --profile dev\n';
    const home = cli.newHome({ credentials: longLived.replace('mine', 'dev'), config: other });
    refused(home, ['configure-process', 'dev'], 'it holds credential_process in');
    writeFileSync(home.configFile, '');
    refused(home, ['configure-process', 'dev'], 'it holds a long-lived access key');
    writeFileSync(home.configFile, other);
    expect(home.run(['configure-process', 'dev', '--replace'])).toMatchObject({
      status: 0,
      stderr:
        `what was there for dev stays as comments in ${home.configFile} and ${home.credentialsFile}, secrets too\n` +
        'to take it back: roleferry configure-process dev --undo\n',
    });
    const mark = '# set aside by roleferry configure-process dev: ';
    expect(read(home.configFile)).toBe(
      `[profile dev]\ncredential_process = ${commandLine(home.path, 'dev')}\n${mark}credential_process = /bin/other --profile dev\n`,
    );
    expect(read(home.credentialsFile)).toBe(longLived.replace('mine', 'dev').replace(/^(?=.)/gm, mark));
    expect(home.run(['configure-process', 'dev', '--undo'])).toEqual({
      status: 0,
      stdout: 'dev is as it was before --replace\n',
      stderr: '',
    });
    expect(read(home.configFile)).toBe(other);
    expect(read(home.credentialsFile)).toBe(longLived.replace('mine', 'dev'));
  });

  it('says where it leaves what it set aside, since the profile has other settings by now', () => {
    const home = cli.newHome({ credentials: longLived });
    home.run(['configure-process', 'mine', '--replace']);
    writeFileSync(home.credentialsFile, `${read(home.credentialsFile)}${longLived}`);
    expect(home.run(['configure-process', 'mine', '--undo'])).toEqual({
      status: 0,
      stdout: expect.stringContaining('mine no longer uses credential_process'),
      stderr: `${home.credentialsFile} has other settings for mine now: what --replace set aside stays there, as comments\n`,
    });
  });

  it.each([
    ['a profile of a role', { config: '[profile dev]\nrole_arn = arn:aws:iam::1:role/x\n' }, 'role_arn'],
    ['keys in the config file', { config: '[profile dev]\naws_access_key_id = AKIAX\n' }, 'long-lived'],
    [
      'credentials that do not say when they end',
      { credentials: '[dev]\naws_access_key_id=ASIAX\naws_secret_access_key=s\naws_session_token=t\n' },
      'not say when',
    ],
    [
      'credentials that say when they end, but not whose they are',
      { credentials: temporarySection('dev').replace(/x_principal_arn.*\n/, '') },
      'does not say whose its credentials are',
    ],
    ['a config file that is broken', { config: '[profile dev\n' }, 'line 1'],
    ['a credentials file that is broken', { credentials: '[dev\n' }, 'line 1'],
  ])('changes nothing at %s', (_, files, words) => {
    refused(cli.newHome(files), ['configure-process', 'dev'], words);
  });

  it.each([
    ['the config file', {}, 'configFile'],
    ['the config file, of a profile with its own keys in it', { replace: true }, 'configFile'],
    ['the credentials file', {}, 'credentialsFile'],
    ['the credentials file, where there is no config file', { noConfig: true }, 'credentialsFile'],
    ['the credentials file, of a profile with another program', { replace: true }, 'credentialsFile'],
  ] as const)('leaves everything as it was when it cannot write %s', (_, how, file) => {
    const other = `${config}credential_process = /bin/other\n`;
    const home = cli.newHome({
      credentials: temporarySection('dev'),
      ...(!('noConfig' in how) && { config: 'replace' in how ? other : config }),
    });
    chmodSync(home[file], 0o400);
    refused(
      home,
      ['configure-process', 'dev', ...('replace' in how ? ['--replace'] : [])],
      'cannot be written',
    );
    expect(existsSync(home.configFile)).toBe(!('noConfig' in how));
  });

  it.each(['configFile', 'credentialsFile'] as const)(
    'leaves everything as it was when it cannot write the %s on the way back',
    (file) => {
      const home = cli.newHome({ credentials: temporarySection('dev'), config });
      home.run(['configure-process', 'dev']);
      chmodSync(home[file], 0o400);
      refused(home, ['configure-process', 'dev', '--undo'], 'cannot be written');
      expect(printed(home, 'dev')).toMatchObject({ AccessKeyId: 'ASIAEXAMPLEEXAMPLE12' });
    },
  );

  it('does not say that a profile is in the credentials file again when there was nothing to put there', () => {
    const forgotten = cli.newHome({ credentials: temporarySection('dev') });
    forgotten.run(['configure-process', 'dev']);
    forgotten.run(['forget', 'dev']);
    const { status, stdout } = forgotten.run(['configure-process', 'dev', '--undo']);
    expect(status).toBe(0);
    expect(stdout).toContain('dev no longer uses credential_process; it had no credentials to put into');
    expect(stdout).not.toContain('again');
  });

  it('has AWS tools say how to log in as this copy was called', () => {
    const expired = temporarySection('dev', { expiration: '2020-01-01T00:00:00Z' });
    for (const [PATH, call] of [
      ['/nowhere', `${process.execPath} ${cli.file}`],
      [join(dirname(cli.file), 'bin'), 'roleferry'],
    ] as const) {
      const home = cli.newHome({ credentials: expired });
      expect(home.run(['configure-process', 'dev'], { PATH })).toMatchObject({ status: 0, stderr: '' });
      const { stderr } = home.runShell(commandLine(home.path, 'dev'));
      expect(stderr).toContain(`: ${call} login dev\n`);
    }
  });

  it('says of a profile that is nowhere that it is new, and how to undo a typing error', () => {
    const home = cli.newHome({ config });
    const { status, stderr } = home.run(['configure-process', 'nope']);
    expect(status).toBe(0);
    expect(stderr).toContain('nope is a new profile: the next login saved to it brings its credentials');
    expect(stderr).toContain('roleferry configure-process nope --undo');
    home.run(['configure-process', 'nope', '--undo']);
    expect(read(home.configFile)).toBe(config);
  });

  it.each(['', 'a b'])('takes %j for a mistake with --undo too', (name) => {
    refused(
      cli.newHome({ config }),
      ['configure-process', name, '--undo'],
      'This profile name cannot be used',
      2,
    );
  });

  it.each(['--login', '--replace'])('does not take --undo and %s together', (option) => {
    const home = cli.newHome({ credentials: temporarySection('dev') });
    home.run(['configure-process', 'dev']);
    refused(home, ['configure-process', 'dev', '--undo', option], 'cannot be used with', 2);
  });

  it.each(['a b', 'a\n[b]', '', '__proto__', '$(id)'])('refuses the name %j', (name) => {
    refused(cli.newHome({ config }), ['configure-process', name], 'profile name cannot be used', 2);
  });

  it('works from a home folder whose name is hard to quote', () => {
    const home = cli.newHome();
    const path = join(home.path, "it's $HOME `here`é");
    mkdirSync(join(path, '.aws'), { recursive: true });
    writeFileSync(join(path, '.aws/credentials'), temporarySection('dev'));
    const env = { HOME: path };
    expect(home.run(['configure-process', 'dev'], env)).toMatchObject({ status: 0 });
    const line = /^credential_process = (.*)$/m.exec(read(join(path, '.aws/config')))?.[1] ?? '';
    expect(home.runShell(`HOME=${shellWord(path)} ${line}`)).toMatchObject({ status: 0, stderr: '' });
    expect(home.run(['configure-process', 'dev', '--undo'], env)).toMatchObject({ status: 0 });
  });

  it('has AWS tools run a program of its own, which the removal of this CLI and of its Node leaves alone', () => {
    const home = cli.newHome({ credentials: temporarySection('dev') });
    const node = join(home.path, 'node');
    symlinkSync(process.execPath, node);
    const moved = join(home.path, 'moved');
    for (const name of ['roleferry.cjs', 'chunks', 'credential-process.cjs']) {
      cpSync(join(dirname(cli.file), name), join(moved, name), { recursive: true });
    }
    expect(home.runFile(join(moved, 'roleferry.cjs'), ['configure-process', 'dev'])).toMatchObject({
      status: 0,
    });
    const wrapper = join(home.path, '.local/share/roleferry/roleferry');
    writeFileSync(wrapper, read(wrapper).replace(process.execPath, node));
    rmSync(moved, { recursive: true });
    const line = /^credential_process = (.*)$/m.exec(read(home.configFile))?.[1] ?? '';
    expect(home.runShell(line)).toMatchObject({ status: 0, stderr: '' });
    unlinkSync(node);
    mkdirSync(join(home.path, '.nvm/versions/node/v22.14.0/bin'), { recursive: true });
    symlinkSync(process.execPath, join(home.path, '.nvm/versions/node/v22.14.0/bin/node'));
    expect(home.runShell(`HOME=${home.path} ${line}`)).toMatchObject({ status: 0, stderr: '' });
  });

  it.each(['-r ./pre.cjs', '--a-flag-that-no-node-knows'])(
    'prints JSON alone in a project that sets NODE_OPTIONS=%s',
    (options) => {
      const home = cli.newHome({ credentials: temporarySection('dev') });
      writeFileSync(join(home.path, 'pre.cjs'), 'console.log("noise")');
      home.run(['configure-process', 'dev']);
      const line = /^credential_process = (.*)$/m.exec(read(home.configFile))?.[1] ?? '';
      const { status, stdout } = home.runShell(`export NODE_OPTIONS='${options}'; ${line}`);
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ AccessKeyId: 'ASIAEXAMPLEEXAMPLE12' });
    },
  );
});

describe('a process profile', () => {
  const processHome = () => {
    const home = cli.newHome({
      credentials: temporarySection('dev'),
      config: '[profile dev]\nregion = eu-west-1\n',
    });
    home.run(['configure-process', 'dev']);
    return home;
  };

  it('gets new logins into its cache, never into the credentials file', async () => {
    const home = processHome();
    const before = home.files();
    expect(await deliver(home, 'dev', 'ASIANEWNEWNEWNEW1234')).toMatchObject({ value: [{ ok: true }] });
    expect(printed(home, 'dev')).toMatchObject({ AccessKeyId: 'ASIANEWNEWNEWNEW1234' });
    expect(read(home.credentialsFile)).toBe(before[home.credentialsFile]);
    expect(read(home.configFile)).toBe(before[home.configFile]);
  });

  it('loses what another tool left in the credentials file, which would win', async () => {
    const home = processHome();
    writeFileSync(home.credentialsFile, `${temporarySection('dev')}cli_pager =\n`);
    await deliver(home, 'dev', 'ASIANEWNEWNEWNEW1234');
    expect(read(home.credentialsFile)).toBe('[dev]\ncli_pager =\n');
    writeFileSync(home.credentialsFile, longLived.replace('mine', 'dev'));
    expect(await deliver(home, 'dev', 'ASIANEWER')).toMatchObject({
      value: [{ ok: false, failure: { code: 'profile-long-lived' } }],
    });
    expect(printed(home, 'dev')).toMatchObject({ AccessKeyId: 'ASIANEWNEWNEWNEW1234' });
  });

  it('keeps its account until the user says otherwise', async () => {
    const home = processHome();
    expect(await deliver(home, 'dev', 'ASIAOTHEROTHEROTHER1', '444455556666')).toMatchObject({
      value: [{ ok: false, failure: { code: 'profile-other-account' } }],
    });
    expect(printed(home, 'dev')).toMatchObject({ AccessKeyId: 'ASIAEXAMPLEEXAMPLE12' });
    await deliver(home, 'dev', 'ASIAOTHEROTHEROTHER1', '444455556666', { takeOver: true });
    expect(printed(home, 'dev')).toMatchObject({ AccessKeyId: 'ASIAOTHEROTHEROTHER1' });
  });

  it('is made by a whole line for that very profile, not by one that looks like it', async () => {
    for (const line of [
      commandLine('/home/ann', 'prod'),
      `/evil/${commandLine('/home/ann', 'dev')}; id`,
      'echo credential-process --profile dev',
    ]) {
      const home = cli.newHome({ config: `[profile dev]\ncredential_process = ${line}\n` });
      expect(await deliver(home, 'dev', 'ASIANEWNEWNEWNEW1234')).toMatchObject({
        value: [{ ok: false, failure: { code: 'profile-shadowed' } }],
      });
      expect(existsSync(cacheFolder(home))).toBe(false);
    }
  });

  it('is found where the home folder is behind a link, and had no config file before', () => {
    const home = cli.newHome({ credentials: temporarySection('dev') });
    const link = `${home.path}-link`;
    symlinkSync(home.path, link);
    const env = { HOME: link };
    try {
      expect(home.run(['configure-process', 'dev'], env).status).toBe(0);
      expect(printed(home, 'dev', env)).toMatchObject({ AccessKeyId: 'ASIAEXAMPLEEXAMPLE12' });
    } finally {
      unlinkSync(link);
    }
  });

  it('is another one with another config file', () => {
    const home = processHome();
    const other = join(home.path, 'other');
    writeFileSync(other, read(home.configFile));
    const done = home.run(['credential-process', '--profile', 'dev'], { AWS_CONFIG_FILE: other });
    expect(done).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('no credentials') });
  });

  it.each(['', '{', '{"profile":"dev"}', '{"profile":"prod"}', '[]'])(
    'has no credentials when its cache holds %j, and has again after a login',
    async (content) => {
      const home = processHome();
      const [file = ''] = readdirSync(cacheFolder(home));
      writeFileSync(join(cacheFolder(home), file), content);
      refused(
        home,
        ['credential-process', '--profile', 'dev'],
        'There are no credentials for the profile dev yet',
      );
      await deliver(home, 'dev', 'ASIANEWNEWNEWNEW1234');
      expect(printed(home, 'dev')).toMatchObject({ AccessKeyId: 'ASIANEWNEWNEWNEW1234' });
    },
  );

  it('says so when its cache cannot be read', () => {
    const home = processHome();
    const [file = ''] = readdirSync(cacheFolder(home));
    const path = join(cacheFolder(home), file);
    chmodSync(path, 0o600);
    const text = read(path);
    writeFileSync(path, text.replace('"profile":"dev"', '"profile":"other"'));
    refused(home, ['credential-process', '--profile', 'dev'], 'There are no credentials');
  });

  it('is used by exec and env like any other', () => {
    const home = processHome();
    const { stdout } = home.run([
      'exec',
      '--profile',
      'dev',
      '--',
      'sh',
      '-c',
      'echo $AWS_ACCESS_KEY_ID $AWS_REGION',
    ]);
    expect(stdout).toBe('ASIAEXAMPLEEXAMPLE12 eu-west-1\n');
    expect(home.run(['env', '--profile', 'dev', '--shell', 'bash']).stdout).toContain(
      "'ASIAEXAMPLEEXAMPLE12'",
    );
  });

  it('is forgotten by forget, one or all', () => {
    for (const args of [['dev'], ['--all']]) {
      const home = processHome();
      expect(home.run(['forget', ...args])).toMatchObject({ status: 0, stdout: 'forgot dev\n' });
      expect(readdirSync(cacheFolder(home))).toEqual([]);
      refused(home, ['credential-process', '--profile', 'dev'], 'no credentials');
    }
  });

  it('has after forget no credentials to forget, which is no failure', () => {
    const home = processHome();
    home.run(['forget', 'dev']);
    const before = home.files();
    expect(home.run(['forget', 'dev'])).toEqual({
      status: 0,
      stdout: '',
      stderr: 'dev had no credentials\n',
    });
    expect(home.files()).toEqual(before);
  });

  it('is not said to be nowhere when the config file that has it cannot be read', () => {
    const home = processHome();
    rmSync(home.configFile);
    mkdirSync(home.configFile);
    const reason = `${home.configFile} cannot be read: it is a folder.`;
    refused(home, ['credential-process', '--profile', 'dev'], reason);
    refused(home, ['list'], reason);
    refused(home, ['list', '--json'], reason);
    refused(home, ['forget', '--all'], reason);
    writeFileSync(home.credentialsFile, temporarySection('other'));
    const { status, stdout, stderr } = home.run(['list', '--names']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: 'other\n' });
    expect(stderr).toContain(reason);
    expect(home.run(['list'], { AWS_CONFIG_FILE: '/dev/null' })).toMatchObject({ status: 0, stderr: '' });
  });

  it('leaves nothing secret behind after uninstall', () => {
    const home = processHome();
    home.run(['install', '--browser', 'chromium']);
    expect(home.run(['uninstall'])).toMatchObject({ status: 0 });
    expect(existsSync(cacheFolder(home))).toBe(false);
  });

  it('is after uninstall what it was before configure-process', () => {
    const home = processHome();
    const { status, stdout } = home.run(['uninstall']);
    expect(status).toBe(0);
    expect(stdout).toContain(`dev is in ${home.credentialsFile} again\n`);
    expect(read(home.credentialsFile)).toBe(temporarySection('dev', { expiration: future }));
    expect(read(home.configFile)).toBe('[profile dev]\nregion = eu-west-1\n');
    expect(home.run(['env', '--profile', 'dev']).stdout).toContain('ASIAEXAMPLEEXAMPLE12');
  });

  it('stays one while another registration keeps the host', () => {
    const home = processHome();
    writeFileSync(join(dirname(cli.file), 'native-host.cjs'), '// the host\n');
    expect(home.run(['install', '--browser', 'chromium'])).toMatchObject({ status: 0 });
    expect(home.run(['install', '--user-data-dir', 'data'])).toMatchObject({ status: 0 });
    expect(home.run(['uninstall', '--user-data-dir', 'data'])).toMatchObject({ status: 0 });
    expect(printed(home, 'dev')).toMatchObject({ AccessKeyId: 'ASIAEXAMPLEEXAMPLE12' });
    expect(read(home.configFile)).toContain(commandLine(home.path, 'dev'));
  });

  it('is named by uninstall when it cannot become what it was', () => {
    const home = processHome();
    const config = read(home.configFile);
    chmodSync(home.configFile, 0o400);
    const done = home.run(['uninstall']);
    expect(done).toMatchObject({ status: 1, stdout: expect.stringContaining('removed ') });
    expect(done.stderr).toContain(`${home.configFile} cannot be written`);
    expect(done.stderr).toContain('the credentials of dev (credential_process) are removed');
    expect(read(home.configFile)).toBe(config);
    expect(existsSync(cacheFolder(home))).toBe(false);
  });

  it('is named by uninstall when it is one of another config file', () => {
    const home = processHome();
    const { status, stderr } = home.run(['uninstall'], { AWS_CONFIG_FILE: join(home.path, 'other') });
    expect(status).toBe(0);
    expect(stderr).toContain('the credentials of dev (credential_process) are removed');
  });
});

describe('roleferry uninstall', () => {
  it('says that it forgets the sign-in links that the host remembers', () => {
    const home = cli.newHome();
    const folder = join(home.path, '.local/share/roleferry');
    home.makeFolder(folder);
    const signInLinks = [{ profile: 'dev', url: 'https://idp.example/' }];
    const record = { extensionIds: [], manifests: [], folders: [], signInLinks };
    writeFileSync(join(folder, 'host.json'), JSON.stringify(record));
    expect(home.run(['uninstall']).stderr).toContain('the sign-in links of dev are forgotten\n');
    expect(home.run(['uninstall']).stderr).toBe('nothing to remove\n');
  });
});

describe('roleferry env', () => {
  const home = () =>
    cli.newHome({ credentials: temporarySection('dev'), config: '[profile dev]\nregion = eu-west-1\n' });

  it.each([
    ['/bin/bash', "export AWS_ACCOUNT_ID='111122223333'\n"],
    ['/usr/bin/zsh', "export AWS_ACCOUNT_ID='111122223333'\n"],
    ['/usr/bin/fish', "set -gx AWS_ACCOUNT_ID '111122223333'\n"],
    ['/opt/pwsh', "$Env:AWS_ACCOUNT_ID = '111122223333'\n"],
    ['', "export AWS_ACCOUNT_ID='111122223333'\n"],
  ])('speaks the language of SHELL=%s', (shell, line) => {
    const { status, stdout, stderr } = home().run(['env', '--profile', 'dev'], { SHELL: shell });
    expect([status, stderr]).toEqual([
      0,
      "this shell has no region: to use the profile's, set AWS_REGION to eu-west-1\n",
    ]);
    expect(stdout).toContain(line);
    expect(stdout).not.toContain('REGION');
  });

  it.each(['AWS_REGION', 'AWS_DEFAULT_REGION'])('says nothing of regions where %s names one', (name) => {
    expect(home().run(['env', '--profile', 'dev'], { [name]: 'us-west-2' }).stderr).toBe('');
  });

  it('speaks another when told to, and says nothing of a region that nobody chose', () => {
    const bare = cli.newHome({ credentials: temporarySection('dev') });
    const spoken = (shell: string) => bare.run(['env', '--profile', 'dev', '--shell', shell]).stdout;
    expect(spoken('dotenv')).toBe(
      'AWS_ACCESS_KEY_ID=ASIAEXAMPLEEXAMPLE12\n' +
        'AWS_SECRET_ACCESS_KEY=abcdefghijklmnopqrstuvwxyz0123456789+/ab\n' +
        'AWS_SESSION_TOKEN=FwoGZXIvYXdzEXAMPLE+/token==\n' +
        `AWS_CREDENTIAL_EXPIRATION=${future}\n` +
        'AWS_ACCOUNT_ID=111122223333\nROLEFERRY_PROFILE=dev\n',
    );
    expect(spoken('cmd')).toContain('set "AWS_ACCESS_KEY_ID=ASIAEXAMPLEEXAMPLE12"\n');
    expect(JSON.parse(spoken('json'))).toMatchObject({ Version: 1, Expiration: future });
  });

  it('says when the account of other credentials is still set, where it knows no account to set', () => {
    const credentials = temporarySection('dev').replace(/x_principal_arn.*\n/, '');
    const given = (env: Record<string, string>) =>
      cli.newHome({ credentials }).run(['env', '--profile', 'dev'], env).stderr;
    expect(given({ AWS_ACCOUNT_ID: '999988887777' })).toContain('AWS_ACCOUNT_ID is set');
    expect(given({})).toBe('');
  });

  it.each([
    ['a session token', 'aws_session_token = FwoGZXIvYXdzEXAMPLE+/token==', 'aws_session_token = "token"'],
    [
      'an access key',
      'aws_access_key_id = ASIAEXAMPLEEXAMPLE12',
      "aws_access_key_id = 'ASIAEXAMPLEEXAMPLE12'",
    ],
    ['a secret key', /aws_secret.*/, 'aws_secret_access_key = "secret"'],
  ])('says what is wrong with %s in quotes', (what, line, quoted) => {
    const credentials = temporarySection('dev').replace(line, quoted);
    const { status, stdout, stderr } = cli.newHome({ credentials }).run(['env', '--profile', 'dev']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      `roleferry: The profile dev holds ${what} in quotes, which AWS tools take for a part of it.\n` +
        'hint: Remove what does not belong to the value, or log in again and save to this profile.\n',
    );
  });

  it.each([
    [{ AWS_PROFILE: 'dev' }, 'AWS_PROFILE is set'],
    [{ AWS_PROFILE: '', AWS_DEFAULT_PROFILE: 'dev' }, 'AWS_DEFAULT_PROFILE is set'],
    [{ AWS_SECURITY_TOKEN: 'of-another-session' }, 'AWS_SECURITY_TOKEN is set'],
    [{ AWS_PROFILE: 'dev', AWS_SECURITY_TOKEN: 'x' }, 'AWS_PROFILE and AWS_SECURITY_TOKEN are set'],
  ])('says on stderr when another variable would win: %j', (env, words) => {
    const { status, stderr } = home().run(['env', '--profile', 'dev'], { AWS_REGION: 'x', ...env });
    const names = words.replace(/ and | are set| is set/g, ' ').trim();
    expect([status, stderr]).toEqual([0, `${words}, which some AWS tools use instead: unset ${names}\n`]);
  });

  it.each([
    [['--profile', 'nobody'], 'There is no profile nobody', 1],
    [[], 'No profile given', 2],
    [['--profile', 'dev', '--shell', 'tcsh'], "'tcsh' is invalid", 2],
  ])('refuses %j', (args, words, status) => {
    refused(home(), ['env', ...args], words, status);
  });
});

describe('roleferry credential-process for a coding agent', () => {
  const agent = { ROLEFERRY_AGENTS: 'read-only', CLAUDECODE: '1' };
  const arn = 'arn:aws:sts::111122223333:assumed-role/Developer/jo@example.com';
  const lesser = `${temporarySection('look', { accessKeyId: 'ASIALOOKLOOKLOOK1234' })}x_session_policy = read-only\n`;
  const ask = (credentials: string, env: Record<string, string>, more: string[] = []) =>
    cli.newHome({ credentials }).run(['credential-process', '--profile', 'dev', ...more], env);

  it('prints the profile of the same role that may only read', () => {
    expect(lesser).toContain(arn);
    const credentials = temporarySection('dev') + lesser;
    expect(JSON.parse(ask(credentials, agent).stdout)).toMatchObject({ AccessKeyId: 'ASIALOOKLOOKLOOK1234' });
    const { CLAUDECODE: _, ...person } = agent;
    expect(JSON.parse(ask(credentials, person).stdout)).toMatchObject({
      AccessKeyId: 'ASIAEXAMPLEEXAMPLE12',
    });
  });

  it('prints nothing where there is none', () => {
    const { status, stdout, stderr } = ask(temporarySection('dev'), agent);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('There is no profile that may only read');
  });

  it('begins no login', () => {
    const old = temporarySection('look', { expiration: '2020-01-01T00:00:00Z' });
    const credentials = `${temporarySection('dev')}${old}x_session_policy = read-only\n`;
    const { status, stdout, stderr } = ask(credentials, agent, ['--login']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('look');
    expect(stderr).not.toContain('https://');
  });
});
