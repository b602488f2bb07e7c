import { callOf, type ProgramName } from './call-of.ts';

/** How to call a program of this copy again in the shell that it was called from. */
export const callHere = (name: ProgramName = 'roleferry'): string => callOf(name, ownSurroundings()) ?? name;

const ownSurroundings = () => ({
  file: process.argv[1] ?? '',
  folder: currentFolder(),
  env: process.env,
  platform: process.platform,
  node: process.execPath,
});

function currentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}
