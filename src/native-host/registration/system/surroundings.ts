import { homedir } from 'node:os';
import path from 'node:path';

/** The platforms that browsers are found on; Unixes other than macOS are laid out as Linux is. */
export type Platform = 'linux' | 'darwin' | 'win32';

/** What decides where a user's files are. All of it is passed in, so that nothing is looked up. */
export interface Surroundings {
  platform: NodeJS.Platform;
  env: Record<string, string | undefined>;
  home: string;
}

/** Those of the user who runs this program. */
export const ownSurroundings = (): Surroundings => ({
  platform: process.platform,
  env: process.env,
  home: homedir(),
});

/** Which of the three layouts `platform` has. */
export const layoutOf = (platform: NodeJS.Platform): Platform =>
  platform === 'win32' || platform === 'darwin' ? platform : 'linux';

/** The path rules of the platform to install for. In tests it is another one than this machine's. */
export const pathsOf = ({ platform }: Surroundings): path.PlatformPath =>
  platform === 'win32' ? path.win32 : path.posix;

/**
 * The user's folder for the host, its settings and the cache of process profiles. It must be the same for the browser,
 * this shell and every AWS tool. Only some of them have XDG_DATA_HOME, so it is ignored.
 */
export const hostFolder = (surroundings: Surroundings): string =>
  fillIn(
    { linux: '{data}/roleferry', darwin: '{support}/roleferry', win32: '{local}/roleferry' }[
      layoutOf(surroundings.platform)
    ],
    surroundings,
  );

/** `template` with its `{base}` filled in. Keys of the Windows registry have none and stay as they are. */
export function fillIn(template: string, surroundings: Surroundings): string {
  const base = /^\{([\w-]+)\}\//.exec(template);
  if (base === null) return template;
  const rest = template.slice(base[0].length).split('/');
  return pathsOf(surroundings).join(folderOf(base[1] as string, surroundings), ...rest);
}

function folderOf(base: string, surroundings: Surroundings): string {
  const { env, home } = surroundings;
  const paths = pathsOf(surroundings);
  // The XDG specification has relative paths in these variables ignored.
  const named = (name: string) => {
    const value = env[name];
    return value !== undefined && paths.isAbsolute(value) ? value : undefined;
  };
  const config = named('XDG_CONFIG_HOME') ?? paths.join(home, '.config');
  switch (base) {
    case 'home':
      return home;
    case 'config':
      return config;
    case 'chromium-config':
      return named('CHROME_CONFIG_HOME') ?? config;
    case 'data':
      return paths.join(home, '.local', 'share');
    case 'support':
      return paths.join(home, 'Library', 'Application Support');
    case 'local':
      return named('LOCALAPPDATA') ?? paths.join(home, 'AppData', 'Local');
    case 'roaming':
      return named('APPDATA') ?? paths.join(home, 'AppData', 'Roaming');
    default:
      throw new Error(`no such base: ${base}`);
  }
}
