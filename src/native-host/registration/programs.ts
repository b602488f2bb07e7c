import { dirname, join } from 'node:path';
import { hostFiles } from './host-files.ts';
import { pathsOf, type Surroundings } from './system/surroundings.ts';
import { nodeOfWrapper, type WrappedProgram, wrapperText } from './wrapper.ts';

/** One of the two programs in the user's folder, where they outlive the package manager's cache. */
export interface OwnProgram {
  /** Absolute paths of the built file, of its copy, and of the wrapper that others start. */
  source: string;
  file: string;
  wrapper: string;
  /** The text of the wrapper for a Node, and the Node of a text. */
  textFor: (nodePath: string) => string;
  nodeOf: (text: string) => string | undefined;
}

/** The host, and what AWS tools run for process profiles. `hostFile`: absolute path of the built host. */
export function ownPrograms(surroundings: Surroundings, hostFile: string) {
  const files = hostFiles(surroundings);
  const sources = dirname(hostFile);
  const { basename } = pathsOf(surroundings);
  const program = (file: string, wrapper: string, answersInFrames: boolean): OwnProgram => {
    const wrapped: Omit<WrappedProgram, 'nodePath'> = { file, answersInFrames };
    return {
      source: join(sources, basename(file)),
      file,
      wrapper,
      textFor: (nodePath) => wrapperText(surroundings, { ...wrapped, nodePath }),
      nodeOf: (text) => nodeOfWrapper(surroundings, wrapped, text),
    };
  };
  return {
    host: program(files.host, files.wrapper, true),
    credentialProcess: program(files.credentialProcess, files.processWrapper, false),
  };
}
