import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sources } from '../fixtures/sources.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

let parent: string;

/** Copied once, so that an edit in the middle of the test is in both builds or in none. */
const snapshot = () => join(parent, 'sources');

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'roleferry-builds-'));
  for (const source of sources) cpSync(join(root, source), join(snapshot(), source), { recursive: true });
});

afterEach(() => rmSync(parent, { recursive: true, force: true }));

/** Builds the four products in a folder, and returns the hash of every output file. */
function build(folder: string): Record<string, string> {
  const copy = join(parent, folder);
  cpSync(snapshot(), copy, { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  for (const mode of ['chromium', 'firefox', 'cli', 'host']) {
    const vite = join(copy, 'node_modules', 'vite', 'bin', 'vite.js');
    execFileSync(process.execPath, [vite, 'build', '--mode', mode, '--logLevel', 'error'], { cwd: copy });
  }
  return hashesIn(join(copy, 'dist'));
}

function hashesIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const hashes = files.map(({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [path.slice(folder.length + 1), createHash('sha256').update(readFileSync(path)).digest('hex')];
  });
  return Object.fromEntries(hashes.sort());
}

it('whoever builds the same sources, wherever, gets the same files byte for byte', {
  timeout: 300_000,
}, () => {
  const one = build('one');
  expect(Object.keys(one)).toEqual(
    expect.arrayContaining(['chromium/manifest.json', 'firefox/manifest.json', 'node/native-host.cjs']),
  );
  expect(build(join('somewhere else', 'two'))).toEqual(one);
});
