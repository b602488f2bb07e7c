import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { readZip } from './read-zip.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const { version } = JSON.parse(read('package.json'));
const builtFiles = (product: string) =>
  readdirSync(join(root, 'dist', product), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(join(root, 'dist', product).length + 1));

// These look at what `npm run build` made; `npm test` builds first.
describe.skipIf(needs('zip').missing)('the packages of a release', () => {
  let parent: string;
  const packages = (name = 'one') => join(parent, name);
  const file = (ending: string) => join(packages(), `roleferry-${version}${ending}`);

  const makePackages = (output: string, env: Record<string, string> = {}) =>
    run(process.execPath, [join(root, 'scripts/package.mjs'), '--built', '--output', output], {
      env: { ...process.env, ...env },
    });

  beforeAll(async () => {
    parent = mkdtempSync(join(tmpdir(), 'roleferry-release-'));
    await makePackages(packages());
  }, 120_000);

  afterAll(() => rmSync(parent, { recursive: true, force: true }));

  it('are the same byte for byte when they are made at another time, in another place of the world', {
    timeout: 120_000,
  }, async () => {
    const now = new Date();
    for (const product of ['chromium', 'firefox', 'node']) {
      for (const name of builtFiles(product)) utimesSync(join(root, 'dist', product, name), now, now);
    }
    await makePackages(packages('two'), { TZ: 'Pacific/Auckland', LC_ALL: 'C', NODE_ENV: 'production' });
    const names = readdirSync(packages());
    expect(names.sort()).toEqual([
      'SHA256SUMS',
      `roleferry-${version}-bom.cdx.json`,
      `roleferry-${version}-chromium.zip`,
      `roleferry-${version}-firefox.zip`,
      `roleferry-${version}-source.zip`,
      `roleferry-${version}.tgz`,
    ]);
    const differing = names.filter(
      (name) => !readFileSync(join(packages(), name)).equals(readFileSync(join(packages('two'), name))),
    );
    expect(differing).toEqual([]);
  });

  it('are those of the checksums', () => {
    const lines = readFileSync(join(packages(), 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
    const sums = Object.fromEntries(lines.map((line) => line.split('  ').reverse()));
    for (const name of readdirSync(packages()).filter((one) => one !== 'SHA256SUMS')) {
      const sum = createHash('sha256')
        .update(readFileSync(join(packages(), name)))
        .digest('hex');
      expect(sums[name]).toBe(sum);
    }
  });

  it('hold for Firefox what was built, file by file', () => {
    const zip = readZip(readFileSync(file('-firefox.zip')));
    expect(Object.keys(zip).sort()).toEqual(builtFiles('firefox').sort());
    for (const [name, text] of Object.entries(zip)) expect(text).toBe(read(`dist/firefox/${name}`));
  });

  it('hold for Chromium what was built, without the key that stores refuse', () => {
    const zip = readZip(readFileSync(file('-chromium.zip')));
    expect(Object.keys(zip).sort()).toEqual(builtFiles('chromium').sort());
    const { key, ...manifest } = JSON.parse(read('dist/chromium/manifest.json'));
    expect(key).toBeDefined();
    expect(JSON.parse(zip['manifest.json'] ?? '')).toEqual(manifest);
  });

  it('hold the sources that Mozilla builds from, and nothing that was built', () => {
    const names = Object.keys(readZip(readFileSync(file('-source.zip'))));
    expect(names).toEqual(
      expect.arrayContaining([
        'README.md',
        'package.json',
        'package-lock.json',
        'vite.config.ts',
        'manifest.json',
      ]),
    );
    expect(names.filter((name) => /^(dist|node_modules|\.git|\.cache)\//.test(name))).toEqual([]);
    expect(JSON.parse(read('package.json')).scripts['build-for-amo']).toBe('node scripts/build.mjs');
  });

  it('hold for npm the programs, the unpacked extensions, and what a reader needs', async () => {
    const { stdout } = await run('tar', ['-tzf', file('.tgz')]);
    const names = stdout.trimEnd().split('\n');
    const built = ['chromium', 'firefox', 'node'].flatMap((product) =>
      builtFiles(product).map((name) => `package/dist/${product}/${name}`),
    );
    expect(names.sort()).toEqual(
      [...built, 'package/LICENSE', 'package/README.md', 'package/package.json'].sort(),
    );
    for (const program of Object.values(JSON.parse(read('package.json')).bin)) {
      expect(names).toContain(`package/${program}`);
    }
  });

  it('name what they are made of, with versions, licences and hashes', () => {
    const bom = JSON.parse(readFileSync(file('-bom.cdx.json'), 'utf8'));
    const bundled: string[] = JSON.parse(read('dist/bundled-packages.json'));
    expect(bundled).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^@aws-sdk\/client-sts@/),
        expect.stringMatching(/^preact@/),
      ]),
    );
    expect(bom.components.map((part: { 'bom-ref': string }) => part['bom-ref'])).toEqual(bundled);
    for (const part of bom.components) {
      expect(part.licenses.length).toBeGreaterThan(0);
      expect(part.hashes[0].alg).toBe('SHA-512');
    }
    expect(bom.metadata.component).toMatchObject({ name: 'roleferry', version });
  });
});

describe('what is built', () => {
  it.each(['chromium', 'firefox', 'node'])('has with it the licences of the packages in %s', (product) => {
    const bundled: string[] = JSON.parse(read('dist/bundled-packages.json'));
    const licences = read(`dist/${product}/third-party-licenses.txt`);
    const named = bundled.filter((name) => licences.includes(name));
    expect(named).toEqual(expect.arrayContaining([expect.stringMatching(/^valibot@/)]));
    expect(licences).toContain('Permission is hereby granted');
  });

  it('has the version of package.json everywhere', () => {
    expect(JSON.parse(read('manifest.json')).version).toBe(version);
    expect(JSON.parse(read('package-lock.json')).version).toBe(version);
    for (const target of ['chromium', 'firefox']) {
      expect(JSON.parse(read(`dist/${target}/manifest.json`)).version).toBe(version);
    }
    expect(/^## (\S+)/m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
  });

  it.each([16, 32, 48, 128])('has an icon of %d pixels', (size) => {
    const png = readFileSync(join(root, `icons/${size}.png`));
    expect(png.toString('latin1', 1, 4)).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  });

  it('passes the check of addons.mozilla.org but for the warnings that docs/releasing.md explains', {
    timeout: 120_000,
  }, async () => {
    const { stdout } = await run(
      process.execPath,
      [
        join(root, 'node_modules/web-ext/bin/web-ext.js'),
        ...['lint', '--source-dir', join(root, 'dist/firefox'), '--output', 'json', '--no-config-discovery'],
      ],
      { maxBuffer: 16 * 1024 * 1024 },
    );
    const { errors, warnings, notices } = JSON.parse(stdout);
    expect({ errors, notices }).toEqual({ errors: [], notices: [] });
    const codes = [...new Set<string>(warnings.map(({ code }: { code: string }) => code))];
    const explained = read('docs/releasing.md');
    expect(codes.filter((code) => !explained.includes(`\`${code}\``))).toEqual([]);
    expect(codes.length).toBeLessThanOrEqual(2);
  });
});
