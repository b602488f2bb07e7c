import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltCli, buildCli, type CliHome, temporarySection } from '../fixtures/built-cli.ts';

let cli: BuiltCli;
let home: CliHome;

beforeAll(async () => {
  cli = await buildCli();
  home = cli.newHome({ credentials: `${temporarySection('dev')}${temporarySection('100%')}` });
}, 60_000);
afterAll(() => cli.close());

const words =
  'process.stdout.write(JSON.stringify([process.env.ROLEFERRY_PROFILE, ...process.argv.slice(1)]))';
const command = [process.execPath, '-e', words, '--'];

describe('the profile by position', () => {
  it.each([
    [
      ['exec', 'dev', '--', ...command, 'a', '--', '-b'],
      ['dev', 'a', '--', '-b'],
    ],
    [
      ['exec', '--timeout', '5m', 'dev', '--', ...command, '--profile', 'x'],
      ['dev', '--profile', 'x'],
    ],
    [['exec', 'dev', '-p', 'dev', '--', ...command], ['dev']],
    [
      ['exec', '--profile', 'dev', '--', ...command, 'dev'],
      ['dev', 'dev'],
    ],
  ])('stands before -- in %j', (args, expected) => {
    const { status, stdout, stderr } = home.run(args);
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual(expected);
  });

  it('of exec is that of AWS_PROFILE when nothing stands before --, or there is none', () => {
    for (const args of [
      ['--', ...command, 'dev'],
      ['echo', 'dev'],
    ]) {
      expect(home.run(['exec', ...args], { AWS_PROFILE: 'dev' })).toMatchObject({ status: 0, stderr: '' });
      const untold = home.run(['exec', ...args]);
      expect(untold).toMatchObject({ status: 2, stdout: '' });
      expect(untold.stderr).toBe(
        'roleferry: No profile given.\nhint: Name it, like dev in: roleferry exec dev -- ls. Or set AWS_PROFILE.\n',
      );
    }
  });

  it('alone is missing a command, which a shell could be instead', () => {
    expect(home.run(['exec', 'dev'])).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'roleferry: No command given to run with the profile dev.\nhint: Put it after --, as in: roleferry exec dev -- ls. For a shell: roleferry shell dev\n',
    });
  });

  it('is quoted in hints, so that they can be pasted', () => {
    expect(home.run(['login', '100%']).stderr).toContain("roleferry login '100%' --link https://");
    expect(home.run(['exec', '100%']).stderr).toContain("roleferry exec '100%' -- ls");
  });

  it('without -- is taken for a program, and said to be a profile if there is no such program', () => {
    const { status, stderr } = home.run(['exec', 'dev', 'ls'], { AWS_PROFILE: 'dev' });
    expect(status).toBe(127);
    expect(stderr).toContain('There is no program dev.');
    expect(stderr).toContain('dev is a profile, which comes before --: roleferry exec dev -- ls\n');
  });

  it.each(['login', 'env', 'shell', 'console', 'serve'])(
    'is named in an example of %s where it is missing',
    (name) => {
      expect(home.run([name]).stderr).toContain(`like dev in: roleferry ${name} dev. Or set AWS_PROFILE.`);
    },
  );

  it('goes before AWS_PROFILE', () => {
    const { stdout } = home.run(['env', 'dev', '--shell', 'bash'], { AWS_PROFILE: 'nobody' });
    expect(stdout).toContain("export ROLEFERRY_PROFILE='dev'\n");
  });

  it.each([
    [['exec', 'prod', '-p', 'dev', '--', 'ls'], 'two profiles are named: prod, and dev with --profile'],
    [['exec', 'dev', 'ls', '--', '-l'], 'only the profile comes before --, not ls'],
    [['exec', 'dev', '--'], "missing required argument 'command'"],
    [['exec'], "missing required argument 'command'"],
    [['env', 'dev', '--profile', 'prod'], 'two profiles are named: dev, and prod with --profile'],
    [['env', 'dev', 'prod'], "too many arguments for 'env'"],
    [['login', 'dev', '--profile', 'prod'], 'two profiles are named: dev, and prod with --profile'],
    [['login', 'dev', '--profile='], 'two profiles are named: dev, and'],
    [['credential-process', 'dev', '-p', 'prod'], 'two profiles are named: dev, and prod with --profile'],
    [['configure-process', 'dev', '-p', 'prod'], 'two profiles are named: dev, and prod with --profile'],
    [['forget', 'prod', 'dev', '-p', 'prod'], 'two profiles are named: dev, and prod with --profile'],
    [['env', '-p', 'dev', '-p', 'prod'], "argument 'prod' is invalid. It names another profile than dev"],
    [['credential-process'], "missing required argument 'profile', or --profile"],
    [['configure-process', '--undo'], "missing required argument 'profile', or --profile"],
    [['shell', 'dev', '--profile', 'prod'], 'two profiles are named: dev, and prod with --profile'],
    [['shell', 'dev', '--', 'ls'], "too many arguments for 'shell'"],
  ])('makes %j a mistake that runs nothing', (args, message) => {
    const { status, stdout, stderr } = home.run(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(new RegExp(`^roleferry: .+\nhint: see roleferry ${args[0]} --help\n$`));
  });

  it.each([['dev', '-p', 'dev'], ['-p', 'dev', '--profile', 'dev'], ['--profile=dev']])(
    'may be said twice, and by either way to every command: %s %s %s',
    (...named) => {
      const printed = home.run(['credential-process', ...named]);
      expect(printed).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('ASIAEXAMPLE'),
        stderr: '',
      });
      const one = cli.newHome({ credentials: temporarySection('dev') });
      const before = one.files();
      expect(one.run(['configure-process', ...named])).toMatchObject({ status: 0, stderr: '' });
      expect(one.run(['configure-process', '--undo', ...named])).toMatchObject({ status: 0, stderr: '' });
      expect(one.files()['.aws/credentials']).toBe(before['.aws/credentials']);
      expect(one.run(['forget', ...named])).toEqual({ status: 0, stdout: 'forgot dev\n', stderr: '' });
    },
  );

  it.each(['forget', 'configure-process', 'credential-process'])(
    'is not taken from AWS_PROFILE by %s',
    (command) => {
      const before = home.files();
      expect(home.run([command], { AWS_PROFILE: 'dev' })).toMatchObject({ status: 2, stdout: '' });
      expect(home.files()).toEqual(before);
    },
  );

  it('of forget is named or all are, not both', () => {
    expect(home.run(['forget', '--all', '-p', 'dev']).stderr).toContain('Name the profiles or say --all');
    expect(home.run(['forget', '-p', '']).stderr).toContain('This profile name cannot be used');
  });

  it('is by position in hints, unless it would pass for an option', () => {
    const one = cli.newHome({ credentials: temporarySection('-x', { expiration: '2020-01-01T00:00:00Z' }) });
    expect(one.run(['env', '-p', '-x']).stderr).toMatch(/: roleferry login --profile -x\n$/);
    expect(one.run(['env', '-p', 'none', '--shell', 'bash']).stderr).toMatch(/: roleferry list\n$/);
    const old = cli.newHome({ credentials: temporarySection('old', { expiration: '2020-01-01T00:00:00Z' }) });
    expect(old.run(['env', 'old']).stderr).toMatch(/: roleferry login old\n$/);
  });

  it('that is empty is no profile, whatever AWS_PROFILE says', () => {
    for (const args of [
      ['exec', '', '--', 'ls'],
      ['env', ''],
      ['shell', ''],
    ]) {
      expect(home.run(args, { AWS_PROFILE: 'dev' })).toMatchObject({ status: 2, stdout: '' });
    }
  });

  it('is what login logs in to', () => {
    const { status, stderr } = home.run(['login', 'dev']);
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining('sign-in link is known for the profile dev'),
    ]);
  });
});

