import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findTool } from '../needs.ts';

/** A home folder for a browser, the host it starts, and AWS tools. */
export interface ScratchHome {
  path: string;
  /** `~/.aws/credentials` and `~/.aws/config` in it; the folder is there, the files are not. */
  credentialsFile: string;
  configFile: string;
  /** An environment with this home and nothing of AWS's variables from outside. */
  env: Record<string, string>;
  close(): Promise<void>;
}

/**
 * Makes a temporary home. Given the PEM of an authority, Chromium trusts that in this home and nowhere
 * else, through the NSS store `.pki/nssdb`; that takes `certutil` (Debian package libnss3-tools).
 */
export async function makeScratchHome(caCertificatePem?: string): Promise<ScratchHome> {
  const path = await mkdtemp(join(tmpdir(), 'roleferry-home-'));
  // A browser that was just closed may still be writing its last files.
  const close = () => rm(path, { recursive: true, force: true, maxRetries: 5 });
  const aws = join(path, '.aws');
  try {
    await mkdir(aws, { mode: 0o700 });
    if (caCertificatePem !== undefined) await trustAuthority(join(path, '.pki', 'nssdb'), caCertificatePem);
  } catch (error) {
    await close();
    throw error;
  }
  const { PATH = '/usr/bin:/bin', LANG = 'C.UTF-8' } = process.env;
  return {
    path,
    credentialsFile: join(aws, 'credentials'),
    configFile: join(aws, 'config'),
    env: { HOME: path, PATH, LANG },
    close,
  };
}

/** Makes a certificate store (NSS) in a folder that trusts this authority and no other. */
export async function trustAuthority(store: string, pem: string): Promise<void> {
  const certutil = findTool('certutil');
  if (certutil === undefined) {
    throw new Error(
      'certutil is not installed (Debian package libnss3-tools): browsers would not trust the rehearsal.',
    );
  }
  const file = join(store, 'authority.pem');
  await mkdir(store, { recursive: true });
  await writeFile(file, pem);
  const run = promisify(execFile);
  await run(certutil, ['-N', '-d', `sql:${store}`, '--empty-password']);
  await run(certutil, ['-A', '-d', `sql:${store}`, '-n', 'rehearsal', '-t', 'C,,', '-i', file]);
}
