import { layoutOf, pathsOf, type Surroundings } from './surroundings.ts';

/**
 * Whether a package manager keeps the single executable at `file` and updates it there for all users. Then it needs no
 * copy in the user's folder, which would stay old.
 */
export function isUpdatedInPlace(file: string, surroundings: Surroundings): boolean {
  const folder = pathsOf(surroundings).dirname(file);
  return places(surroundings).some((place) => place === folder);
}

function places(surroundings: Surroundings): string[] {
  const { ProgramFiles = 'C:\\Program Files' } = surroundings.env;
  return {
    linux: ['/usr/lib/roleferry', '/opt/roleferry'],
    darwin: ['/usr/local/lib/roleferry'],
    win32: [pathsOf(surroundings).join(ProgramFiles, 'Roleferry')],
  }[layoutOf(surroundings.platform)];
}
