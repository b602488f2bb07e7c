import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exposure } from './exposed-file.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
  file = join(folder, "it's credentials");
  writeFileSync(file, '');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe.runIf(process.platform !== 'win32')('a credentials file', () => {
  it.each([0o644, 0o640, 0o604, 0o660, 0o602, 0o777, 0o610, 0o444])(
    'of mode %o is told of, with the command that mends it',
    async (mode) => {
      chmodSync(file, mode);
      expect(await exposure(file)).toMatchObject({
        code: 'file-exposed',
        params: { file },
        command: `chmod 600 '${folder}/it'\\''s credentials'`,
      });
    },
  );

  it.each([0o600, 0o400, 0o700])('of mode %o is nobody else’s', async (mode) => {
    chmodSync(file, mode);
    expect(await exposure(file)).toBeUndefined();
  });

  it('is looked at behind a link, whose own mode says nothing', async () => {
    const link = join(folder, 'link');
    symlinkSync(file, link);
    chmodSync(file, 0o600);
    expect(await exposure(link)).toBeUndefined();
    chmodSync(file, 0o644);
    expect(await exposure(link)).toMatchObject({ code: 'file-exposed' });
  });

  it('that is not there, or is a folder or a device, is not told of', async () => {
    mkdirSync(join(folder, 'aws'), { mode: 0o755 });
    for (const other of [join(folder, 'none'), join(folder, 'aws'), '/dev/null']) {
      expect(await exposure(other)).toBeUndefined();
    }
  });
});
