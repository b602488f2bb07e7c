import type { Stats } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { shellWord } from '../../core/words/shell-word.ts';
import type { AwsFiles } from '../../credentials-file/index.ts';
import { othersAnything } from '../../disk/exposed-file.ts';
import { hostFiles } from '../../native-host/registration/host-files.ts';
import type { Surroundings } from '../../native-host/registration/system/surroundings.ts';
import { broken, type Finding, fine } from './finding.ts';

/** What group and others must not be allowed: to read secrets, to change what is trusted. */
const othersRead = 0o044;
const othersWrite = 0o022;
const othersRun = 0o011;

/**
 * Whether anyone else can read the credentials, or change what AWS tools and browsers run. Windows has no such modes, so
 * there are no findings there.
 */
export async function checkPermissions(surroundings: Surroundings, files: AwsFiles): Promise<Finding[]> {
  if (surroundings.platform === 'win32') return [];
  const { folder, host, wrapper } = hostFiles(surroundings);
  const { credentialsFile, configFile } = files;
  const rules: [path: string, forbidden: number, mode: string][] = [
    [dirname(credentialsFile), othersWrite, '700'],
    [credentialsFile, othersAnything, '600'],
    // It may name programs to run.
    [configFile, othersWrite, '600'],
    [folder, othersWrite, '700'],
    [host, othersWrite, '644'],
    [wrapper, othersWrite, '755'],
  ];
  const findings: Finding[] = [];
  for (const [path, forbidden, mode] of rules) {
    const stats = await stat(path).catch(() => undefined);
    // Another check reports a folder or a device in place of a file, and its mode may be right.
    if (stats?.isFile() || (stats?.isDirectory() && mode === '700')) {
      findings.push(...check(path, stats, forbidden, mode));
      if (path !== configFile || !(await isMeantSo(path, stats))) findings.push(...checkOwner(path, stats));
    }
  }
  return findings.length > 0 ? findings : [fine('permissions', 'nobody else can read or change the files')];
}

function check(path: string, { mode }: Stats, forbidden: number, wanted: string): Finding[] {
  const findings: Finding[] = [];
  const can = [
    ...(mode & forbidden & othersRead ? ['read'] : []),
    ...(mode & forbidden & othersWrite ? ['change'] : []),
    ...(mode & forbidden & othersRun ? ['run'] : []),
  ];
  if (can.length > 0) {
    const others = `other users can ${can.join(' and ')} ${path}`;
    findings.push(broken('permissions', others, `run: chmod ${wanted} ${shellWord(path)}`));
  }
  return findings;
}

function checkOwner(path: string, { uid }: Stats): Finding[] {
  if (uid === process.getuid?.()) return [];
  const remedy = `as an administrator, run: chown ${process.getuid?.()} ${shellWord(path)}`;
  return [broken('permissions', `${path} is not yours`, remedy)];
}

/**
 * Whether a config file that belongs to somebody else was made so on purpose: a link leads to it, as home-manager makes
 * one, or it is the administrator's, who may change everything anyway.
 */
const isMeantSo = async (path: string, { uid }: Stats): Promise<boolean> =>
  uid === 0 || (await lstat(path)).isSymbolicLink();
