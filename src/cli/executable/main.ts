// The start of the single executable: Node with all our programs in it. See docs/decisions/0066-single-executables.md.
import { loadBuilt } from './load-built.ts';
import { whichProgram } from './which-program.ts';

const [node = '', calledAs = ''] = process.argv;
const { file, args } = whichProgram(calledAs, process.argv.slice(2));
process.argv = [node, calledAs, ...args];
loadBuilt(file);
