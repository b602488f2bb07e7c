import { execFile } from 'node:child_process';
import { failure } from '../../../core/failure.ts';
import { failed, ok, type Result } from '../../../core/result.ts';
import type { AwsFiles } from '../../../credentials-file/index.ts';
import type { Surroundings } from './surroundings.ts';
import { windowsProgram } from './system-program.ts';

/** Runs wsl.exe with `args`; `ok`: it succeeded. */
export type RunWsl = (args: string[]) => Promise<{ ok: boolean; stdout: string }>;

/** The real one. */
const runWsl: RunWsl = (args) =>
  new Promise((resolve) => {
    const wsl = windowsProgram('wsl.exe', process.env);
    execFile(wsl, args, { windowsHide: true }, (error, stdout) => resolve({ ok: error === null, stdout }));
  });

/** The WSL distribution that this program runs in, or `undefined` when it does not. */
export const wslDistribution = ({ platform, env }: Surroundings): string | undefined =>
  platform === 'linux' ? env.WSL_DISTRO_NAME : undefined;

/**
 * The AWS files of a Linux home in WSL as Windows sees them, so that a browser of Windows can write them.
 * `distribution` is its name, '' the one that WSL starts by itself.
 * https://learn.microsoft.com/windows/wsl/filesystems
 *
 * Failure: `wsl-not-found`, also elsewhere than on Windows.
 */
export async function wslFiles(
  distribution: string,
  { platform }: Surroundings,
  run: RunWsl = runWsl,
): Promise<Result<AwsFiles>> {
  const notFound = (reason: string) => failed(failure('wsl-not-found', { reason }));
  if (platform !== 'win32') return notFound('--wsl is for Windows; in WSL itself install without it');
  if (!/^[\w.-]*$/.test(distribution)) return notFound('that is not the name of a distribution');
  const inWsl = async (variable: string) => {
    const where = distribution === '' ? [] : ['--distribution', distribution];
    const { ok: said, stdout } = await run([...where, '--exec', 'printenv', variable]);
    return said ? stdout.trim() : '';
  };
  const name = distribution || (await inWsl('WSL_DISTRO_NAME'));
  const home = await inWsl('HOME');
  if (name === '' || !home.startsWith('/')) return notFound('WSL did not say where it is');
  const folder = `\\\\wsl$\\${name}${home.replaceAll('/', '\\')}\\.aws`;
  return ok({ credentialsFile: `${folder}\\credentials`, configFile: `${folder}\\config` });
}
