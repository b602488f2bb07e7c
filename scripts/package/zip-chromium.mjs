import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../set-up/run.mjs';
import { filesIn, writeZip } from './write-zip.mjs';

/** Zips a built extension for Chromium, without the manifest's `key`, and with `additions` to the manifest. */
export function zipChromium(zipFile, additions = {}, folder = join(root, 'dist/chromium')) {
  const staged = mkdtempSync(join(tmpdir(), 'roleferry-manifest-'));
  try {
    const { key, ...manifest } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    const changed = join(staged, 'manifest.json');
    writeFileSync(changed, `${JSON.stringify({ ...manifest, ...additions }, null, 2)}\n`);
    const others = filesIn(folder).filter(([name]) => name !== 'manifest.json');
    writeZip(zipFile, [['manifest.json', changed], ...others]);
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}
