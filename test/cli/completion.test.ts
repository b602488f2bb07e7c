import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { cliForTest } from '../fixtures/cli.ts';
import { needs } from '../needs.ts';

const cli = cliForTest();

const profile = (name: string) => `[${name}]\naws_access_key_id = ASIA\naws_session_token = t\n`;
const withProfiles = () =>
  cli.put('.aws/credentials', profile('dev') + profile('prod:eu@x') + profile('prod'));

/** What is offered behind `words`, the last of them begun. */
function offered(...words: string[]): string[] {
  const { status, stdout, stderr } = cli.look('complete', '--', ...words);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\n').flatMap((line) => line.split('\t')[0] || []);
}

describe('completion', () => {
  it('offers every command, each with what it is for', () => {
    expect(offered('')).toEqual([...commands.map(({ name }) => name), 'help']);
    const { name, summary } = commands[0] as (typeof commands)[number];
    expect(cli.look('complete', '--', name.slice(0, -1)).stdout).toContain(`${name}\t${summary}\n`);
  });

  it('offers what begins with what is there', () => {
    expect(offered('inst')).toEqual(['install']);
    expect(offered('policy', 's')).toEqual(['saml-trust']);
    expect(offered('help', 'unin')).toEqual(['uninstall']);
    expect(offered('nonsense', '')).toEqual([]);
  });

  it('offers the options of the command', () => {
    expect(offered('list', '--')).toEqual(['--json', '--names', '--help']);
    expect(offered('policy', 'saml-trust', '--prov')).toEqual(['--provider-arn']);
    expect(offered('-')).toEqual(['--version', '--help']);
  });

  it('offers the values that an option or an argument takes', () => {
    expect(offered('install', '--browser', 'firef')).toEqual(['firefox']);
    expect(offered('install', '--browser=firef')).toEqual(['--browser=firefox']);
    expect(offered('policy', 'assume-only', '--mfa', '--format', '')).toEqual([
      'json',
      'cloudformation',
      'terraform',
    ]);
    expect(offered('completion', '')).toEqual(['bash', 'zsh', 'fish', 'powershell']);
    expect(offered('install', '--user-data-dir', '')).toEqual([':folder']);
    expect(offered('install', '--credentials-file', '')).toEqual([':file']);
  });

  it('offers the names of profiles, and is silent where they cannot be read', () => {
    withProfiles();
    expect(offered('forget', '')).toEqual(['dev', 'prod:eu@x', 'prod']);
    expect(offered('forget', 'dev', 'pr')).toEqual(['prod:eu@x', 'prod']);
    expect(offered('forget', '--', 'd')).toEqual(['dev']);
    for (const command of ['exec', 'env', 'login', 'serve', 'shell'])
      expect(offered(command, 'd')).toEqual(['dev']);
    cli.put('.aws/credentials', 'nonsense');
    expect(offered('forget', '')).toEqual([]);
  });

  it('offers regions of all partitions, and services for the console', () => {
    expect(offered('console', 'dev', '--region', 'eu-west-')).toEqual([
      'eu-west-1',
      'eu-west-2',
      'eu-west-3',
    ]);
    expect(offered('console', 'dev', '--region', 'cn-')).toEqual(['cn-north-1', 'cn-northwest-1']);
    expect(offered('console', 'dev', '--region=us-gov-w')).toEqual(['--region=us-gov-west-1']);
    expect(offered('saml', '--region', 'il')).toEqual(['il-central-1']);
    expect(offered('console', '--service', 'cloudf')).toEqual(['cloudformation', 'cloudfront']);
  });

  it('offers profiles for --profile of every command that has it', () => {
    withProfiles();
    for (const command of ['credential-process', 'configure-process', 'forget', 'exec', 'saml']) {
      expect(offered(command, '-p', 'd')).toEqual(['dev']);
      expect(offered(command, '--profile=d')).toEqual(['--profile=dev']);
    }
    expect(offered('credential-process', 'd')).toEqual(['dev']);
  });

  it('offers programs for the browser of console', () => {
    expect(offered('console', 'dev', '--browser', '')).toEqual([':program']);
  });

  it('offers programs for exec behind --, and files behind the program', () => {
    withProfiles();
    expect(offered('exec', 'dev', '--', '')).toEqual([':program']);
    expect(offered('exec', '-p', 'dev', '--', '')).toEqual([':program']);
    expect(offered('exec', 'dev', '--', 'ls', '')).toEqual([':file']);
    expect(offered('exec', '--', 'ls', '-')).toEqual([':file']);
    expect(offered('exec', '-p', 'dev', 'ls', '')).toEqual([':file']);
  });

  it('takes another shell for a mistake', () => {
    const { status, stdout, stderr } = cli.look('completion', 'tcsh');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^roleferry: .*bash, zsh, fish, powershell\.\nhint: /);
  });
});

