import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { frame, HostProcess } from '../fixtures/host-process.ts';

const built = (name: string) => fileURLToPath(new URL(`../../dist/node/${name}`, import.meta.url));

describe('the built native host', () => {
  let folder: string;

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is one file that runs wherever it is copied to', async () => {
    folder = mkdtempSync(join(tmpdir(), 'roleferry-built-'));
    const copy = join(folder, 'native-host.cjs');
    copyFileSync(built('native-host.cjs'), copy);
    const host = new HostProcess({ command: [process.execPath, copy], home: folder });
    await host.send(frame({ version: 1, id: '1', type: 'hello' }));
    expect(await host.next()).toMatchObject({ id: '1', ok: true });
    expect(await host.end()).toMatchObject({ code: 0, strayBytes: 0 });
  });
});

describe('the built CLI', () => {
  it('is a program that Node runs', () => {
    expect(readFileSync(built('roleferry.cjs'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(statSync(built('roleferry.cjs')).mode & 0o111).toBe(0o111);
  });

  it.each(['roleferry', 'aws_role_credentials'])('still starts by the first name of %s', (name) => {
    const started = spawnSync(built(`${name}.mjs`), ['--help'], { encoding: 'utf8' });
    expect(started).toMatchObject({ status: 0, stderr: '' });
    expect(started.stdout).toContain(`Usage: ${name}`);
  });
});
