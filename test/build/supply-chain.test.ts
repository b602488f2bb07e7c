import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');

interface LockedPackage {
  version?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  optional?: boolean;
  os?: string[];
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const packageJson = JSON.parse(read('package.json'));
const lock: { lockfileVersion: number; packages: Record<string, LockedPackage> } = JSON.parse(
  read('package-lock.json'),
);
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

describe('what is installed', () => {
  it('is named by exact versions', () => {
    const wanted = Object.entries({ ...packageJson.dependencies, ...packageJson.devDependencies });
    expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+(-alpha\.\d+)?$/.test(String(version)))).toEqual(
      [],
    );
  });

  it('is what package.json names, in a lock file of version 3', () => {
    expect(lock.lockfileVersion).toBe(3);
    expect(lock.packages['']?.devDependencies).toEqual(packageJson.devDependencies);
    for (const [name, version] of Object.entries(packageJson.devDependencies)) {
      expect(lock.packages[`node_modules/${name}`]?.version).toBe(version);
    }
  });

  it('has a hash in the lock file, but for programs of other platforms', () => {
    const unproven = locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
    expect(unproven.filter(([, { optional, os }]) => !(optional && os))).toEqual([]);
  });

  it('comes from a registry, not from an address, a repository or a folder', () => {
    const elsewhere = locked.filter(
      ([, { resolved, link }]) =>
        link || !(resolved === undefined || resolved.startsWith('https://registry.npmjs.org/')),
    );
    expect(elsewhere).toEqual([]);
  });

  it('runs no script of its own', () => {
    expect(read('.npmrc').split('\n')).toContain('ignore-scripts=true');
  });

  it('brings nothing along for who installs Roleferry', () => {
    for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies']) {
      expect(packageJson[kind]).toBeUndefined();
    }
    expect(Object.keys(packageJson.scripts).filter((name) => /install|prepare/.test(name))).toEqual([]);
  });
});

// These look at what `npm run build` made; `npm test` builds first.
const filesOf = (product: string) =>
  readdirSync(join(root, 'dist', product), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

describe.each(['chromium', 'firefox'])('the built extension for %s', (target) => {
  const files = filesOf(target);
  const code = files.filter((file) => /\.(js|html|css)$/.test(file));

  it('holds nothing but its code, styles, pages, icons and manifests', () => {
    expect(
      files.filter((file) => !/\.(js|html|css|png|json)$|third-party-licenses\.txt$/.test(file)),
    ).toEqual([]);
  });

  it('may load nothing from outside, and make no code of text', () => {
    const policy = JSON.parse(read('dist', target, 'manifest.json')).content_security_policy;
    const directives = Object.fromEntries(
      policy.extension_pages.split(';').map((directive: string) => {
        const [name, ...sources] = directive.trim().split(/\s+/);
        return [name, sources];
      }),
    );
    const { 'connect-src': connections, ...loaded } = directives;
    for (const sources of Object.values(loaded)) {
      expect(["'self'", "'none'"]).toEqual(expect.arrayContaining(sources as string[]));
    }
    expect(loaded).toMatchObject({ 'default-src': ["'none'"], 'script-src': ["'self'"] });
    for (const source of connections) expect(source).toMatch(/^https:\/\/sts[.-][a-z0-9.-]+$/);
  });

  it.each([
    /\beval\s*\(/,
    /\bnew\s+Function\b/,
    /\bFunction\s*\(/,
    /\bimportScripts\b/,
    /\bdocument\.write\b/,
  ])('has no %s in it', (forbidden) => {
    expect(code.filter((file) => forbidden.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('has no page that loads anything from another origin', () => {
    const pages = code.filter((file) => file.endsWith('.html'));
    expect(pages.length).toBeGreaterThan(0);
    for (const page of pages) {
      const loads = [...readFileSync(page, 'utf8').matchAll(/\b(?:src|href)="([^"]*)"/g)].map(
        ([, url]) => url,
      );
      expect(loads.filter((url) => !/^\/[^/]/.test(url ?? ''))).toEqual([]);
    }
  });
});

describe('what is handed out', () => {
  const built = ['chromium', 'firefox', 'node'].flatMap(filesOf);

  it('has nothing of the tests and of the rehearsal in it', () => {
    const ofTests = built.filter((file) => readFileSync(file, 'latin1').includes('rehearsal'));
    expect(ofTests).toEqual([]);
  });

  it('names no folder of the machine that built it', () => {
    expect(built.filter((file) => readFileSync(file, 'latin1').includes(root))).toEqual([]);
  });
});
