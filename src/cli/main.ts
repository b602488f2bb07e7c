import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commands, type Program } from './commands.ts';
import { buildProgram } from './program.ts';
import { runProgram } from './run-program.ts';

// The build may put any other module into a folder below; this one is the program itself.
const about: Program = {
  // Node takes a while to tell, and few commands ask.
  get hostFile() {
    return join(dirname(fileURLToPath(import.meta.url)), 'native-host.mjs');
  },
};

await runProgram(
  'roleferry',
  commands.map(({ name }) => name),
  (isWanted) => buildProgram(isWanted, about),
);
