import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundle } from '../fixtures/bundle-host.ts';

let folder: string;
let home: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
  await bundle(
    fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url)),
    join(folder, 'roleferry.cjs'),
  );
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const temporary = (name: string) =>
  `[${name}]\naws_access_key_id = ASIAEXAMPLEEXAMPLE12\naws_secret_access_key = s\naws_session_token = t\n` +
  'x_security_token_expires = 2030-01-01T00:00:00Z\n';
const mine = '# mine\n[mine]\naws_access_key_id = AKIAEXAMPLEEXAMPLE12\naws_secret_access_key = s\n';

beforeEach(() => {
  home = mkdtempSync(join(folder, 'home-'));
  mkdirSync(join(home, '.aws'));
  writeFileSync(join(home, '.aws', 'credentials'), `${mine}${temporary('dev')}${temporary('test')}`);
  const config =
    '[profile chained]\nrole_arn = x\nsource_profile = dev\n[profile bare]\nregion = eu-west-1\n';
  writeFileSync(join(home, '.aws', 'config'), config);
});

const file = () => readFileSync(join(home, '.aws', 'credentials'), 'utf8');

function forget(...args: string[]) {
  const program = [join(folder, 'roleferry.cjs'), 'forget', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, program, {
    encoding: 'utf8',
    env: { HOME: home },
  });
  return { status, stdout, stderr };
}

describe('roleferry forget', () => {
  it('removes the profiles that are named', () => {
    expect(forget('dev')).toEqual({ status: 0, stdout: 'forgot dev\n', stderr: '' });
    expect(file()).toBe(`${mine}${temporary('test')}`);
  });

  it.each([
    ['dev', 'dev-readonly'],
    ['dev-readonly', 'dev'],
  ] as const)('removes %s and not %s, of which one has fewer rights than the other', (gone, left) => {
    const rights = { dev: '', 'dev-readonly': 'x_session_policy = read-only\n' };
    const section = (name: 'dev' | 'dev-readonly') => `${temporary(name)}${rights[name]}`;
    writeFileSync(join(home, '.aws', 'credentials'), `${mine}${section('dev')}${section('dev-readonly')}`);
    expect(forget(gone)).toEqual({ status: 0, stdout: `forgot ${gone}\n`, stderr: '' });
    expect(file()).toBe(`${mine}${section(left)}`);
  });

  it('removes all that is temporary, and nothing else', () => {
    expect(forget('--all')).toEqual({ status: 0, stdout: 'forgot dev\nforgot test\n', stderr: '' });
    expect(file()).toBe(mine);
    expect(forget('--all')).toEqual({ status: 0, stdout: '', stderr: 'nothing to forget\n' });
  });

  it.each([
    ['long-lived keys', 'mine', 1, 'long-lived'],
    ['a profile that is not there', 'nobody', 1, 'There is no profile nobody'],
    ['a profile whose credentials come from elsewhere', 'chained', 1, 'it holds role_arn, source_profile'],
  ])('refuses %s, and the file stays', (_, name, status, words) => {
    const before = file();
    const refused = forget(name);
    expect([refused.status, refused.stdout]).toEqual([status, '']);
    expect(refused.stderr).toContain(words);
    expect(file()).toBe(before);
  });

  it('finds nothing to forget in a profile that has only settings', () => {
    expect(forget('bare')).toEqual({ status: 0, stdout: '', stderr: 'bare had no credentials\n' });
  });

  it.each([
    ['nobody reads what it says', 'dev test | true', 0, /^$/],
    [
      'what it says cannot be written',
      'dev test > /dev/full',
      1,
      /^roleferry: .*no space left.*\nhint: .*\n$/,
    ],
    ['it cannot even say what went wrong', 'nobody dev test 2> /dev/full', 1, /^$/],
  ])('forgets all of them though %s', (_, words, status, said) => {
    const line = ['-c', `"$0" "$1" forget ${words}`, process.execPath, join(folder, 'roleferry.cjs')];
    const ended = spawnSync('sh', line, { encoding: 'utf8', env: { HOME: home } });
    expect(ended.status).toBe(status);
    expect(ended.stderr).toMatch(said);
    expect(file()).toBe(mine);
  });

  it('says that names and --all go not together', () => {
    expect(forget('--all', 'dev').stderr).toContain('not both');
  });

  it.each([[[]], [['']], [['dev', '']], [['--all', 'dev']]])('wants to be told which: %j', (args) => {
    const before = file();
    expect(forget(...args)).toMatchObject({ status: 2, stdout: '' });
    expect(file()).toBe(before);
  });
});
