import { printable } from '../../core/words/printable.ts';

type Env = Record<string, string | undefined>;

/**
 * Why no browser of the user can be opened here, in words; `undefined` if one probably can. A `BROWSER` is believed: dev
 * containers and codespaces of VS Code set it to a program that opens links on the user's own machine.
 */
export function noBrowser(
  env: Env,
  platform: NodeJS.Platform,
  isFile: (path: string) => boolean,
): string | undefined {
  if (env.BROWSER) return undefined;
  const isRemote = Boolean(env.SSH_CONNECTION);
  if (platform === 'win32' || platform === 'darwin') return isRemote ? 'this is an SSH session' : undefined;
  // In WSL the browser is that of Windows.
  if (env.DISPLAY || env.WAYLAND_DISPLAY || env.WSL_DISTRO_NAME) return undefined;
  if (isRemote) return 'this is an SSH session';
  if (env.CODESPACES === 'true') return 'this is a codespace';
  const isContainer =
    env.REMOTE_CONTAINERS === 'true' || isFile('/.dockerenv') || isFile('/run/.containerenv');
  return isContainer ? 'this is a container' : 'there is no display';
}

/** What to do where there is no browser. */
export const whereElse = (why: string, profile: string): string =>
  [
    `${why}, so no browser is opened: log in for the profile ${printable(profile)} with the browser of your own machine`,
    'the credentials arrive there, and here if its ~/.aws is mounted here; otherwise run roleferry serve there',
  ].join('\n');
