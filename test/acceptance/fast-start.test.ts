import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporarySection } from '../fixtures/built-cli.ts';

const built = (name: string) => fileURLToPath(new URL(`../../dist/node/${name}`, import.meta.url));
const roleferry = built('roleferry.cjs');
const forAwsTools = built('credential-process.cjs');

/** Makes Node list at its end which files, and which of its own modules, it has loaded. */
const census = `data:text/javascript,${encodeURIComponent(`
  import { createRequire } from 'node:module';
  const { cache } = createRequire('file:///');
  process.on('exit', () => {
    const files = Object.keys(cache).map((file) => 'File ' + file);
    process._rawDebug([...files, ...process.moduleLoadList].join('\\n'));
  });
`)}`;

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'roleferry-start-'));
  mkdirSync(join(home, '.aws'));
  writeFileSync(join(home, '.aws/credentials'), temporarySection('dev'));
});
afterAll(() => rmSync(home, { recursive: true }));

/** The files, and the modules of Node, that `program` loads. */
function loadedBy(program: string, ...args: string[]) {
  const { stderr } = spawnSync(process.execPath, ['--import', census, program, ...args], {
    env: { HOME: home },
    encoding: 'utf8',
  });
  const named = (kind: string) =>
    stderr.split('\n').flatMap((line) => (line.startsWith(kind) ? [line.slice(kind.length)] : []));
  return { files: named('File '), modules: named('NativeModule ') };
}
const kilobytes = (files: string[]) => files.reduce((sum, file) => sum + statSync(file).size, 0) / 1024;
const hasSdk = (file: string) => /smithy/.test(readFileSync(file, 'utf8'));
const hasFailureWords = (file: string) => readFileSync(file, 'utf8').includes('Nothing was written. Log in');
const hasCommander = (file: string) => /CommanderError/.test(readFileSync(file, 'utf8'));

describe('the built CLI', () => {
  const folder = join(dirname(roleferry), 'chunks');
  const chunks = readdirSync(folder).map((name) => join(folder, name));

  it.each([
    ['the AWS SDK', hasSdk],
    ['the words of failures', hasFailureWords],
  ])('has %s in files that this test can tell', (_, is) => {
    expect(chunks.filter(is)).not.toEqual([]);
  });

  // The first one would have Node start what loads ES modules.
  it('has no import() left', () => {
    const withImport = (file: string) => /\bimport\(/.test(readFileSync(file, 'utf8'));
    expect([roleferry, ...chunks].filter(withImport)).toEqual([]);
  });

  it.each([
    ['--help'],
    ['--version'],
    ['list'],
    ['complete', '--', ''],
    ['credential-process', '--profile', 'dev'],
  ])('loads neither the AWS SDK nor other commands nor web and ciphers for %s', (...args) => {
    const { files, modules } = loadedBy(roleferry, ...args);
    expect(files).toContain(roleferry);
    expect(files.filter(hasSdk)).toEqual([]);
    const others = /\/(saml|user|doctor|install|policy|login|exec)-[\w-]{8}\.cjs$/;
    expect(files.filter((file) => others.test(file))).toEqual([]);
    expect(kilobytes(files)).toBeLessThan(230);
    expect(modules).toContain('fs');
    expect(modules.filter((name) => /^(http|https|tls|crypto)$/.test(name))).toEqual([]);
  });

  it('loads few files for --help, and for saml no more than asks STS, and no words of failures', () => {
    const help = loadedBy(roleferry, '--help').files;
    expect(help.length).toBeLessThan(15);
    expect(kilobytes(help)).toBeLessThan(95);
    const saml = loadedBy(roleferry, 'saml', '--help').files;
    expect(saml.filter(hasSdk)).not.toEqual([]);
    expect(saml.filter(hasFailureWords)).toEqual([]);
    expect(saml.length).toBeLessThan(65);
    expect(kilobytes(saml)).toBeLessThan(430);
  });

  it('loads one file, without commander and the SDK, when an AWS tool asks for credentials', () => {
    const { files } = loadedBy(forAwsTools, 'credential-process', '--profile', 'dev');
    expect(files).toEqual([forAwsTools]);
    expect(files.filter((file) => hasCommander(file) || hasSdk(file))).toEqual([]);
    const { files: ofCli } = loadedBy(roleferry, 'credential-process', '--profile', 'dev');
    expect(ofCli.filter(hasCommander)).not.toEqual([]);
  });
});

// An ES module that imports one name of `node:util` or `node:buffer` has Node load all that these export.
it.each([
  ['the CLI', roleferry, ['list']],
  ['the program for AWS tools', forAwsTools, ['credential-process', '--profile', 'dev']],
  ['the native host', built('native-host.cjs'), []],
])('%s loads of the modules of Node no parts that it never uses', (_, program, args) => {
  const empty = join(home, 'empty.cjs');
  writeFileSync(empty, '');
  const floor = loadedBy(empty).modules;
  const { files, modules } = loadedBy(program, ...args);
  expect(files).toContain(program);
  expect(modules.filter((name) => !floor.includes(name))).toContain('os');
  expect(modules.filter((name) => /^internal\/(mime|file)$/.test(name) && !floor.includes(name))).toEqual([]);
});
