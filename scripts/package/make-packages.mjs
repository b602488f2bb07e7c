import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../set-up/run.mjs';
import { billOfMaterials } from './bill-of-materials.mjs';
import { licencesOfExecutables } from './executables/licences.mjs';
import { endingOf, makeExecutable } from './executables/make-executable.mjs';
import { debianArchitectures, makeDeb } from './linux/make-deb.mjs';
import { makeMsi, msiEnding, scopes } from './msi/make-msi.mjs';
import { writePackageManagers } from './package-managers.mjs';
import { runNpm } from './run-npm.mjs';
import { sha256Of } from './sha256-of.mjs';
import { filesIn, writeZip } from './write-zip.mjs';
import { zipChromium } from './zip-chromium.mjs';

/**
 * Makes a release's files from dist, in `folder`, which is emptied first; among them the single executables for
 * `platforms`, and Windows' packages if it is one of them. With `repository`, its address on GitHub, also what package
 * managers install from.
 */
export async function makePackages(folder, platforms, repository) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const file = (ending) => join(folder, `roleferry-${version}${ending}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // Stores refuse a manifest with a `key`: they have each extension's key themselves.
  zipChromium(file('-chromium.zip'));
  writeZip(file('-firefox.zip'), filesIn(join(root, 'dist/firefox')));
  writeZip(file('-source.zip'), sources());
  runNpm('pack', '--ignore-scripts', '--pack-destination', folder);
  for (const platform of platforms) {
    const executable = file(`-${platform}${endingOf(platform)}`);
    await makeExecutable(platform, executable);
    const architecture = debianArchitectures[platform];
    if (architecture === undefined) continue;
    const deb = join(folder, `roleferry_${version}_${architecture}.deb`);
    makeDeb({ file: deb, executable, version, architecture, copyright: licencesOfExecutables([platform]) });
  }
  if (platforms.includes('win-x64'))
    for (const scope of scopes)
      makeMsi({ executable: file('-win-x64.exe'), version, scope, file: file(msiEnding(scope)) });
  if (platforms.length > 0)
    writeFileSync(file('-executables-licenses.txt'), licencesOfExecutables(platforms));
  writeFileSync(file('-bom.cdx.json'), `${JSON.stringify(billOfMaterials(platforms), null, 2)}\n`);
  writeFileSync(join(folder, 'SHA256SUMS'), checksums(folder));
  if (repository !== undefined) writePackageManagers({ folder, version, url: repository });
}

/** Everything that Mozilla's reviewers need to rebuild the Firefox extension: what git doesn't ignore. */
function sources() {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0');
  // A deleted file that is not committed yet is listed too.
  const isThere = (name) => statSync(join(root, name), { throwIfNoEntry: false })?.isFile();
  const names = listed.filter((name) => name !== '' && isThere(name));
  return names.map((name) => [name, join(root, name)]);
}

/** In the format of `sha256sum --check`. */
function checksums(folder) {
  return readdirSync(folder)
    .sort()
    .map((name) => `${sha256Of(join(folder, name))}  ${name}\n`)
    .join('');
}
