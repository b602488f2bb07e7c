import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callOf, type ProgramName } from './call-of.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'call-of-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, content = ''): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content, { mode: 0o755 });
  return file;
}

function link(path: string, target: string): string {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(target, join(root, path));
  return join(root, path);
}

interface Run {
  folder?: string;
  env?: Record<string, string>;
  platform?: NodeJS.Platform;
  name?: ProgramName;
}

const call = (
  file: string,
  { folder = root, env = {}, platform = 'linux', name = 'roleferry' }: Run = {},
) => {
  const PATH = [join(root, 'bin'), join(root, 'node-bin')].join(':');
  return callOf(name, { file, folder, env: { PATH, ...env }, platform, node: '/opt/node 22/bin/node' });
};

describe('a copy of Roleferry is called', () => {
  beforeEach(() => put('node-bin/node'));

  it('by its name where PATH leads to it, also when Node was told the file', () => {
    const file = put('lib/roleferry.cjs');
    const linked = link('bin/roleferry', file);
    expect(call(linked)).toBe('roleferry');
    expect(call(file)).toBe('roleferry');
  });

  it.each([
    ['nothing', undefined],
    ['another copy', 'other/roleferry.cjs'],
  ])('by Node and its file where PATH leads to %s', (_, other) => {
    const file = put('lib/roleferry.cjs');
    if (other) link('bin/roleferry', put(other));
    expect(call(file)).toBe('node lib/roleferry.cjs');
  });

  it('by the shorter of the paths from here and from the root', () => {
    const file = put('lib/roleferry.cjs');
    const deep = join(root, 'a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t');
    expect(call(file, { folder: dirname(file) })).toBe('node roleferry.cjs');
    expect(call(file, { folder: deep })).toBe(`node ${file}`);
  });

  it('by its whole path where the current folder is gone', () => {
    const file = put('lib/roleferry.cjs');
    expect(
      callOf('roleferry', { file, folder: undefined, env: {}, platform: 'linux', node: '/usr/bin/node' }),
    ).toBe(`/usr/bin/node ${file}`);
  });

  it.each<[NodeJS.Platform, string]>([
    ['linux', `node 'my $(tools)/it'\\''s/roleferry.cjs'`],
    ['win32', `node "my $(tools)/it's/roleferry.cjs"`],
  ])('in the quotes of the shells of %s', (platform, expected) => {
    const file = put(`my $(tools)/it's/roleferry.cjs`);
    // Windows finds nothing in a PATH of this system.
    expect(call(file, { platform })?.replace(/^"[^"]+"/, 'node')).toBe(expected);
  });

  it('with no path that Node takes for an option', () => {
    const file = put('-lib/roleferry.cjs');
    expect(call(file)).toBe(`node ${file}`);
  });

  it('with the Node that runs it where PATH has none', () => {
    rmSync(join(root, 'node-bin'), { recursive: true });
    expect(call(put('lib/roleferry.cjs'))).toBe(`'/opt/node 22/bin/node' lib/roleferry.cjs`);
  });

  it('by the name of the other program beside it', () => {
    const file = put('lib/roleferry.cjs');
    const old = put('lib/aws_role_credentials.cjs');
    expect(call(file, { name: 'aws_role_credentials' })).toBe('node lib/aws_role_credentials.cjs');
    expect(call(old)).toBe('node lib/roleferry.cjs');
    link('bin/aws_role_credentials', old);
    expect(call(old, { name: 'aws_role_credentials' })).toBe('aws_role_credentials');
    expect(call(old)).toBe('node lib/roleferry.cjs');
  });

  it('not at all where only another program was copied', () => {
    expect(call(put('share/credential-process.cjs'))).toBeUndefined();
  });
});

describe('a copy that npx started is called', () => {
  const inCache = (packages?: unknown) => {
    const file = put('npm/_npx/0a1b/node_modules/roleferry/dist/node/roleferry.cjs');
    put('npm/_npx/0a1b/node_modules/roleferry/dist/node/aws_role_credentials.cjs');
    put('npm/_npx/0a1b/package.json', JSON.stringify(packages === undefined ? {} : { _npx: { packages } }));
    return link('npm/_npx/0a1b/node_modules/.bin/roleferry', file);
  };
  // npm's own folders come first.
  const env = () => ({
    npm_command: 'exec',
    PATH: `${join(root, 'npm/_npx/0a1b/node_modules/.bin')}:${join(root, 'node-bin')}`,
  });

  beforeEach(() => put('node-bin/node'));

  it.each([
    ['roleferry', 'npx roleferry', 'npx --package=roleferry aws_role_credentials'],
    ['roleferry@1.2.3', 'npx roleferry@1.2.3', 'npx --package=roleferry@1.2.3 aws_role_credentials'],
    [
      'file:/tmp/my downloads/roleferry.tgz',
      "npx 'file:/tmp/my downloads/roleferry.tgz'",
      "npx --package='file:/tmp/my downloads/roleferry.tgz' aws_role_credentials",
    ],
  ])('as it was, with %s', (spec, expected, old) => {
    const file = inCache([spec]);
    expect(call(file, { env: env() })).toBe(expected);
    expect(call(file, { env: env(), name: 'aws_role_credentials' })).toBe(old);
  });

  it.each([[undefined], ['roleferry'], [['roleferry', 'other']], [[]]])(
    'by Node where npx does not say what was asked for: %j',
    (packages) => {
      const file = inCache(packages);
      expect(call(file, { env: env() })).toBe(
        'node npm/_npx/0a1b/node_modules/roleferry/dist/node/roleferry.cjs',
      );
    },
  );

  it('by the name of the package where it is one of this project', () => {
    const file = put('node_modules/roleferry/dist/node/roleferry.cjs');
    const linked = link('node_modules/.bin/roleferry', file);
    const PATH = dirname(linked);
    expect(call(linked, { env: { npm_command: 'exec', PATH } })).toBe('npx roleferry');
    expect(call(linked, { env: { PATH } })).toBe('roleferry');
  });
});

describe('the single executable is called', () => {
  const callExecutable = (around: { name?: ProgramName; folder?: string; PATH?: string } = {}) => {
    const file = put('downloads/roleferry');
    const { name = 'roleferry', folder = root, PATH = '/usr/bin' } = around;
    return callOf(name, { file, folder, env: { PATH }, platform: 'linux', node: file });
  };

  it('by its name where PATH leads to it, also by a link', () => {
    const PATH = dirname(link('bin/roleferry', join(root, 'downloads/roleferry')));
    expect(callExecutable({ PATH })).toBe('roleferry');
    expect(callExecutable({ PATH, name: 'aws_role_credentials' })).toBe('roleferry aws_role_credentials');
  });

  it('by the script beside it where it is the copy that install made', () => {
    const file = put('share/roleferry/roleferry.bin');
    const script = put('share/roleferry/roleferry');
    const around = { file, folder: root, platform: 'linux' as const, node: file };
    expect(callOf('roleferry', { ...around, env: { PATH: '/usr/bin' } })).toBe(script);
    expect(callOf('roleferry', { ...around, env: { PATH: dirname(script) } })).toBe('roleferry');
  });

  it('by its file elsewhere, which a shell finds from any folder', () => {
    expect(callExecutable()).toBe(join(root, 'downloads/roleferry'));
    expect(callExecutable({ folder: join(root, 'downloads') })).toBe('./roleferry');
  });
});
