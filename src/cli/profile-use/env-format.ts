import type { EnvFormat } from '../../core/profile/env-vars.ts';

/** The names of shells, and the format that each reads. */
export const shells = {
  bash: 'bash',
  zsh: 'bash',
  fish: 'fish',
  powershell: 'powershell',
  cmd: 'cmd',
  dotenv: 'dotenv',
  json: 'json',
} as const satisfies Record<string, EnvFormat>;

export type Shell = keyof typeof shells;

/**
 * The format that the surrounding shell most likely reads: by `SHELL`, else by the system. POSIX shells read what bash
 * reads.
 */
export function guessFormat(env: Record<string, string | undefined>, platform: NodeJS.Platform): EnvFormat {
  const name = /([^/\\]*?)(?:\.exe)?$/.exec(env.SHELL ?? '')?.[1];
  if (name === 'fish') return 'fish';
  if (name === 'pwsh' || name === 'powershell') return 'powershell';
  return !name && platform === 'win32' ? 'powershell' : 'bash';
}