describe('ROLEFERRY_PROFILE', () => {
  it.each([
    ['bash', "export ROLEFERRY_PROFILE='dev'\n"],
    ['fish', "set -gx ROLEFERRY_PROFILE 'dev'\n"],
    ['powershell', "$Env:ROLEFERRY_PROFILE = 'dev'\n"],
    ['cmd', 'set "ROLEFERRY_PROFILE=dev"\n'],
    ['dotenv', 'ROLEFERRY_PROFILE=dev\n'],
  ])('is printed for %s', (shell, line) => {
    expect(home.run(['env', 'dev', '--shell', shell]).stdout).toContain(line);
  });

  it('is left out where the format cannot hold the name, and from JSON', () => {
    for (const args of [
      ['100%', '--shell', 'cmd'],
      ['dev', '--shell', 'json'],
    ]) {
      const { status, stdout, stderr } = home.run(['env', ...args]);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).not.toContain('ROLEFERRY_PROFILE');
    }
  });
});

describe('roleferry shell', () => {
  const shell = (args: string[], line: string, env: Record<string, string> = {}) =>
    home.run(
      [
        'exec',
        'dev',
        '--',
        '/bin/sh',
        '-c',
        `echo '${line}' | "$@"`,
        'sh',
        process.execPath,
        cli.file,
        'shell',
        ...args,
      ],
      env,
    );

  it('starts the shell of SHELL with the credentials, and ends with its status', () => {
    const outer = shell(['100%'], 'echo $0 $ROLEFERRY_PROFILE $AWS_ACCESS_KEY_ID; exit 7', {
      SHELL: '/bin/sh',
    });
    expect(outer).toMatchObject({ status: 7, stdout: '/bin/sh 100% ASIAEXAMPLEEXAMPLE12\n' });
  });

  it('says which profile it has, for how long, and where exit leads', () => {
    const alone = home.run(['shell', 'dev'], { SHELL: '/bin/true' });
    expect(alone).toMatchObject({ status: 0, stdout: '' });
    expect(alone.stderr).toMatch(/^shell with dev, \d+ h( \d+ min)? left; exit ends it\n$/);
    expect(shell(['100%'], 'true').stderr).toMatch(
      /^shell with 100%, .* left; exit leads back to the shell with dev\n$/,
    );
  });

  it('says when there is no such shell or profile, and starts none', () => {
    const gone = home.run(['shell', 'dev'], { SHELL: '/nowhere/sh' });
    expect(gone).toMatchObject({ status: 127, stderr: expect.stringContaining('no program /nowhere/sh') });
    const nobody = home.run(['shell', 'nobody'], { SHELL: '/bin/true' });
    expect(nobody).toMatchObject({ status: 1, stdout: '' });
    expect(nobody.stderr).toMatch(/^roleferry: There is no profile nobody .*\nhint: .*\n$/);
  });
});
