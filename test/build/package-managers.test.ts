import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Release {
  folder: string;
  version: string;
  url: string;
}
const { writePackageManagers }: { writePackageManagers: (release: Release) => void } = await import(
  new URL('../../scripts/package/package-managers.mjs', import.meta.url).href
);

const url = 'https://github.com/example/roleferry';
const endings = ['-x64.msi', '-x64-user.msi', '-win-x64.exe', '-darwin-arm64', '-darwin-x64'].concat(
  '-linux-arm64',
  '-linux-x64',
);
const address = (ending: string) => `${url}/releases/download/v1.2.3/roleferry-1.2.3${ending}`;
const hash = (ending: string) => createHash('sha256').update(ending).digest('hex');

describe('package managers find', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'roleferry-managers-'));
    for (const ending of endings) writeFileSync(join(folder, `roleferry-1.2.3${ending}`), ending);
    writePackageManagers({ folder, version: '1.2.3', url });
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');

  it('for Homebrew the executable and its hash for each platform', () => {
    const formula = read('homebrew/roleferry.rb');
    for (const ending of endings.filter((one) => /darwin|linux/.test(one)))
      expect(formula).toMatch(new RegExp(`url "${address(ending)}"\\n +sha256 "${hash(ending)}"`));
    expect(formula).toContain('roleferry uninstall');
    const opened = formula.match(/\bdo$|^class |^ +def /gm) ?? [];
    expect(formula.match(/^ *end$/gm)).toHaveLength(opened.length);
  });

  it('for Scoop what installs and registers it, and takes it away only at removal', () => {
    const manifest = JSON.parse(read('scoop/roleferry.json'));
    expect(manifest).toMatchObject({ version: '1.2.3', license: 'Apache-2.0', homepage: url });
    expect(manifest.architecture['64bit']).toEqual({
      url: `${address('-win-x64.exe')}#/roleferry.exe`,
      hash: hash('-win-x64.exe'),
    });
    expect(manifest.post_install).toMatch(/roleferry\.exe" install$/);
    expect(manifest.pre_uninstall).toMatch(/^if \(\$cmd -eq 'uninstall'\)/);
  });

  it('for winget a package for the machine and one for the user, in manifests of one version', () => {
    const manifests = ['', '.installer', '.locale.en-US'].map((kind) =>
      JSON.parse(read(`winget/Roleferry.Roleferry${kind}.yaml`)),
    );
    for (const manifest of manifests)
      expect(manifest).toMatchObject({ PackageVersion: '1.2.3', ManifestVersion: '1.10.0' });
    const guid = expect.stringMatching(/^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/);
    const installer = (Scope: string, ending: string) => ({
      Architecture: 'x64',
      Scope,
      InstallerUrl: address(ending),
      InstallerSha256: hash(ending).toUpperCase(),
      ProductCode: guid,
    });
    expect(manifests[1].Installers).toEqual([
      installer('machine', '-x64.msi'),
      installer('user', '-x64-user.msi'),
    ]);
  });
});
