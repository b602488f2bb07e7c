import path from 'node:path';
import { windowsProgram } from '../../native-host/registration/system/system-program.ts';

type Env = Record<string, string | undefined>;

/**
 * The shell that the user works in. `SHELL` names it, if it is a whole path. On Windows without one, it is the PowerShell
 * that this program was started from, else `ComSpec`.
 */
export function ownShell(env: Env, platform: NodeJS.Platform): string {
  const isWindows = platform === 'win32';
  const { isAbsolute } = isWindows ? path.win32 : path.posix;
  const whole = (name: string) => {
    const named = env[name];
    return named !== undefined && isAbsolute(named) ? named : undefined;
  };
  const named = whole('SHELL');
  if (named !== undefined) return named;
  if (!isWindows) return '/bin/sh';
  return powerShell(env) ?? whole('ComSpec') ?? windowsProgram('cmd.exe', env);
}

/**
 * PowerShell puts a folder of the user's documents into `PSModulePath`, which Windows itself does not.
 * Source: Microsoft, "about_PSModulePath".
 */
function powerShell(env: Env): string | undefined {
  const folders = env.PSModulePath ?? '';
  if (/\\Documents\\PowerShell\\Modules/i.test(folders)) return 'pwsh';
  if (!/\\Documents\\WindowsPowerShell\\Modules/i.test(folders)) return undefined;
  return windowsProgram('WindowsPowerShell\\v1.0\\powershell.exe', env);
}