/** The environment in which shells find the CLI by its name. */
function environment(): Record<string, string> {
  const program = join(cli.home, 'roleferry');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${cli.program}' "$@"\n`, { mode: 0o755 });
  return { HOME: cli.home, PATH: `${cli.home}:${process.env.PATH}`, TERM: 'xterm' };
}

describe('in fish', () => {
  const fish = needs('fish');

  it.skipIf(fish.missing)('offers what the CLI offers, with the purpose', () => {
    withProfiles();
    const env = environment();
    writeFileSync(join(cli.home, 'completion.fish'), cli.run('completion', 'fish').stdout);
    const ask = (line: string) =>
      spawnSync(fish.path, ['--no-config', '-c', `source ~/completion.fish; complete -C '${line}'`], {
        env,
        cwd: cli.home,
        encoding: 'utf8',
      });
    expect(ask('roleferry unin')).toMatchObject({ stdout: 'uninstall\tundo install\n', stderr: '' });
    expect(ask('roleferry forget p').stdout).toBe('prod\nprod:eu@x\n');
    expect(ask('roleferry exec dev -- rolefer').stdout).toMatch(/^roleferry\b/);
    expect(ask('roleferry install --browser chromi').stdout).toBe('chromium\n');
    expect(ask('roleferry install --credentials-file compl').stdout).toContain('completion.fish');
  });
});

// PowerShell is not in Debian, so only the form of its script can be looked at.
describe('for PowerShell', () => {
  it('is a script that registers a completer, with every bracket and quote closed', () => {
    const { status, stdout, stderr } = cli.look('completion', 'powershell');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Register-ArgumentCompleter -Native -CommandName roleferry -ScriptBlock \{$/m);
    expect(stdout).toMatch(/^\}\n$/m);
    const code = stdout.replace(/^#.*$/gm, '').replace(/'[^'\n]*'|"(?:`.|\$\([^)]*\)|[^"`\n])*"/g, '');
    expect(code).not.toMatch(/['"`]/);
    const open: string[] = [];
    for (const bracket of code.match(/[()[\]{}]/g) ?? []) {
      if ('([{'.includes(bracket)) open.push(bracket);
      else expect(open.pop()).toBe({ ')': '(', ']': '[', '}': '{' }[bracket]);
    }
    expect(open).toEqual([]);
  });
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals are told by them
const invisible = /\x1b\[[0-9;?]*[A-Za-z]|\x07/g;

describe.each([
  { name: 'bash' as const, args: ['--norc', '--noprofile', '-i'], before: '' },
  { name: 'zsh' as const, args: ['-f', '-i'], before: 'autoload -U compinit; compinit -D; ' },
])('in $name', ({ name, args, before }) => {
  const shell = needs(name);
  const script = needs('script');

  it.skipIf(shell.missing || script.missing)('a press of Tab completes what the CLI offers', async () => {
    withProfiles();
    const env = environment();
    mkdirSync(join(cli.home, 'one-folder'));
    // A shell completes for people only, so it gets a terminal.
    const terminal = spawn(script.path, ['-qfec', [shell.path, ...args].join(' '), '/dev/null'], {
      env,
      cwd: cli.home,
    });
    const ended = new Promise((resolve) => terminal.once('close', resolve));
    let shown = '';
    let look = () => {};
    terminal.stdout.on('data', (chunk: Buffer) => {
      // Without what moves the cursor, colours or rings the bell.
      shown += chunk.toString().replace(invisible, '');
      look();
    });
    const type = (keys: string, expected: string) =>
      new Promise<void>((resolve) => {
        shown = '';
        look = () => shown.includes(expected) && resolve();
        terminal.stdin.write(keys);
      });
    try {
      await type(`${before}eval "$(roleferry completion ${name})"; echo rea""dy\r`, 'ready');
      await type('roleferry unin\t', 'roleferry uninstall');
      await type('\x15roleferry list --na\t', 'roleferry list --names');
      await type('\x15roleferry forget de\t', 'roleferry forget dev');
      await type('\x15roleferry forget prod:\t', 'roleferry forget prod:eu@x');
      await type('\x15roleferry install --user-data-dir one-f\t', '--user-data-dir one-folder/');
      await type('\x15roleferry exec dev -- rolefer\t', 'roleferry exec dev -- roleferry');
      await type('\x15roleferry console --service stepf\t', 'roleferry console --service stepfunctions');
    } finally {
      // Its end hangs up the terminal, and with that ends the shell.
      terminal.kill('SIGKILL');
      await ended;
    }
  });
});
