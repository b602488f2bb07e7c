import { fillIn, layoutOf, pathsOf, type Surroundings } from './surroundings.ts';

/**
 * Whether a package manager keeps `file`, such as the single executable, and updates it there: for all users, or on
 * Windows for this one. Then it needs no copy in the user's folder, which would stay old.
 */
export function isUpdatedInPlace(file: string, surroundings: Surroundings): boolean {
  const folder = pathsOf(surroundings).dirname(file);
  return places(surroundings).some((place) => place === folder);
}

function places(surroundings: Surroundings): string[] {
  const { ProgramFiles = 'C:\\Program Files' } = surroundings.env;
  const { join } = pathsOf(surroundings);
  const ownPrograms = fillIn('{local}/Programs', surroundings);
  return {
    linux: ['/usr/lib/roleferry', '/opt/roleferry'],
    darwin: ['/usr/local/lib/roleferry'],
    win32: [ProgramFiles, ownPrograms].map((folder) => join(folder, 'Roleferry')),
  }[layoutOf(surroundings.platform)];
}
