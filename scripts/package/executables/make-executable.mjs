import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'postject';
import { findNode } from './find-node.mjs';
import { makeBlob } from './make-blob.mjs';

/** By which Node knows whether something is in it; see the page in make-blob.mjs. */
const sentinelFuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** What the name of an executable for `platform` ends in. */
export const endingOf = (platform) => (platform === 'win-x64' ? '.exe' : '');

/**
 * Makes the single executable for `platform` (a key of nodes.json) from dist, as `file`. Runs on Linux on x64, and needs
 * `llvm-strip` (Debian package llvm). The same dist gives the same bytes. On a Mac it does not run before it is signed:
 * see docs/releasing.md.
 */
export async function makeExecutable(platform, file) {
  const folder = mkdtempSync(join(tmpdir(), 'roleferry-executable-'));
  try {
    const { node, version } = findNode(platform);
    copyFileSync(node, file);
    chmodSync(file, 0o755);
    // Symbols for debuggers are a tenth of it. The one for Windows has none.
    if (platform !== 'win-x64') execFileSync('llvm-strip', [file]);
    if (version.startsWith('20.')) ignoreNodeOptions(file);
    const segment = platform.startsWith('darwin') ? { machoSegmentName: 'NODE_SEA' } : {};
    await quietly(() =>
      inject(file, 'NODE_SEA_BLOB', makeBlob(version, folder), { sentinelFuse, ...segment }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Gives the variable that Node 20 reads options from another name, since it cannot be told to ignore it. See
 * docs/decisions/0066-single-executables.md.
 */
function ignoreNodeOptions(file) {
  const bytes = readFileSync(file);
  const name = 'NODE_OPTIONS';
  const places = [];
  for (let at = bytes.indexOf(`\0${name}\0`); at >= 0; at = bytes.indexOf(`\0${name}\0`, at + 1)) {
    // The snapshot of Node's own scripts has it too, with its length before it.
    if (at < 3 || bytes.readUInt32LE(at - 3) !== name.length) places.push(at + 1);
  }
  if (places.length !== 1) throw new Error(`${file} has ${name} ${places.length} times, not once`);
  bytes.write('NO_NODE_OPTS', places[0], 'latin1');
  writeFileSync(file, bytes);
}

/** Without what the tool says about sections and signatures, which only a developer of Node can use. */
async function quietly(work) {
  const { warn, error, log } = console;
  Object.assign(console, { warn() {}, error() {}, log() {} });
  try {
    return await work();
  } finally {
    Object.assign(console, { warn, error, log });
  }
}
