import { execFile } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
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
/** Every file in a folder, by its path there. */
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
const builtFiles = (product: string) => filesIn(join(root, 'dist', product));

// These look at what `npm run build` made; `npm test` builds first.
describe.skipIf(needs('zip').missing)('the packages of a release', () => {
  const updateUrl = 'https://intranet.example.com/roleferry/updates.xml';
  let parent: string;
  let said: string;
  const packages = (name = 'one') => join(parent, name);
  const file = (ending: string) => join(packages(), `roleferry-${version}${ending}`);

  const makePackages = (output: string, env: Record<string, string> = {}) =>
    run(
      process.execPath,
      [
        join(root, 'scripts/package.mjs'),
        ...['--built', '--platforms', 'none', '--output', output, '--key', join(parent, 'company.pem')],
        ...['--update-url', updateUrl, '--policy', join(root, 'docs/policies/policy.json')],
      ],
      { env: { ...process.env, ...env } },
    );

  beforeAll(async () => {
    parent = mkdtempSync(join(tmpdir(), 'roleferry-release-'));
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(join(parent, 'company.pem'), pem, { mode: 0o600 });
    said = (await makePackages(packages())).stderr;
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
    const names = filesIn(packages());
    expect(names.filter((name) => !name.startsWith('fleet/')).sort()).toEqual([
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
    const released = filesIn(packages()).filter((one) => one !== 'SHA256SUMS' && !one.startsWith('fleet/'));
    expect(Object.keys(sums).sort()).toEqual(released.sort());
    for (const name of released) {
      const sum = createHash('sha256')
        .update(readFileSync(join(packages(), name)))
        .digest('hex');
      expect(sums[name]).toBe(sum);
    }
  });

  it('have for a company all that its people’s browsers need, under the id of its key', () => {
    const id = /id with this key: ([a-p]{32})\n/.exec(said)?.[1] ?? '';
    expect(filesIn(join(packages(), 'fleet')).filter((name) => !/^(policies|stop)\//.test(name))).toEqual([
      'host.json',
      `roleferry-${version}.crx`,
      'updates.xml',
    ]);
    const updates = readFileSync(join(packages(), 'fleet/updates.xml'), 'utf8');
    expect(updates).toContain(`<app appid="${id}">`);
    const crx = `https://intranet.example.com/roleferry/roleferry-${version}.crx`;
    expect(updates).toContain(`codebase="${crx}" version="${version}"`);
    const bytes = readFileSync(join(packages(), `fleet/roleferry-${version}.crx`));
    const zip = readZip(bytes.subarray(12 + bytes.readUInt32LE(8)));
    expect(Object.keys(zip).sort()).toEqual(builtFiles('chromium').sort());
    const { key, ...manifest } = JSON.parse(read('dist/chromium/manifest.json'));
    expect(JSON.parse(zip['manifest.json'] ?? '')).toEqual({ ...manifest, update_url: updateUrl });
    for (const folder of ['policies', 'stop']) {
      const chrome = JSON.parse(readFileSync(join(packages(), 'fleet', folder, 'chrome.json'), 'utf8'));
      expect(chrome.ExtensionSettings[id].update_url).toBe(updateUrl);
      const asked = JSON.parse(read(`docs/policies/${folder === 'stop' ? 'stop' : 'policy'}.json`));
      expect(chrome['3rdparty'].extensions[id]).toEqual(asked);
    }
    const host = JSON.parse(readFileSync(join(packages(), 'fleet/host.json'), 'utf8'));
    expect(host).toMatchObject({ extensionIds: [id, expect.stringContaining('@')], builtInIds: false });
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
