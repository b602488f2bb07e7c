import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Of } from '../sha256-of.mjs';
import { fixedTime } from '../write-zip.mjs';
import { guid } from './guid.mjs';
import { hostManifests } from './host-manifests.mjs';
import { wixSource } from './wix-source.mjs';

/** Who a package of Windows is for: everyone at the machine, or the user who installs it, without administrator rights. */
export const scopes = ['machine', 'user'];

/** What the name of the package for `scope` ends in. */
export const msiEnding = (scope) => (scope === 'machine' ? '-x64.msi' : '-x64-user.msi');

/** By what Windows knows this version of the package for `scope`. */
export const productCode = (version, scope) => guid(`product ${scope} ${version}`);

/**
 * Makes the package of Windows Installer for `scope` as `file`, with `executable`, the one for Windows. Needs `wixl` and
 * `msibuild` (Debian packages wixl and msitools). The same executable gives the same bytes.
 */
export function makeMsi({ executable, version, scope, file }) {
  const folder = mkdtempSync(join(tmpdir(), 'roleferry-msi-'));
  try {
    copyFileSync(executable, join(folder, 'roleferry.exe'));
    for (const [name, manifest] of Object.entries(hostManifests()))
      writeFileSync(join(folder, name), `${JSON.stringify(manifest, null, 2)}\n`);
    for (const name of ['roleferry.exe', ...Object.keys(hostManifests())])
      utimesSync(join(folder, name), fixedTime, fixedTime);
    const source = join(folder, 'roleferry.wxs');
    writeFileSync(source, wixSource({ version, scope, productCode: productCode(version, scope) }));
    execFileSync('wixl', ['--arch', 'x64', '--output', file, source], { cwd: folder, stdio: 'pipe' });
    // Each package has a name of its own, by which Windows knows that it is another file.
    const code = guid(`package ${scope} ${version} ${sha256Of(executable)}`);
    execFileSync('msibuild', [file, '-s', 'Roleferry', 'Roleferry', 'x64;1033', `{${code}}`]);
    // wixl 0.101 knows no element Environment.
    execFileSync('msibuild', [file, '-q', ...addToPath(scope)]);
    setTimes(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The package's folder becomes the last of PATH, and is taken out with it.
 * https://learn.microsoft.com/windows/win32/msi/environment-table
 */
const addToPath = (scope) => [
  'CREATE TABLE `Environment` (`Environment` CHAR(72) NOT NULL, `Name` CHAR(255) NOT NULL LOCALIZABLE, ' +
    '`Value` CHAR(255) LOCALIZABLE, `Component_` CHAR(72) NOT NULL PRIMARY KEY `Environment`)',
  'INSERT INTO `Environment` (`Environment`, `Name`, `Value`, `Component_`) VALUES ' +
    `('Path', '=-${scope === 'machine' ? '*' : ''}PATH', '[~];[INSTALLDIR]', 'Program')`,
  "INSERT INTO `InstallExecuteSequence` (`Action`, `Sequence`) VALUES ('RemoveEnvironmentStrings', 3300)",
  "INSERT INTO `InstallExecuteSequence` (`Action`, `Sequence`) VALUES ('WriteEnvironmentStrings', 5200)",
];

/** 100 ns each since 1601, as Windows counts. */
const fileTime = (date) => (BigInt(date.getTime()) + 11_644_473_600_000n) * 10_000n;

/** Replaces the times at which the package was made and saved, in its summary, by a fixed one. */
function setTimes(file) {
  const bytes = readFileSync(file);
  const [from, to] = [fileTime(new Date(Date.now() - 3_600_000)), fileTime(new Date(Date.now() + 3_600_000))];
  // A property's type, VT_FILETIME, then its value.
  const type = Buffer.from([0x40, 0, 0, 0]);
  let found = 0;
  for (let at = bytes.indexOf(type); at >= 0 && at + 12 <= bytes.length; at = bytes.indexOf(type, at + 1)) {
    const time = bytes.readBigUInt64LE(at + 4);
    if (time < from || time > to) continue;
    bytes.writeBigUInt64LE(fileTime(fixedTime), at + 4);
    found += 1;
  }
  if (found !== 2) throw new Error(`${file} has ${found} times in its summary, not 2`);
  writeFileSync(file, bytes);
}
