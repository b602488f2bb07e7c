import { execFile } from 'node:child_process';
import { access, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { makeAuthority } from './authority.ts';
import { makeScratchHome } from './scratch-home.ts';

describe('a scratch home', () => {
  it('has a private folder for AWS files, no variables of AWS, and is gone after close', async () => {
    process.env.AWS_PROFILE = 'somebody';
    const home = await makeScratchHome();
    expect((await stat(dirname(home.credentialsFile))).mode & 0o777).toBe(0o700);
    expect(Object.keys(home.env).sort()).toEqual(['HOME', 'LANG', 'PATH']);
    await home.close();
    await expect(access(home.path)).rejects.toThrow('ENOENT');
    delete process.env.AWS_PROFILE;
  });

  const certutil = needs('certutil');

  it.skipIf(certutil.missing)('trusts the one authority that it is given', async () => {
    const { certificatePem } = await makeAuthority();
    const home = await makeScratchHome(certificatePem);
    const store = `sql:${join(home.path, '.pki', 'nssdb')}`;
    const { stdout } = await promisify(execFile)(certutil.path, ['-L', '-d', store]);
    expect(stdout).toMatch(/^rehearsal\s+C,,\s*$/m);
    await home.close();
  });
});
