import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { productIds } from '../../fleet/ready-files.mjs';
import { root } from '../../set-up/run.mjs';

/** Debian's names of the architectures that there are executables for. */
export const debianArchitectures = { 'linux-x64': 'amd64', 'linux-arm64': 'arm64' };

const folder = 'usr/lib/roleferry';

/** Each program by its name; the executable goes by that. */
const links = {
  [`${folder}/roleferry-host`]: 'roleferry',
  'usr/bin/roleferry': '../lib/roleferry/roleferry',
  'usr/bin/roleferry-broker': '../lib/roleferry/roleferry',
  'usr/bin/aws_role_credentials': '../lib/roleferry/roleferry',
};

/** Where browsers look for hosts of all users: src/native-host/registration/browsers/for-all-users.ts. */
const manifests = {
  chromium: ['etc/opt/chrome', 'etc/chromium', 'etc/opt/edge'],
  firefox: ['usr/lib/mozilla'],
};

/** dpkg leaves what an administrator has put beside the host: see docs/administrators.md. `DPKG_ROOT`: see dpkg(1). */
const afterRemoval = `#!/bin/sh
set -e
if [ "$1" = purge ]; then
  rm -f "$DPKG_ROOT/${folder}/host.json"
  if [ -d "$DPKG_ROOT/${folder}" ]; then rmdir --ignore-fail-on-non-empty "$DPKG_ROOT/${folder}"; fi
fi
`;

/**
 * Makes the Debian package `file`, for all users of a machine, of the single executable at `executable` and of dist. The
 * same files give the same bytes. `architecture` is Debian's name, `copyright` the licences of all that is in it.
 * `compression` is one of dpkg-deb's.
 */
export function makeDeb({ file, executable, version, architecture, copyright, compression = 'gzip' }) {
  const tree = mkdtempSync(join(tmpdir(), 'roleferry-deb-'));
  try {
    const files = { [`${folder}/roleferry`]: readFileSync(executable), ...texts(copyright) };
    for (const [name, content] of Object.entries(files)) put(tree, name, content);
    chmodSync(join(tree, folder, 'roleferry'), 0o755);
    for (const [name, target] of Object.entries(links)) {
      makeFolder(tree, dirname(name));
      symlinkSync(target, join(tree, name));
    }
    const kibibytes = Math.ceil(Object.values(files).reduce((sum, { length }) => sum + length, 0) / 1024);
    put(tree, 'DEBIAN/control', control({ version, architecture, kibibytes }));
    put(
      tree,
      'DEBIAN/conffiles',
      Object.keys(files)
        .filter(isSetting)
        .map((name) => `/${name}\n`)
        .join(''),
    );
    put(
      tree,
      'DEBIAN/md5sums',
      Object.entries(files)
        .filter(([name]) => !isSetting(name))
        .map(sumLine)
        .join(''),
    );
    put(tree, 'DEBIAN/postrm', afterRemoval);
    chmodSync(join(tree, 'DEBIAN/postrm'), 0o755);
    execFileSync('dpkg-deb', ['--root-owner-group', `-Z${compression}`, '--build', tree, file], {
      // No file is newer than that in a package, as in all our archives: see write-zip.mjs.
      env: { PATH: process.env.PATH, SOURCE_DATE_EPOCH: '499162500', LC_ALL: 'C.UTF-8' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

/** All but the programs: name in the package, content. */
function texts(copyright) {
  const ofCli = (...args) => execFileSync(process.execPath, [join(root, 'dist/node/roleferry.cjs'), ...args]);
  const ids = productIds();
  const manifestFiles = Object.entries(manifests).flatMap(([kind, places]) =>
    places.map((place) => [
      `${place}/native-messaging-hosts/roleferry.json`,
      Buffer.from(hostManifest(kind, ids)),
    ]),
  );
  return {
    ...Object.fromEntries(manifestFiles),
    'usr/share/man/man1/roleferry.1.gz': gzipSync(readFileSync(join(root, 'dist/node/roleferry.1')), {
      level: 9,
    }),
    'usr/share/bash-completion/completions/roleferry': ofCli('completion', 'bash'),
    'usr/share/zsh/vendor-completions/_roleferry': ofCli('completion', 'zsh'),
    'usr/share/fish/vendor_completions.d/roleferry.fish': ofCli('completion', 'fish'),
    'usr/share/doc/roleferry/copyright': Buffer.from(copyright),
  };
}

/** As src/native-host/registration/host-files.ts writes it for one user. */
function hostManifest(kind, ids) {
  const allowed =
    kind === 'chromium'
      ? { allowed_origins: [`chrome-extension://${ids.chromium}/`] }
      : { allowed_extensions: [ids.firefox] };
  const manifest = {
    name: 'roleferry',
    description: 'Writes AWS profiles for the Roleferry extension',
    path: `/${folder}/roleferry-host`,
    type: 'stdio',
    ...allowed,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Node's own needs: https://github.com/nodejs/node/blob/v20.x/BUILDING.md#platform-list */
const control = ({ version, architecture, kibibytes }) => `Package: roleferry
Version: ${version}
Architecture: ${architecture}
Maintainer: Roleferry maintainers <maintainers@roleferry.invalid>
Installed-Size: ${kibibytes}
Depends: libc6 (>= 2.28), libgcc-s1 | libgcc1, libstdc++6 (>= 8)
Section: utils
Priority: optional
Description: temporary AWS credentials from the SAML login that people do anyway
 Native host of the Roleferry extension for all users of the machine, command
 line and broker. Needs no Node.
`;

/** Debian's policy has every file in /etc as one that an administrator may change, and updates leave that change. */
const isSetting = (name) => name.startsWith('etc/');

const sumLine = ([name, content]) => `${createHash('md5').update(content).digest('hex')}  ${name}\n`;

function put(tree, name, content) {
  makeFolder(tree, dirname(name));
  writeFileSync(join(tree, name), content);
  chmodSync(join(tree, name), 0o644);
}

/** Whatever the umask is. */
function makeFolder(tree, name) {
  if (name !== '.') makeFolder(tree, dirname(name));
  const path = join(tree, name);
  if (statSync(path, { throwIfNoEntry: false }) === undefined) mkdirSync(path);
  chmodSync(path, 0o755);
}
