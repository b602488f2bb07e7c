import { failure } from '../../core/failure.ts';

/** Runs the program `name` so that only its own words are printed. An unexpected error becomes a failure too. */
export async function carefully(name: string, run: () => Promise<void>): Promise<void> {
  const reportUnexpected = async (error: unknown) => {
    const { reportFailure } = await import('./report-failure.ts');
    await reportFailure(
      isHomeMissing(error)
        ? failure('home-missing')
        : failure('unexpected', { where: { is: 'command', name } }),
    );
  };
  // Libraries warn their programmers, for example of the Node version that they will need next year.
  process.removeAllListeners('warning');
  for (const way of ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const) console[way] = () => {};
  // Node and the SDK would take it for the current folder, where secrets must not go.
  if (process.env.HOME === '') delete process.env.HOME;
  process.on('uncaughtException', (error) => {
    void reportUnexpected(error).finally(() => process.exit());
  });
  let isDone = false;
  // Node also ends when `run` waits for something that never comes.
  process.once('beforeExit', () => {
    if (!isDone) void reportUnexpected(undefined);
  });
  try {
    await run();
  } catch (error) {
    await reportUnexpected(error);
  } finally {
    isDone = true;
  }
}

/** Node throws where neither the environment nor the system names a home. */
const isHomeMissing = (error: unknown): boolean =>
  (error as { syscall?: unknown } | undefined)?.syscall === 'uv_os_homedir';
