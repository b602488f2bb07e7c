import { failure } from '../../core/failure.ts';
import { reportFailure } from './report-failure.ts';

/** Runs a program, called `name`, from which nothing comes but its own words: what nobody expected is a failure too. */
export async function carefully(name: string, run: () => Promise<void>): Promise<void> {
  const reportUnexpected = (error: unknown) =>
    reportFailure(isHomeMissing(error) ? failure('home-missing') : failure('unexpected', { where: name }));
  // What libraries have to tell their programmers, such as which Node they will want next year, or a trace of the stack.
  process.removeAllListeners('warning');
  for (const way of ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const) console[way] = () => {};
  // Node, and the SDK with it, would take it for the current folder, where nobody wants secrets.
  if (process.env.HOME === '') delete process.env.HOME;
  process.on('uncaughtException', (error) => {
    reportUnexpected(error);
    process.exit();
  });
  try {
    await run();
  } catch (error) {
    reportUnexpected(error);
  }
}

/** Node throws where neither the environment nor the system names a home. */
const isHomeMissing = (error: unknown): boolean =>
  (error as { syscall?: unknown } | undefined)?.syscall === 'uv_os_homedir';
