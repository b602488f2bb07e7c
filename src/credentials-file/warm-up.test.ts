import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { warmUpWrite } from './warm-up.ts';

test('warming up leaves nothing behind, and may run twice at once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
  try {
    await Promise.all([warmUpWrite(folder), warmUpWrite(folder)]);
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
