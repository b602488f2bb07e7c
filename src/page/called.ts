import { createContext } from 'preact';
import { program } from '../core/words/program.ts';

/** How to call Roleferry in a terminal: as its host was installed, else as in the folder where it was built. */
export const Called = createContext(program);
