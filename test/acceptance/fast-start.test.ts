import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporarySection } from '../fixtures/built-cli.ts';

const roleferry = fileURLToPath(new URL('../../dist/node/roleferry.mjs', import.meta.url));

/** Has Node write the address of each module that it loads to stderr. */
const spy = `data:text/javascript,${encodeURIComponent(`
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(\`
    import { writeSync } from 'node:fs';
    export async function load(url, context, next) {
      writeSync(2, url + '\\\\n');
      return next(url, context);
    }
  \`));
`)}`;

/** Makes Node list at its end which of its own modules it has loaded. */
const census = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process._rawDebug(process.moduleLoadList.join('\\n')))",
)}`;

describe('the built CLI', () => {
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'roleferry-start-'));
    mkdirSync(join(home, '.aws'));
    writeFileSync(join(home, '.aws/credentials'), temporarySection('dev'));
  });
  afterAll(() => rmSync(home, { recursive: true }));

  /** The files that are loaded for a command line. */
  const loaded = (...args: string[]) => loadedBy(roleferry, ...args);

  function loadedBy(program: string, ...args: string[]): string[] {
    const said = execFileSync(
      '/bin/sh',
      ['-c', '"$0" "$@" 2>&1 >/dev/null', process.execPath, '--import', spy, program, ...args],
      { env: { HOME: home }, encoding: 'utf8' },
    );
    return said.split('\n').flatMap((line) => (line.startsWith('file:') ? fileURLToPath(line) : []));
  }
  const kilobytes = (files: string[]) => files.reduce((sum, file) => sum + statSync(file).size, 0) / 1024;
  const hasSdk = (file: string) => /smithy/.test(readFileSync(file, 'utf8'));
  const hasCommander = (file: string) => /CommanderError/.test(readFileSync(file, 'utf8'));

  it('has the AWS SDK in files that this test can tell', () => {
    const chunks = join(dirname(roleferry), 'chunks');
    expect(readdirSync(chunks).filter((name) => hasSdk(join(chunks, name)))).not.toEqual([]);
  });

  it.each([
    ['--help'],
    ['--version'],
    ['list'],
    ['complete', '--', ''],
    ['credential-process', '--profile', 'dev'],
  ])('loads neither the AWS SDK nor other commands for %s', (...args) => {
    const files = loaded(...args);
    expect(files).toContain(roleferry);
    expect(files.filter(hasSdk)).toEqual([]);
    const others = /\/(saml|user|doctor|install|policy|login|exec)-[\w-]{8}\.mjs$/;
    expect(files.filter((file) => others.test(file))).toEqual([]);
    expect(kilobytes(files)).toBeLessThan(200);
  });

  it('loads one file, without commander and the SDK, when an AWS tool asks for credentials', () => {
    const program = join(dirname(roleferry), 'credential-process.mjs');
    const files = loadedBy(program, 'credential-process', '--profile', 'dev');
    expect(files).toEqual([program]);
    expect(files.filter((file) => hasCommander(file) || hasSdk(file))).toEqual([]);
    expect(loaded('credential-process', '--profile', 'dev').filter(hasCommander)).not.toEqual([]);
  });

  it.each([
    ['--help'],
    ['--version'],
    ['list'],
    ['complete', '--', ''],
    ['credential-process', '--profile', 'dev'],
  ])("loads nothing of Node's web and ciphers for %s", (...args) => {
    const { stderr } = spawnSync(process.execPath, ['--import', census, roleferry, ...args], {
      env: { HOME: home },
      encoding: 'utf8',
    });
    expect(stderr).toContain('NativeModule fs\n');
    expect(stderr.match(/^NativeModule (http|https|tls|crypto)$/gm)).toBeNull();
  });
});
