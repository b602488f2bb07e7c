import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commands, type Program } from './commands.ts';
import { buildProgram } from './program.ts';
import { runProgram } from './run-program.ts';

/** Runs the whole command line. `url`: of the program's own file, beside which that of the host is. */
export async function roleferry(url: string): Promise<void> {
  const about: Program = {
    // Node takes a while to tell, and few commands ask.
    get hostFile() {
      return join(dirname(fileURLToPath(url)), 'native-host.mjs');
    },
  };
  await runProgram(
    'roleferry',
    commands.map(({ name }) => name),
    (isWanted) => buildProgram(isWanted, about),
  );
}
