// npm run icons: draws icons/*.png from assets/icons. The small drawing is aligned to the 16-pixel grid, without
// details that would blur.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './set-up/run.mjs';

const drawings = { 'roleferry-small.svg': [16, 32], 'roleferry.svg': [48, 128] };

for (const [drawing, sizes] of Object.entries(drawings)) {
  for (const size of sizes) {
    const png = join(root, `icons/${size}.png`);
    const source = join(root, 'assets/icons', drawing);
    execFileSync('rsvg-convert', ['--width', size, '--height', size, '--output', png, source]);
  }
}
