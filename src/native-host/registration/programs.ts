import { dirname, join } from 'node:path';
import { hostFiles } from './host-files.ts';
import { isUpdatedInPlace } from './system/managed-places.ts';
import { layoutOf, pathsOf, type Surroundings } from './system/surroundings.ts';
import { forwarderText, nodeOfWrapper, type WrappedProgram, wrapperText } from './wrapper.ts';

/** One of the two programs that others start: the user's own copy, which outlives the package manager's cache. */
export interface OwnProgram {
  /** Absolute paths of the built file and of its copy: the same where it needs none. */
  source: string;
  file: string;
  /** Absolute path of what others start: a wrapper, or the file itself. */
  start: string;
  wrappers: Wrapper[];
  /** The Node that a wrapper's text starts; absent for the single executable, which needs none. */
  nodeOf?: (text: string) => string | undefined;
}

/** A script beside a program that starts it. */
interface Wrapper {
  file: string;
  textFor: (nodePath: string) => string;
  /** It is only kept up to date where an installation with Node has left it. */
  ifThere?: true;
}

/**
 * The host, and what AWS tools run for process profiles. `hostFile`: absolute path of the built host, or of the single
 * executable that is both.
 */
export const ownPrograms = (surroundings: Surroundings, hostFile: string) =>
  isScript(hostFile) ? programsForNode(surroundings, hostFile) : executablePrograms(surroundings, hostFile);

/** Whether Node runs this built file; else it is the single executable. */
export const isScript = (file: string): boolean => /\.[cm]js$/.test(file);

function programsForNode(surroundings: Surroundings, hostFile: string) {
  const files = hostFiles(surroundings);
  const sources = dirname(hostFile);
  const { basename } = pathsOf(surroundings);
  const program = (file: string, wrapper: string, answersInFrames: boolean): OwnProgram => {
    const wrapped: Omit<WrappedProgram, 'nodePath'> = { file, answersInFrames };
    const textFor = (nodePath: string) => wrapperText(surroundings, { ...wrapped, nodePath });
    return {
      source: join(sources, basename(file)),
      file,
      start: wrapper,
      wrappers: [{ file: wrapper, textFor }],
      nodeOf: (text) => nodeOfWrapper(surroundings, wrapped, text),
    };
  };
  return {
    host: program(files.host, files.wrapper, true),
    credentialProcess: program(files.credentialProcess, files.processWrapper, false),
  };
}

function executablePrograms(surroundings: Surroundings, hostFile: string) {
  const files = hostFiles(surroundings);
  const isManaged = isUpdatedInPlace(hostFile, surroundings);
  const file = isManaged ? hostFile : files.executable;
  const textFor = () => forwarderText(surroundings, file);
  const program = (wrapper: string): OwnProgram =>
    layoutOf(surroundings.platform) === 'win32'
      ? { source: hostFile, file, start: file, wrappers: [{ file: wrapper, textFor, ifThere: true }] }
      : { source: hostFile, file, start: wrapper, wrappers: [{ file: wrapper, textFor }] };
  return {
    host: program(files.wrapper),
    credentialProcess: isManaged
      ? { source: hostFile, file, start: file, wrappers: [] }
      : program(files.processWrapper),
  };
}
