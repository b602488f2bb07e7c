import { failure } from '../core/failure.ts';
import { reportFailure } from './report-failure.ts';

/** Runs a program, called `name`, of which nothing gets out as a stack trace: what nobody expected is a failure too. */
export async function carefully(name: string, run: () => Promise<void>): Promise<void> {
  const reportUnexpected = () => reportFailure(failure('unexpected', { where: name }));
  // What libraries have to tell their programmers, such as which Node they will want next year.
  process.removeAllListeners('warning');
  process.on('uncaughtException', () => {
    reportUnexpected();
    process.exit();
  });
  try {
    await run();
  } catch {
    reportUnexpected();
  }
}
