import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rehearseWrite } from './warm-up.ts';

test('a rehearsal leaves nothing behind, and may go on beside another', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
  try {
    await Promise.all([rehearseWrite(folder), rehearseWrite(folder)]);
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
