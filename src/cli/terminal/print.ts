import { failure } from '../../core/failure.ts';
import { errorCode, isNoSpace } from '../../disk/fs-failure.ts';
import { writeWhole } from './write-whole.ts';

/** Prints a result on stdout. If that fails, the work goes on, since it may be half done. */
export const print = (text: string): void => writeWhole('stdout', text, reportLoss);

let reported = false;

/** Reports lost output once, unless the reader stopped on purpose, as in `roleferry … | head -1`. */
async function reportLoss(error: unknown): Promise<void> {
  const code = errorCode(error);
  if (reported || code === 'EPIPE') return;
  reported = true;
  const reason = isNoSpace(error)
    ? 'there is no space left'
    : `the system says ${code ?? 'nothing about it'}`;
  const { reportFailure } = await import('./report-failure.ts');
  await reportFailure(failure('output-not-written', { reason }));
}
